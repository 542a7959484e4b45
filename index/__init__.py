"""The shelves: products, what shoppers did, and the vector index."""
