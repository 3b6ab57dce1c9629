"""Reads for the pages of the library: cards of hits, one case, related cases, suggestions.

The index proposes, the database decides: whatever is shown has passed the shelf's gate at this moment, so
that a revoked award, or a case that is no longer for this reader, is nowhere to be seen even before the index
has been told.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlalchemy.orm import Session

from foundation import richtext
from foundation.audience import Audience
from foundation.errors import NotFound
from foundation.richtext import Heading
from foundation.visibility import as_system
from judging.values import AwardView
from search import analysis, highlight
from search import shelf as gate
from search.engine import IndexBroken, SearchEngine
from search.highlight import Marked
from search.indexing import Indexer, body_text
from search.query import every_word, parse
from search.shelf import Place
from search.suggest import Suggestion, Suggestions
from search.values import Filters, Hit, Page, Query, Sort
from submissions import queries as submissions
from submissions.values import AttachmentView, CallView, VersionView

PAGE_SIZE = 10
RELATED = 5
MEND_SECONDS = 4.0


@dataclass(frozen=True, slots=True)
class Shelved:
    """A case of the library."""

    award: AwardView
    version: VersionView
    call: CallView
    category: str
    audience: Audience

    @property
    def id(self) -> str:
        return self.award.case_id

    @property
    def photos(self) -> tuple[AttachmentView, ...]:
        return tuple(each for each in self.version.attachments if each.kind == "photo")


@dataclass(frozen=True, slots=True)
class Card:
    """A case in a list of hits, with the question's words marked."""

    case: Shelved
    title: Marked
    unit: Marked
    snippets: tuple[Marked, ...]
    complete: bool


@dataclass(frozen=True, slots=True)
class Results:
    """One page of hits. `ready` is False while the index is being built: then there are only newest cases."""

    query: Query
    page: Page
    cards: tuple[Card, ...]
    number: int
    ready: bool = True

    @property
    def pages(self) -> int:
        return -(-self.page.total // PAGE_SIZE)


@dataclass(frozen=True, slots=True)
class Section:
    """A line of a case's list of contents; `anchor` is the id of the heading on the page."""

    level: int
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Help:
    """Ways on when little was found: a better spelling, how many hits without filters, the newest cases."""

    correction: str
    corrected: int
    unfiltered: int
    newest: tuple[Card, ...]


class Library:
    """What the pages and the API ask of the library."""

    def __init__(self, engine: SearchEngine, indexer: Indexer) -> None:
        self._engine = engine
        self._indexer = indexer
        self._suggestions: dict[Audience, tuple[int, Suggestions]] = {}
        self._guard = threading.Lock()

    def find(self, db: Session, text: str, *, filters: Filters, sort: Sort, number: int = 1) -> Results:
        """The hits of a page, from 1. A page after the last shows the last."""
        query = parse(text)
        page = self._ask(gate.audience(db), query, filters, sort, number)
        if page is None:
            newest = tuple(self._cards(db, _newest(db, PAGE_SIZE), query))
            return Results(query, Page((), len(newest), 0, (), 0), newest, 1, ready=False)
        last = max(1, -(-page.total // PAGE_SIZE))
        if number > last:
            return self.find(db, text, filters=filters, sort=sort, number=last)
        return Results(query, page, tuple(self._cards(db, page.hits, query)), number)

    def holding(self, db: Session, text: str, *, filters: Filters, most: int) -> tuple[str, ...] | None:
        """The newest cases that hold every word of a question, at most so many; None while there is no index.

        What follows a search follows these: the others that a page shows below them would be noise.
        """
        query = every_word(parse(text))
        page = self._ask(gate.audience(db), query, filters, Sort.NEWEST, 1, most)
        return None if page is None else tuple(hit.id for hit in page.hits)

    def knows(self, case_ids: Iterable[str]) -> bool:
        """Whether the index has heard of all these cases."""
        try:
            known = self._engine.state().fingerprints
        except IndexBroken:
            return False
        return all(each in known for each in case_ids)

    def rescue(self, db: Session, results: Results, filters: Filters) -> Help:
        """What to offer when nothing, or nothing with every word, was found."""
        text = results.query.text
        audience = gate.audience(db)
        correction = self._dictionary(audience).correct(text) if text else ""
        corrected = self._count(audience, parse(correction), filters) if correction else 0
        if correction and not corrected and filters:
            corrected = self._count(audience, parse(correction), {})
        return Help(
            correction=correction if corrected else "",
            corrected=corrected,
            unfiltered=self._count(audience, results.query, {}) if filters else 0,
            newest=() if results.page.total else tuple(self._cards(db, _newest(db, RELATED), Query())),
        )

    def suggest(self, db: Session, typed: str, limit: int = 8) -> list[Suggestion]:
        """Ways to go on typing; no title of a case whose award is gone though the index still has it."""
        found = self._dictionary(gate.audience(db)).complete(typed, limit)
        readable = gate.places(db, {each.case_id for each in found if each.case_id})
        return [each for each in found if not each.case_id or each.case_id in readable]

    def related(self, db: Session, case: Shelved) -> tuple[Shelved, ...]:
        """The cases most like this one."""
        text = "\n\n".join((case.version.title, case.version.summary, body_text(case.version.body_html)))
        try:
            hits = self._engine.similar(text, audience=gate.audience(db), exclude=case.id, limit=RELATED + 2)
        except IndexBroken:
            return ()
        return tuple(found for _hit, found in _cases(db, hits))[:RELATED]

    def close(self) -> None:
        self._engine.close()

    def _ask(
        self,
        audience: Audience,
        query: Query,
        filters: Filters,
        sort: Sort,
        number: int,
        size: int = PAGE_SIZE,
    ) -> Page | None:
        """None while there is no index; the first to notice has it built."""
        for attempt in range(2):
            try:
                return self._engine.search(
                    query,
                    audience=audience,
                    filters=filters,
                    sort=sort,
                    offset=(number - 1) * size,
                    size=size,
                )
            except IndexBroken:
                if attempt or not self._indexer.mend(MEND_SECONDS):
                    break
        return None

    def _count(self, audience: Audience, query: Query, filters: Filters) -> int:
        page = self._ask(audience, query, filters, Sort.RELEVANCE, 1)
        return page.total if page is not None else 0

    def _dictionary(self, audience: Audience) -> Suggestions:
        """The audience's dictionaries of the index as it is now; made again when it has changed."""
        try:
            generation, entries = self._engine.entries(audience)
        except IndexBroken:
            return Suggestions(())
        current = self._suggestions.get(audience)
        if current is None or current[0] != generation:
            with self._guard:
                current = self._suggestions.get(audience)
                if current is None or current[0] != generation:
                    current = generation, Suggestions(entries)
                    self._suggestions[audience] = current
        return current[1]

    def _cards(self, db: Session, hits: Iterable[Hit], query: Query) -> Iterable[Card]:
        wanted = highlight.wanted(query)
        for hit, case in _cases(db, hits):
            yield _card(case, wanted, complete=hit.complete)


def case(db: Session, case_id: str) -> Shelved:
    """One case of the library.

    Raises:
        NotFound: no such case, no award of it in force, or not for the session's actor.
    """
    return _shelved(db, gate.place(db, case_id))


def cases(db: Session, case_ids: Collection[str]) -> dict[str, Shelved]:
    """Case id -> case, in the order given, without those that the session's actor may not read."""
    places = gate.places(db, case_ids)
    return {each: _shelved(db, places[each]) for each in case_ids if each in places}


def photo(db: Session, case_id: str, attachment_id: str) -> AttachmentView:
    """A photo of a case of the library.

    Raises:
        NotFound: also for a file that is not a photo of the awarded version.
    """
    for each in case(db, case_id).photos:
        if each.id == attachment_id:
            return each
    raise NotFound


def loose_photos(case: Shelved) -> tuple[AttachmentView, ...]:
    """The photos that the text itself does not show."""
    shown = set(richtext.attachment_ids(case.version.body_html))
    return tuple(each for each in case.photos if each.id not in shown)


def contents(body_html: str) -> tuple[Section, ...]:
    """The headings of a body, for the list of contents. The anchors are those of `anchored`."""
    headings = [block for block in richtext.blocks(body_html) if isinstance(block, Heading)]
    return tuple(
        Section(heading.level, richtext.text(heading.runs).replace("\n", " "), f"s{place}")
        for place, heading in enumerate(headings, start=1)
    )


def anchored(body_html: str) -> str:
    """A stored body whose top-level headings carry the anchors of `contents`."""
    numbers = iter(range(1, len(body_html)))
    return re.sub(r"<h([234])>", lambda match: f'<h{match[1]} id="s{next(numbers)}">', body_html)


def citation(case: Shelved, address: str, today: datetime) -> str:
    """The reference by GB/T 7714-2015 for an electronic publication: [EB/OL], published, visited, address."""
    published = case.award.granted_at.date().isoformat()
    visited = today.date().isoformat()
    return f"{case.version.unit_name}. {case.version.title}[EB/OL]. ({published})[{visited}]. {address}."


def _newest(db: Session, most: int) -> list[Hit]:
    """The newest cases straight from the database."""
    awards = [place.award for place in gate.on_shelf(db)]
    awards.sort(key=lambda award: (award.granted_at, award.case_id), reverse=True)
    return [Hit(award.case_id, award.version_id, 0.0, complete=False) for award in awards[:most]]


def _cases(db: Session, hits: Iterable[Hit]) -> Iterable[tuple[Hit, Shelved]]:
    """The hits that pass the gate with what they show: not a version that the index alone still knows."""
    hits = list(hits)
    found = cases(db, [hit.id for hit in hits])
    return ((hit, found[hit.id]) for hit in hits if hit.id in found)


def _shelved(db: Session, place: Place) -> Shelved:
    award = place.award
    with as_system(db):  # the gate has let the actor through
        version = submissions.version(db, award.version_id)
        call = submissions.call(db, award.call_id)
    category = call.rules.category(version.category_key)
    return Shelved(award, version, call, category.name if category else "", place.audience)


def _card(case: Shelved, wanted: tuple[str, ...], *, complete: bool) -> Card:
    version = case.version
    beginning = not wanted and version.summary.strip()
    text = _folded(version.summary, "" if beginning else version.body_html)
    return Card(
        case=case,
        title=highlight.marked(analysis.folded(version.title), wanted),
        unit=highlight.marked(analysis.folded(version.unit_name), wanted),
        snippets=highlight.snippets(text, wanted),
        complete=complete,
    )


@lru_cache(maxsize=256)
def _folded(summary: str, body_html: str) -> analysis.Folded:
    """A text ready to be marked. Versions never change, so there is nothing to forget."""
    return analysis.folded("\n\n".join(part for part in (summary.strip(), body_text(body_html)) if part))
