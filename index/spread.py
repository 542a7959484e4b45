"""Embed on many machines: `SpreadEmbedder` runs an embedder of `EMBEDDERS` in the workers of a Ray cluster.

Needs the extra `ray`, on every machine along with this package. The vectors are those of the embedder itself (in 8 bits
up to what each worker sees of the channels' sizes), so an index made this way is like any other. Knows no files.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from index.embed import EMBEDDERS, Embedder, MiniLmEmbedder, Progress, Vectors

_BATCH = 256


class SpreadEmbedder:
    """The embedder called `name`, `workers` times, on the cluster at `address` or, with "", on this machine."""

    def __init__(self, name: str, workers: int, address: str = "", precision: str = "float32") -> None:
        if workers < 1:
            raise ValueError(f"workers is {workers}, expected at least 1")
        one = made(name, precision)
        self.name, self.dimension = one.name, one.dimension
        self._workers, self._address, self._precision = workers, address, precision

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """One unit vector a text, in their order; `progress` is told the texts done and their number."""
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        if not texts:
            return vectors
        data = self._ray().data
        # At least a block for each worker, or some would have nothing to do.
        blocks = min(len(texts), max(self._workers, -(-len(texts) // _BATCH)))
        rows = [{"place": place, "text": text} for place, text in enumerate(texts)]
        found = data.from_items(rows, override_num_blocks=blocks).map_batches(
            _Worker,
            fn_constructor_args=(self.name, self._precision),
            batch_size=_BATCH,
            concurrency=self._workers,
        )
        done = 0
        for batch in found.iter_batches(batch_size=None):
            vectors[batch["place"]] = np.stack(list(batch["vector"]))
            done += len(batch["place"])
            if progress:
                progress(done, len(texts))
        return vectors

    def _ray(self) -> Any:
        # It tells its maker's server what it is used for, unless it is told not to.
        os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
        import ray
        import ray.data

        ray.data.DataContext.get_current().enable_progress_bars = False
        if ray.is_initialized():
            return ray
        if self._address:
            ray.init(address=self._address, log_to_driver=False)
        else:
            path = os.pathsep.join(one for one in [str(Path.cwd()), *sys.path] if one)
            ray.init(
                # One for what hands out the texts: the workers never let go of theirs.
                num_cpus=self._workers + 1,
                include_dashboard=False,
                log_to_driver=False,
                runtime_env={"env_vars": {"PYTHONPATH": path}},
            )
        return ray


class _Worker:
    """One embedder, loaded once in its process, that is given batch after batch."""

    def __init__(self, name: str, precision: str) -> None:
        self._embedder = made(name, precision)

    def __call__(self, batch: dict[str, Any]) -> dict[str, Any]:
        return {"place": batch["place"], "vector": self._embedder.embed([str(text) for text in batch["text"]])}


def made(name: str, precision: str) -> Embedder:
    """The embedder of this name; `precision` is for those that have several."""
    return MiniLmEmbedder(precision) if name == MiniLmEmbedder.name else EMBEDDERS[name]()
