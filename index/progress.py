"""A progress bar on standard error for work of known length."""

from collections.abc import Iterator
from contextlib import contextmanager

from index.embed import Progress


@contextmanager
def progress_bar(label: str) -> Iterator[Progress]:
    """A bar with rate and time left; call it with how much is done and how much there is."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
