"""`exemplar reindex`: what is derived and can be built anew."""

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from judging import queries as judging
from submissions import service as submissions
from webapp.cli.console import console, opened


def reindex() -> None:
    """Build the library's search index anew from the database, while searches go on; and the list of awarded
    texts that calls compare new cases with."""
    with opened() as product:
        with product.database.read() as db:
            expected = len({award.case_id for award in judging.awards(db)})
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        with Progress(*columns, console=console) as bar:
            task = bar.add_task("reindex", total=expected)
            count = product.indexer.rebuild(lambda done: bar.update(task, completed=done))
        with product.database.write() as db:
            awarded = submissions.rebuild_awards(db)
    console.print(f"{count} cases in the index, {awarded} awarded texts known to calls")
