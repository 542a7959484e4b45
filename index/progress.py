"""A progress bar on standard error for work of known length."""

from collections.abc import Iterator
from contextlib import contextmanager

from index.embed import Progress


@contextmanager
def progress_bar(label: str) -> Iterator[Progress]:
    """A bar with rate and time left; call it with how much is done and how much there is.

    Less done than before, or another number in all, begins another piece of work with a rate of its own. A number of 0
    in all is one that is not known.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, ProgressColumn, Task, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar
    from rich.text import Text

    class Rate(ProgressColumn):
        """How many a second."""

        def render(self, task: Task) -> Text:
            """The rate, once there is one."""
            return Text(f"{task.speed:,.0f}/s" if task.speed else "")

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Rate(), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None)
        last = (0, 0)

        def tell(done: int, total: int) -> None:
            nonlocal last
            if done < last[0] or total != last[1]:
                bar.reset(task, total=total or None)
            last = (done, total)
            bar.update(task, completed=done, total=total or None)

        yield tell
