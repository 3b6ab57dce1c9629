"""`exemplar reindex`."""

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from judging import queries as judging
from webapp.cli.console import console, opened


def reindex() -> None:
    """Build the library's search index anew from the database, while searches go on."""
    with opened() as product:
        with product.database.read() as db:
            expected = len({award.case_id for award in judging.awards(db)})
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=console) as bar:
            task = bar.add_task("reindex", total=expected)
            count = product.indexer.rebuild(lambda done: bar.update(task, completed=done))
    console.print(f"{count} cases in the index")
