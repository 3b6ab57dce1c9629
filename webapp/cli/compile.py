"""`exemplar compile`: an edition as a Word file on the disk."""

import re
import shutil
import time
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from casebook import queries, service
from casebook.making import queries as making
from casebook.making.service import build_again, request_build
from casebook.making.values import CHOSEN, BuildKind, BuildState, BuildView, Output
from casebook.values import Arrangement
from foundation.actor import SYSTEM
from foundation.errors import Problem
from foundation.text import Text
from submissions import queries as submissions
from webapp.cli.console import console, errors, opened
from webapp.wiring import Product


def compile_edition(
    edition: str = "",
    *,
    call: str = "",
    out: Path | None = None,
    group: Arrangement = Arrangement.PRIZE,
    final: bool = False,
    output: Annotated[list[Output] | None, Parameter(consume_multiple=True)] = None,
    again: int = 0,
    listing: Annotated[bool, Parameter(name="--list")] = False,
) -> int:
    """Compile an edition into a Word file and others, with true page numbers where LibreOffice is installed.

    Parameters
    ----------
    edition
        Id of the edition. Without it the newest edition of --call, or the newest of all.
    call
        Short name of a call, as in its address. A call without an edition gets one.
    out
        The file to write; by default the book's title in the folder where you are.
    group
        How a newly opened edition is put into chapters.
    final
        Make final files; without it a proof. Refused while reviews or proofs are missing.
    output
        What to make beside Word: print, screen, cover, epub, cases. They are written beside the Word file.
    again
        Make this build once more from its manifest.
    listing
        Only list the editions.
    """
    with opened() as product:
        if listing:
            _list(product)
            return 0
        try:
            edition_id = edition or _edition_of(product, call, group)
            wanted = tuple(each for each in CHOSEN if each in (output or ()))
            kind = BuildKind.FINAL if final else BuildKind.PROOF
            build = compiled(product, edition_id, kind=kind, wanted=wanted, again=again)
            target = written(product, build, out)
        except Problem as problem:
            errors.print(f"[bold red]{problem.reason}[/]", highlight=False)
            return 1
        _summary(build, target)
        return 0 if build.downloadable else 1


def compiled(
    product: Product,
    edition_id: str,
    *,
    kind: BuildKind = BuildKind.PROOF,
    wanted: tuple[Output, ...] = (),
    again: int = 0,
) -> BuildView:
    """Build an edition now, in this process, and wait for it. Raises Problem."""
    with product.database.write() as db:
        now = product.clock.now()
        if again:
            number = build_again(db, actor=SYSTEM, now=now, edition_id=edition_id, number=again)
        else:
            number = request_build(db, actor=SYSTEM, now=now, edition_id=edition_id, kind=kind, wanted=wanted)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("compile", total=100)
        while True:
            product.worker.run_once()
            with product.database.read() as db:
                build = making.build(db, edition_id, number)
            bar.update(task, completed=build.progress, description=str(Text(build.step)))
            if not build.active:
                return build
            time.sleep(0.3)  # another process's worker has it


def written(product: Product, build: BuildView, out: Path | None) -> Path | None:
    """Copy the build's files to the disk, the others beside the Word file; None when it has none."""
    word = build.file(Output.WORD)
    if word is None or not build.downloadable:
        return None
    with product.database.read() as db:
        title = queries.edition(db, build.edition_id).title
    target = out or Path(re.sub(r'[\\/:*?"<>|\s]+', "-", title).strip("-") + ".docx")
    target.parent.mkdir(parents=True, exist_ok=True)
    for file in build.files:
        if file.output is Output.BOOK:
            continue
        place = target if file is word else target.with_name(file.name)
        with product.books.open(file.sha256) as source, place.open("wb") as copy:
            shutil.copyfileobj(source, copy)
    return target


def _edition_of(product: Product, slug: str, group: Arrangement) -> str:
    with product.database.write() as db:
        found = queries.editions(db)
        if not slug and found:
            return found[0].id
        call = submissions.call_by_slug(db, slug)
        known = next((each.id for each in found if each.call_id == call.id), None)
        if known is not None:
            return known
        now = product.clock.now()
        return service.open_edition(db, actor=SYSTEM, now=now, call_id=call.id, arrangement=group)


def _list(product: Product) -> None:
    table = Table("edition", "title", "changed")
    with product.database.read() as db:
        for each in queries.editions(db):
            table.add_row(each.id, each.title, f"{each.changed_at:%Y-%m-%d %H:%M}")
    console.print(table)


def _summary(build: BuildView, target: Path | None) -> None:
    table = Table(show_header=False)
    word = build.file(Output.WORD)
    rows = [
        ("file", str(target) if target else "-"),
        ("state", build.state.value),
        ("size", f"{(word.size if word else 0) / 1_000_000:.2f} MB"),
        ("cases", str(build.entries or 0)),
        ("pictures", str(build.pictures or 0)),
        ("pages", str(build.pages) if build.pages else "unknown (no LibreOffice)"),
        ("sha256", word.sha256 if word else "-"),
    ]
    for name, value in rows if build.state is not BuildState.FAILED else (*rows[:2], ("why", build.log[0])):
        table.add_row(name, value)
    console.print(table)
