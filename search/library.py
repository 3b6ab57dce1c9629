"""Reads for the pages of the library: cards of hits, one case, related cases, suggestions.

The index proposes, the database decides: whatever is shown has passed the shelf's gate at this moment, so
that a revoked award, or a case that is no longer for this reader, is nowhere to be seen even before the index
has been told.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from itertools import chain

from sqlalchemy.orm import Session

from foundation.audience import Audience
from search import analysis, highlight, texts
from search import shelf as gate
from search.curation.queries.synonyms import SynonymBook
from search.curation.queries.topics import topics_of_cases
from search.dictionaries import Dictionaries
from search.engine import IndexBroken, SearchEngine
from search.explaining import Explanation, explain
from search.highlight import Marked
from search.holdings import Shelved, cases
from search.indexing import Indexer, body_text
from search.query import every_word, parse
from search.reading import Reading, exactly, read
from search.relief import Looser, looser, near_topics
from search.suggest import Suggestion
from search.suggested_collections import suggest_collections
from search.values import FACETS, Filters, Hit, Page, Query, Sort

PAGE_SIZE = 10
RELATED = 5
ALIKE = 3
SIMILAR_KEPT = 512
"""Cases whose related ones are kept."""
NOTHING = Page((), 0, 0, (), 0)
MEND_SECONDS = 4.0

Uses = Callable[[Session], Mapping[str, int]]
"""How often each case was used, by id; given by whoever counts it."""


@dataclass(frozen=True, slots=True)
class Card:
    """A case in a list of hits, with the question's words marked."""

    case: Shelved
    title: Marked
    unit: Marked
    snippets: tuple[Marked, ...]
    complete: bool
    topics: tuple[str, ...] = ()
    why: Explanation | None = None


@dataclass(frozen=True, slots=True)
class Results:
    """One page of hits. `ready` is False while the index is being built: then there are only newest cases."""

    reading: Reading
    page: Page
    cards: tuple[Card, ...]
    number: int
    ready: bool = True

    @property
    def query(self) -> Query:
        return self.reading.query

    @property
    def pages(self) -> int:
        return -(-self.page.total // PAGE_SIZE)


@dataclass(frozen=True, slots=True)
class Alike:
    """Some cases, and how many there are."""

    cases: tuple[Shelved, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Onward:
    """Where to read on from a case: what is most like it, the other cases of its unit and of its call."""

    related: tuple[Shelved, ...]
    unit: Alike
    call: Alike


@dataclass(frozen=True, slots=True)
class Beside:
    """A case's place among the hits of a search: the case before and after it with the page that each stands
    on, its place from 1, and the number of hits."""

    before: tuple[str, int] | None
    after: tuple[str, int] | None
    place: int
    total: int


@dataclass(frozen=True, slots=True)
class Help:
    """Ways on when little was found: a better spelling, what to leave out, near topics, the newest cases."""

    correction: str = ""
    corrected: int = 0
    looser: tuple[Looser, ...] = ()
    topics: tuple[str, ...] = ()
    newest: tuple[Card, ...] = ()


class Library:
    """What the pages and the API ask of the library."""

    def __init__(self, engine: SearchEngine, indexer: Indexer, uses: Uses | None = None) -> None:
        self._engine = engine
        self._indexer = indexer
        self._uses = uses
        self._dictionaries = Dictionaries(engine)
        self._thesaurus = SynonymBook()
        self._similar = lru_cache(SIMILAR_KEPT)(self._similar_to)

    @property
    def counts_uses(self) -> bool:
        """Whether the most used cases are known."""
        return self._uses is not None

    def read(self, db: Session, text: str, *, exact: bool = False) -> Reading:
        """A question as it is searched: with synonyms, with characters for pinyin; `exact`: as typed."""
        if exact:
            return exactly(text)
        audience = gate.audience(db)
        dictionary = partial(self._dictionaries.of, audience)
        return read(
            text,
            self._thesaurus(db, partial(self._dictionaries.topics, audience)),
            known=lambda word: dictionary().holds(word) or self._count(audience, parse(word), {}) > 0,
            spoken=lambda word, initials: dictionary().read(word, initials=initials),
        )

    def find(
        self, db: Session, text: str, *, filters: Filters, sort: Sort, number: int = 1, exact: bool = False
    ) -> Results:
        """The hits of a page, from 1. A page after the last shows the last."""
        reading = self.read(db, text, exact=exact)
        page = self._ask(gate.audience(db), reading.query, filters, sort, number, uses=self._used(db, sort))
        if page is None:
            newest = tuple(self._cards(db, _newest(db, PAGE_SIZE), reading.query))
            return Results(reading, Page((), len(newest), 0, (), 0), newest, 1, ready=False)
        last = max(1, -(-page.total // PAGE_SIZE))
        if number > last:
            return self.find(db, text, filters=filters, sort=sort, number=last, exact=exact)
        return Results(reading, page, tuple(self._cards(db, page.hits, reading.query)), number)

    def count(self, db: Session, reading: Reading) -> int:
        """How many cases a question finds for the session's actor."""
        return self._count(gate.audience(db), reading.query, {})

    def holding(
        self, db: Session, text: str, *, filters: Filters, most: int, exact: bool = False
    ) -> tuple[str, ...] | None:
        """The newest cases that hold every word of a question, at most so many; None while there is no index.

        What follows a search follows these: the others that a page shows below them would be noise.
        """
        query = every_word(self.read(db, text, exact=exact).query)
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
        audience = gate.audience(db)
        correction, corrected = self._corrected(audience, results, filters)
        ways = tuple(self._looser(audience, results, filters))
        if results.page.total:
            return Help(correction, corrected, ways)
        every = self._ask(audience, Query(), {}, Sort.NEWEST, 1)
        topics = (
            [] if every is None else [v.value for f in every.facets if f.name == "topic" for v in f.values]
        )
        return Help(
            correction,
            corrected,
            ways,
            near_topics(topics, results.query.text),
            tuple(self._cards(db, _newest(db, RELATED), Query())),
        )

    def _looser(self, audience: Audience, results: Results, filters: Filters) -> list[Looser]:
        """Looser questions that find something; where something was found, cases with every word."""
        counted: list[Looser] = []
        for each in looser(results.query, filters):
            page = self._ask(audience, each.query, each.filters, Sort.RELEVANCE, 1)
            total = 0 if page is None else page.complete if results.page.total else page.total
            counted += [replace(each, total=total)] if total else []
        return sorted(counted, key=lambda each: -each.total)

    def _corrected(self, audience: Audience, results: Results, filters: Filters) -> tuple[str, int]:
        """A better spelling and how many cases it finds; ("", 0) when there is none that finds any.

        Where the question itself found something, only cases with every word count: a sentence with one word
        exchanged finds as much as before, and is not meant.
        """
        text = results.query.text
        correction = self._dictionaries.of(audience).correct(text) if text else ""
        if not correction:
            return "", 0
        query = parse(correction)
        query = every_word(query) if results.page.total else query
        total = self._count(audience, query, filters) or (self._count(audience, query, {}) if filters else 0)
        return (correction, total) if total else ("", 0)

    def suggest(self, db: Session, typed: str, limit: int = 8) -> list[Suggestion]:
        """Ways to go on typing; no title of a case whose award is gone though the index still has it."""
        found = self._dictionaries.of(gate.audience(db)).complete(typed, limit)
        readable = gate.places(db, {each.case_id for each in found if each.case_id})
        shown = [each for each in found if not each.case_id or each.case_id in readable]
        return [*suggest_collections(db, typed), *shown][:limit]

    def onward(self, db: Session, case: Shelved) -> Onward:
        """Where to read on; all its cases are read from the shelf at once."""
        audience = gate.audience(db)
        unit = self._sharing(audience, case, "unit", case.version.unit_id)
        call = self._sharing(audience, case, "call", case.call.id)
        text = "\n\n".join((case.version.title, case.version.summary, body_text(case.version.body_html)))
        related = self._similar(unit.generation, audience, case.id, text)
        pages = [[hit.id for hit in page.hits if hit.id != case.id][: ALIKE + 1] for page in (unit, call)]
        found = cases(db, list(dict.fromkeys((*related, *chain(*pages)))))
        of_unit, of_call = (tuple(found[each] for each in ids if each in found)[:ALIKE] for ids in pages)
        return Onward(
            related=tuple(found[each] for each in related if each in found)[:RELATED],
            unit=Alike(of_unit, max(0, unit.total - 1)),
            call=Alike(of_call, max(0, call.total - 1)),
        )

    def _sharing(self, audience: Audience, case: Shelved, facet: str, value: str) -> Page:
        """The cases that share a value of a facet with this one, the newest first; none without an index."""
        page = self._ask(audience, Query(), {facet: frozenset({value})}, Sort.NEWEST, 1, facets=())
        return page or NOTHING

    def _similar_to(self, _generation: int, audience: Audience, case_id: str, text: str) -> tuple[str, ...]:
        """The ids of the cases most like one. Kept until the index is written: readers come in numbers."""
        try:
            hits = self._engine.similar(text, audience=audience, exclude=case_id, limit=RELATED + 2)
        except IndexBroken:
            return ()
        return tuple(hit.id for hit in hits)

    def beside(
        self, db: Session, case_id: str, text: str, *, filters: Filters, sort: Sort, number: int
    ) -> Beside | None:
        """The case's place among the hits of a search, on whose page `number` it stands; None elsewhere."""
        query, audience = self.read(db, text).query, gate.audience(db)
        page = self._ask(audience, query, filters, sort, number)
        ids = [hit.id for hit in page.hits] if page is not None else []
        if page is None or case_id not in ids:
            return None
        at = ids.index(case_id)
        before = (ids[at - 1], number) if at else None
        after = (ids[at + 1], number) if at + 1 < len(ids) else None
        if before is None and number > 1:
            before = self._edge(audience, query, filters, sort, number - 1, -1)
        if after is None and number * PAGE_SIZE < page.total:
            after = self._edge(audience, query, filters, sort, number + 1, 0)
        return Beside(before, after, (number - 1) * PAGE_SIZE + at + 1, page.total)

    @property
    def indexer(self) -> Indexer:
        """Who writes the index: for the page that shows its state."""
        return self._indexer

    def close(self) -> None:
        self._engine.close()

    def _edge(
        self, audience: Audience, query: Query, filters: Filters, sort: Sort, number: int, at: int
    ) -> tuple[str, int] | None:
        page = self._ask(audience, query, filters, sort, number)
        return (page.hits[at].id, number) if page is not None and page.hits else None

    def _ask(
        self,
        audience: Audience,
        query: Query,
        filters: Filters,
        sort: Sort,
        number: int,
        size: int = PAGE_SIZE,
        uses: Mapping[str, int] | None = None,
        facets: Collection[str] = FACETS,
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
                    uses=uses,
                    facets=facets,
                )
            except IndexBroken:
                if attempt or not self._indexer.mend(MEND_SECONDS):
                    break
        return None

    def _count(self, audience: Audience, query: Query, filters: Filters) -> int:
        page = self._ask(audience, query, filters, Sort.RELEVANCE, 1, facets=())
        return page.total if page is not None else 0

    def _used(self, db: Session, sort: Sort) -> Mapping[str, int] | None:
        return self._uses(db) if self._uses is not None and sort is Sort.MOST_USED else None

    def _cards(self, db: Session, hits: Iterable[Hit], query: Query) -> Iterable[Card]:
        wanted = highlight.wanted(query)
        found = list(_cases(db, hits))
        topics = topics_of_cases(db, [case.id for _hit, case in found])
        for hit, case in found:
            labels = tuple(topic.label for topic in topics.get(case.id, ()))
            yield _card(case, labels, wanted, query, hit)


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


def _card(case: Shelved, topics: tuple[str, ...], wanted: tuple[str, ...], query: Query, hit: Hit) -> Card:
    version = case.version
    beginning = not wanted and version.summary.strip()
    text = texts.folded(version.summary, "" if beginning else version.body_html)
    return Card(
        case=case,
        title=highlight.marked(analysis.folded(version.title), wanted),
        unit=highlight.marked(analysis.folded(version.unit_name), wanted),
        snippets=highlight.snippets(text, wanted),
        complete=hit.complete,
        topics=topics,
        why=explain(query, texts.parts(version, case.category, topics), hit.reasons, hit.score),
    )
