"""The shelves: products, what shoppers did, and the vector index."""

import os

# Waiting OpenMP threads sleep instead of spinning: with other work on the cores a step is else nine times slower.
# It counts only before torch is first imported, and every room imports this one.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
