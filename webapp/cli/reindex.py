"""`exemplar reindex`: what is derived and can be built anew."""

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from search import shelf
from submissions import service as submissions
from webapp.cli.console import console, opened


class _Rate(ProgressColumn):
    """Cases a second."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text(f"{speed:,.0f}/s" if speed else "")


def reindex() -> None:
    """Build the library's search index anew from the database, while searches go on; and the list of awarded
    texts that calls compare new cases with."""
    with opened() as product:
        with product.database.read() as db:
            expected = len(shelf.on_shelf(db))
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            _Rate(),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
        )
        with Progress(*columns, console=console) as bar:
            task = bar.add_task("reindex", total=expected)
            count = product.indexer.rebuild(lambda done: bar.update(task, completed=done))
        with product.database.write() as db:
            awarded = submissions.rebuild_awards(db)
    console.print(f"{count} cases in the index, {awarded} awarded texts known to calls")
