"""Reads of the aids: what is found in a book and in a manuscript as they stand, and what editors said of it.

Findings are computed whenever somebody asks. What is found in a text by itself is kept in memory by the text,
so that in a book of 300 manuscripts only the one that was changed is read again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from casebook import queries as core
from casebook.aids.models import HouseTerm, IgnoredFinding
from casebook.aids.rules import checking, keys
from casebook.aids.rules.names import sound
from casebook.aids.rules.reading import read
from casebook.aids.rules.starting_terms import starting_terms
from casebook.aids.rules.terms import Glossary
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
    Term,
    TermKind,
    TermWish,
)
from casebook.docx.figures import EMU_PER_CM, extent
from casebook.docx.trims import GEOMETRIES
from casebook.values import EditionView, EntryView, ManuscriptText
from foundation import people
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
    glossary = _glossary(tuple(terms(db)))
    read_ones = {each.id: _read(texts[each.id], sizes.get(each.id, ()), glossary) for each in entries}
    together: dict[str, list[Slip]] = {}
    official = frozenset(unit.name for unit in people.units(db))
    scripts = tuple((key, script) for key, (script, _own) in read_ones.items())
    for key, slip in _together(scripts, official, glossary):
        together.setdefault(key, []).append(slip)
    found = tuple(
        finding
        for key, (script, own) in read_ones.items()
        for finding in keys.findings(key, [*own, *together.get(key, ())], script.lines)
    )
    return Checked(edition, entries, found, keys.ignored(found, ignorings(db, edition_id)))


def _printed(db: Session, edition_id: str) -> Iterator[EntryView]:
    for chapter in core.chapters(db, edition_id):
        yield from (entry for entry in chapter.entries if entry.withdrawn_at is None)


@lru_cache(maxsize=KEPT)
def _read(text: ManuscriptText, sizes: Sizes, glossary: Glossary) -> tuple[Script, tuple[Slip, ...]]:
    known = {src: (width, height, printed) for src, width, height, printed in sizes}
    script = read(text, lambda src: known.get(src, (0, 0, 0.0)))
    return script, checking.slips(script, glossary)


@lru_cache(maxsize=4)
def _together(
    scripts: tuple[tuple[str, Script], ...], official: frozenset[str], glossary: Glossary
) -> list[tuple[str, Slip]]:
    return checking.side_by_side(dict(scripts), official, glossary)


@lru_cache(maxsize=4)
def _glossary(listed: tuple[Term, ...]) -> Glossary:
    return Glossary.of(listed)


def lines(db: Session, entry: EntryView) -> tuple[Line, ...]:
    """The manuscript of an entry as lines."""
    return read(core.manuscript(db, entry.id).text).lines


def _sizes(db: Session, edition: EditionView, entries: tuple[EntryView, ...]) -> dict[str, Sizes]:
    """The pictures of each entry with the width in which the book prints them."""
    room = GEOMETRIES[edition.details.trim].measure
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


# --- the house's list ------------------------------------------------------------------------------


def revision(db: Session) -> int:
    """Grows with every change of the list; 0 while nobody has changed what the product ships."""
    return db.scalar(select(func.max(HouseTerm.revision))) or 0


def terms(db: Session) -> list[Term]:
    """The list in force, by what is looked for."""
    if not revision(db):
        return sorted(starting_terms(), key=_order)
    rows = db.scalars(select(HouseTerm).where(HouseTerm.deleted_at.is_(None)))
    return sorted(map(term_of, rows), key=_order)


def deleted_terms(db: Session, most: int = 20) -> list[Term]:
    """What was deleted, the last first."""
    query = select(HouseTerm).where(HouseTerm.deleted_at.is_not(None)).order_by(HouseTerm.revision.desc())
    return [term_of(row) for row in db.scalars(query.limit(most))]


def term(db: Session, term_id: str) -> Term:
    """One term in force.

    Raises:
        NotFound
    """
    for each in terms(db):
        if each.id == term_id:
            return each
    raise NotFound


def term_of(row: HouseTerm) -> Term:
    return Term(
        id=row.id,
        wish=TermWish(written=row.written, better=row.better, kind=TermKind(row.kind), why=row.why),
        revision=row.revision,
        changed_by=row.changed_by_name,
        deleted=row.deleted_at is not None,
    )


def _order(each: Term) -> tuple[str, str]:
    """By sound, as in a dictionary."""
    return sound(each.written), each.id


# --- what editors said -----------------------------------------------------------------------------


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
