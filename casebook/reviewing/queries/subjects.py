"""The texts that are reviewed, each with its digests and its main editor."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import select
from sqlalchemy.orm import Session

from casebook import queries
from casebook.matters.queries import whole_text
from casebook.models import EditionEntry, Manuscript
from casebook.reviewing.models import ProofErrorRow
from casebook.reviewing.rules.counting import set_characters
from casebook.reviewing.rules.digests import words_digest
from casebook.reviewing.values import Subject
from casebook.rules import text_digest
from casebook.values import EditionView, EntryView, ManuscriptText
from foundation.errors import NotFound
from foundation.text import _

_IMPRINT = (
    "isbn",
    "cip",
    "cip_data",
    "permit",
    "edition_line",
    "printing_line",
    "print_run",
    "characters",
    "price",
    "address",
    "printer",
    "distributor",
    "rights",
    "hotline",
    "audience",
    "printed_on",
    "remark",
    "blurb",
)
"""Fields of an edition's details that are printed as they are."""
_KEPT = 10_000
_measured: dict[str, tuple[str, int]] = {}
"""Words digest and extent by digest: a text is measured once."""

Editors = dict[str, tuple[str, str]]
"""Entry -> id and name of its main editor."""


def subjects(db: Session, edition: EditionView) -> list[Subject]:
    """The book's own texts, then the entries that are printed, in print order."""
    texts = queries.manuscripts(db, edition.id)
    editors = main_editors(db, edition.id)
    entries = [
        of_entry(entry, texts[entry.id], editors)
        for chapter in queries.chapters(db, edition.id)
        for entry in chapter.entries
        if entry.withdrawn_at is None
    ]
    return [of_book(db, edition), *entries]


def subject(db: Session, edition: EditionView, subject_id: str) -> Subject:
    """One of them; of an entry also when it is not printed.

    Raises:
        NotFound
    """
    if subject_id == edition.id:
        return of_book(db, edition)
    entry = queries.entry(db, edition.id, subject_id)
    text = queries.manuscript(db, entry.id).text
    return of_entry(entry, text, main_editors(db, edition.id, entry.id))


def of_entry(entry: EntryView, text: ManuscriptText, editors: Editors) -> Subject:
    editor_id, editor_name = editors.get(entry.id, ("", ""))
    digest, words, characters = measured(text)
    return Subject(
        id=entry.id,
        edition_id=entry.edition_id,
        title=entry.title,
        unit=entry.unit,
        round=entry.rounds,
        text=text,
        digest=digest,
        words=words,
        characters=characters,
        editor_id=editor_id,
        editor_name=editor_name,
        prize=entry.prize_name,
    )


def of_book(db: Session, edition: EditionView) -> Subject:
    text = own_text(db, edition)
    digest, words, characters = measured(text)
    return Subject(
        id=edition.id,
        edition_id=edition.id,
        title=_("书前书后文字"),
        unit="",
        round=0,
        text=text,
        digest=digest,
        words=words,
        characters=characters,
    )


def own_text(db: Session, edition: EditionView) -> ManuscriptText:
    """What the book says itself: titles, who made it, the texts before and after the cases, the imprint, the
    headings of its chapters."""
    said = edition.details
    imprint = [str(said.year), *(str(getattr(said, name)).strip() for name in _IMPRINT)]
    people = (said.compiler, *said.staff.splitlines(), *said.board.splitlines())
    return ManuscriptText(
        title=said.title,
        unit=said.publisher,
        authors=tuple(line for line in people if line.strip()),
        summary=said.subtitle,
        body=whole_text(db, edition.id),
        photos=(),
        source_line="；".join(filter(None, (*imprint, *_headings(db, edition.id)))),
        signoff_line="",
    )


def _headings(db: Session, edition_id: str) -> list[str]:
    """Titles of the chapters that are printed, by their words: a new order is no new text."""
    return sorted(
        chapter.title
        for chapter in queries.chapters(db, edition_id)
        if any(entry.withdrawn_at is None for entry in chapter.entries)
    )


def measured(text: ManuscriptText) -> tuple[str, str, int]:
    """Digest, words digest and extent of a text."""
    digest = text_digest(text)
    known = _measured.get(digest)
    if known is None:
        if len(_measured) >= _KEPT:
            _measured.clear()
        known = _measured[digest] = (words_digest(text), set_characters(text))
    return digest, *known


def main_editors(db: Session, edition_id: str, entry_id: str | None = None) -> Editors:
    """Who wrote most rounds of each text after the copy of the awarded version; of equals who began first.

    Rounds that put a proof's corrections in are nobody's editing.
    """
    rounds = (
        select(Manuscript.entry_id, Manuscript.ordinal, Manuscript.written_by, Manuscript.writer_name)
        .join(EditionEntry, EditionEntry.id == Manuscript.entry_id)
        .where(EditionEntry.edition_id == edition_id, Manuscript.ordinal > 1)
        .order_by(Manuscript.entry_id, Manuscript.ordinal)
    )
    corrections = select(ProofErrorRow.subject_id, ProofErrorRow.corrected_round).where(
        ProofErrorRow.edition_id == edition_id, ProofErrorRow.corrected_round.is_not(None)
    )
    if entry_id is not None:
        rounds = rounds.where(Manuscript.entry_id == entry_id)
        corrections = corrections.where(ProofErrorRow.subject_id == entry_id)
    put_in = {(key, ordinal) for key, ordinal in db.execute(corrections)}
    written: dict[str, Counter[tuple[str, str]]] = {}
    for key, ordinal, writer, name in db.execute(rounds):
        if (key, ordinal) not in put_in:
            written.setdefault(key, Counter())[(writer, name)] += 1
    return {key: counts.most_common(1)[0][0] for key, counts in written.items()}


def printed(db: Session, edition_id: str, entry_id: str) -> EntryView:
    """An entry that may still be signed.

    Raises:
        NotFound
    """
    found = queries.entry(db, edition_id, entry_id)
    if found.withdrawn_at is not None:
        raise NotFound(_("这个案例已被撤销授奖，不再审校。"))
    return found
