"""Reads of the aids: what is found in a book and in a manuscript as they stand, and what editors said of it.

Findings are computed whenever somebody asks. What is found in a text by itself is kept in memory by the text,
so that in a book of 300 manuscripts only the one that was changed is read again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import select
from sqlalchemy.orm import Session

from casebook import queries as core
from casebook.aids.models import IgnoredFinding
from casebook.aids.rules import checking, keys
from casebook.aids.rules.reading import read
from casebook.aids.values import (
    Finding,
    Ignoring,
    Kind,
    Line,
    OpenFindings,
    Scope,
    Script,
    Seriousness,
    Slip,
)
from casebook.book import Format
from casebook.docx.figures import EMU_PER_CM, extent
from casebook.docx.trims import GEOMETRIES
from casebook.values import EditionView, EntryView, ManuscriptText
from foundation.errors import NotFound
from foundation.visibility import as_system
from submissions import queries as submissions

KEPT = 1200
"""Texts whose findings stay in memory."""

Sizes = tuple[tuple[str, int, int, float], ...]
"""Pictures of a text: source, pixels, printed width in millimetres."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A book with all that is found in it, in print order; `ignored` are those an editor said no to."""

    edition: EditionView
    entries: tuple[EntryView, ...]
    found: tuple[Finding, ...]
    ignored: Mapping[str, Ignoring]

    @property
    def open(self) -> tuple[Finding, ...]:
        return tuple(each for each in self.found if each.key not in self.ignored)

    def of(self, entry_id: str) -> tuple[Finding, ...]:
        return tuple(each for each in self.found if each.entry_id == entry_id)


def checked(db: Session, edition_id: str) -> Checked:
    """What is found in the printed manuscripts of a book.

    Raises:
        NotFound
    """
    edition = core.edition(db, edition_id)
    entries = tuple(_printed(db, edition_id))
    texts = core.manuscripts(db, edition_id)
    sizes = _sizes(db, edition, entries)
    scripts: dict[str, Script] = {}
    own: dict[str, tuple[Slip, ...]] = {}
    for entry in entries:
        scripts[entry.id], own[entry.id] = _read(texts[entry.id], sizes.get(entry.id, ()))
    found = tuple(
        finding
        for entry in entries
        for finding in keys.findings(entry.id, own[entry.id], scripts[entry.id].lines)
    )
    return Checked(edition, entries, found, keys.ignored(found, ignorings(db, edition_id)))


def _printed(db: Session, edition_id: str) -> Iterator[EntryView]:
    for chapter in core.chapters(db, edition_id):
        yield from (entry for entry in chapter.entries if entry.withdrawn_at is None)


@lru_cache(maxsize=KEPT)
def _read(text: ManuscriptText, sizes: Sizes) -> tuple[Script, tuple[Slip, ...]]:
    known = {src: (width, height, printed) for src, width, height, printed in sizes}
    script = read(text, lambda src: known.get(src, (0, 0, 0.0)))
    return script, checking.slips(script)


def lines(db: Session, entry: EntryView) -> tuple[Line, ...]:
    """The manuscript of an entry as lines."""
    return read(core.manuscript(db, entry.id).text).lines


def _sizes(db: Session, edition: EditionView, entries: tuple[EntryView, ...]) -> dict[str, Sizes]:
    """The pictures of each entry with the width in which the book prints them."""
    room = GEOMETRIES[Format().trim].measure
    with as_system(db):
        versions = submissions.versions_by_id(db, {entry.version_id for entry in entries})
    return {
        entry.id: tuple(
            (
                f"attachment:{photo.id}",
                photo.width or 0,
                photo.height or 0,
                extent(photo.width, photo.height, room)[0] / EMU_PER_CM * 10
                if photo.width and photo.height
                else 0.0,
            )
            for photo in versions[entry.version_id].photos
        )
        for entry in entries
        if entry.version_id in versions
    }


def finding(book: Checked, key: str) -> Finding:
    """A finding that is there now.

    Raises:
        NotFound: the words were changed, or there never was such a finding.
    """
    for each in book.found:
        if each.key == key:
            return each
    raise NotFound


def ignorings(db: Session, edition_id: str) -> list[Ignoring]:
    """What editors said no to in a book, the earliest first."""
    rows = db.scalars(
        select(IgnoredFinding).where(IgnoredFinding.edition_id == edition_id).order_by(IgnoredFinding.id)
    )
    return [
        Ignoring(
            id=row.id,
            scope=Scope.PLACE if row.entry_id else Scope.BOOK,
            entry_id=row.entry_id or "",
            rule=row.rule,
            passage=row.passage,
            before=row.before,
            after=row.after,
            reason=row.reason,
            by=row.said_by_name,
        )
        for row in rows
    ]


def open_findings(db: Session, edition_id: str) -> OpenFindings:
    """How many findings nobody has decided on: for the print check and the desk.

    Raises:
        NotFound
    """
    return counted(checked(db, edition_id).open)


def counted(found: tuple[Finding, ...]) -> OpenFindings:
    by_kind: dict[Kind, dict[Seriousness, int]] = {}
    for each in found:
        counts = by_kind.setdefault(each.kind, dict.fromkeys(Seriousness, 0))
        counts[each.slip.seriousness] += 1
    return OpenFindings(by_kind=by_kind, by_entry=Counter(each.entry_id for each in found))
