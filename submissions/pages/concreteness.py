"""How concrete a case is: advice for its authors, figures for the organiser. Jurors see none of it."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from sqlalchemy.orm import Session
from starlette.responses import Response
from starlette.routing import Route

from foundation.actor import Role
from foundation.permission import require
from foundation.visibility import as_system
from foundation.web import Rq, get
from submissions import policy, queries
from submissions.concreteness.looking import fingerprints, look
from submissions.originality import prints
from submissions.originality.comparing import Prepared, Source, compare
from submissions.originality.reading import Line, lines_of, read
from submissions.queries import originality as found
from submissions.queries import prints as known
from submissions.values import CaseView, VersionView
from submissions.values.concreteness import Concreteness, ElementKind, Sentence
from submissions.values.originality import OriginalityView

CONCRETE = 20
"""Concrete elements in 1,000 words from which on a text reads as concrete: see the tests' texts."""


def routes() -> list[Route]:
    published = Published()
    return [get("/cases/{case_id}/concreteness", lambda rq: concreteness_page(rq, published))]


@dataclass(frozen=True, slots=True)
class Borrowed:
    """An awarded case in which passages of this text stand too."""

    case_id: str
    title: str
    unit_name: str
    passages: tuple[str, ...]


class Published:
    """The awarded cases in memory, for telling authors what everybody can read anyway."""

    def __init__(self) -> None:
        self._known = known.KnownTexts(awarded_only=True)
        self._lock = threading.Lock()

    def borrowed(
        self, db: Session, case_id: str, lines: list[Line], phrases: tuple[str, ...]
    ) -> list[Borrowed]:
        """Awarded cases that share passages with these lines, the largest share first."""
        reading = read(lines, phrases)
        marks = prints.fingerprints(prints.counted_shingles(reading))
        with as_system(db):
            with self._lock:
                self._known.refresh(db)
                keys = self._known.shelf.candidates(marks, but=case_id)
            others = [Prepared.of(each.source_id, read(each.lines)) for each in known.texts(db, keys)]
            compared = compare(Prepared.of(case_id, reading), others)
            return [_borrowed(db, each, reading.original) for each in compared.sources]


def _borrowed(db: Session, source: Source, original: str) -> Borrowed:
    case = queries.case(db, source.key)
    passages = tuple(original[each.start : each.end] for each in source.passages)
    return Borrowed(case.id, case.title, case.unit_name, passages)


def concreteness_page(rq: Rq, published: Published) -> Response:
    """For the authors their working copy, for the organiser what was handed in."""
    rq.signed_in()
    case = queries.case(rq.db, rq.path("case_id"))
    own = policy.may_write(rq.actor, unit_id=case.unit_id) is None
    if not own:
        require(policy.may_manage_calls(rq.actor))
    lines = lines_of(_body(rq, case, own=own))
    view = looked_at(rq.db, case, lines, awarded_only=own)
    phrases = _formulae(rq.db, case.call_id)
    return rq.render(
        "submissions/concreteness.html",
        case=case,
        call=queries.call(rq.db, case.call_id),
        own=own,
        view=view,
        kinds=tuple(ElementKind),
        concrete=CONCRETE,
        lines=marked_lines(view, lines),
        borrowed=published.borrowed(rq.db, case.id, lines, phrases) if own else [],
    )


def looked_at(db: Session, case: CaseView, lines: list[Line], *, awarded_only: bool) -> Concreteness:
    """The figures of a text. Authors are told of sentences in awarded cases only: others' are not public."""
    prints_of = fingerprints(lines, _formulae(db, case.call_id))
    with as_system(db):
        counts = found.sentence_counts(db, prints_of.values(), but=case.id, awarded_only=awarded_only)
    return look(lines, {place: counts.get(each, 0) for place, each in prints_of.items()})


@dataclass(frozen=True, slots=True)
class Authenticity:
    """What the organiser's panel on a case's page shows."""

    report: OriginalityView | None
    sources: int
    photos: int
    view: Concreteness


def authenticity(rq: Rq, case: CaseView, version: VersionView | None) -> Authenticity | None:
    """The panel's figures; None for everybody but the organiser, and where nothing was handed in."""
    if version is None or not rq.actor.has(Role.ORGANISER):
        return None
    return Authenticity(
        report=found.originality(rq.db, version.id),
        sources=len(found.sources(rq.db, version.id)),
        photos=len(found.photo_pairs(rq.db, version.id)),
        view=looked_at(rq.db, case, lines_of(version.body_html), awarded_only=False),
    )


@dataclass(frozen=True, slots=True)
class Bit:
    """Characters of a sentence; `kind` of the concrete element they are, "" for none."""

    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class ShownSentence:
    bits: tuple[Bit, ...]
    empty: bool
    common: bool


@dataclass(frozen=True, slots=True)
class SentenceLine:
    heading: bool
    sentences: tuple[ShownSentence, ...]


def marked_lines(view: Concreteness, lines: list[Line]) -> list[SentenceLine]:
    """The text line by line, sentence by sentence, its concrete elements apart."""
    shown = []
    place = 0
    for line in lines:
        end = place + len(line.text)
        inside = [each for each in view.sentences if place <= each.start < end]
        shown.append(SentenceLine(line.heading, tuple(_shown(view.text, each) for each in inside)))
        place = end + 1
    return shown


def _shown(text: str, sentence: Sentence) -> ShownSentence:
    bits = []
    done = sentence.start
    for element in sentence.elements:
        bits += [
            Bit(text[done : element.start], ""),
            Bit(text[element.start : element.end], element.kind.value),
        ]
        done = element.end
    bits.append(Bit(text[done : sentence.end], ""))
    return ShownSentence(tuple(bit for bit in bits if bit.text), sentence.empty, sentence.common)


def _body(rq: Rq, case: CaseView, *, own: bool) -> str:
    if own:
        return queries.draft(rq.db, case.id).text.body_html
    return queries.version(rq.db, case.version_id or case.pending_version_id or "").body_html


def _formulae(db: Session, call_id: str) -> tuple[str, ...]:
    with as_system(db):
        return found.formulae(db, call_id)
