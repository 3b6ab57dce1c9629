"""Keeping the index in step with the awards.

The database is the truth: a case is in the library as long as an award of it is in force. After each award
and each revocation the index is compared with the awards as a whole and what differs is written in one go, so
that forty awards of one decision cost one write, a missed event is made good by the next, and running twice
does nothing. A missing or broken index is built anew.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy.orm import Session

from foundation import richtext
from foundation.db import Database
from foundation.journal import Event, Subscription
from foundation.richtext import Block, Heading, Paragraph
from foundation.visibility import as_system
from judging.events import AwardGranted, AwardRevoked
from search import analysis, shelf
from search.curation.events.evidence import EVIDENCE_EVENTS
from search.curation.events.placements import CasePlaced, CasePutBack, CaseTakenOff
from search.curation.events.topics import TOPIC_EVENTS
from search.engine import IndexBroken, Progress, SearchEngine
from search.facts import Facts, Packed, facts, nothing_packed
from search.shelf import Place
from search.values import LibraryDocument, fingerprint
from submissions import queries as submissions
from submissions.rules.releasing import published_photos, released_evidence
from submissions.values import CallView, VersionView

log = logging.getLogger(__name__)

SHELF_EVENTS: tuple[type[Event], ...] = (
    AwardGranted,
    AwardRevoked,
    CasePlaced,
    CaseTakenOff,
    CasePutBack,
)
"""After these a case has come to the shelf, left it, or is there for others."""
INDEX_EVENTS: tuple[type[Event], ...] = (*SHELF_EVENTS, *TOPIC_EVENTS, *EVIDENCE_EVENTS)
"""After these the index may differ from the shelf."""
NO_FACTS = Facts()


@dataclass(frozen=True, slots=True)
class Change:
    """What a comparison has written: ids by what happened to them; `rebuilt` when everything was."""

    written: int
    removed: int
    rebuilt: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A case for the desk: whether the index has it as it is now (or rightly not), whether in a pack."""

    current: bool
    packed: bool


@dataclass(frozen=True, slots=True)
class Report:
    """How the index stands to the shelf, in cases: `missing` from it, `stale` in it, `extra` in it. `broken`
    says why it cannot be read."""

    generation: int = 0
    documents: int = 0
    missing: int = 0
    stale: int = 0
    extra: int = 0
    broken: str = ""

    @property
    def behind(self) -> int:
        return self.missing + self.stale + self.extra


class Indexer:
    """The one who writes the index of this process."""

    def __init__(self, database: Database, engine: SearchEngine, packed: Packed = nothing_packed) -> None:
        self._database = database
        self._engine = engine
        self._packed = packed
        self._mending = threading.Lock()

    def rebuild(self, progress: Progress | None = None) -> int:
        """Builds the index anew while searches go on; returns the number of cases."""
        return self._engine.replace_all(self._documents(), progress)

    def catch_up(self) -> Change:
        """Writes what differs between the awards in force and the index."""
        try:
            return self._write_difference()
        except IndexBroken as error:
            log.warning("the search index is built anew: %s", error)
            return Change(self.rebuild(), 0, rebuilt=True)

    def report(self) -> Report:
        """How the index stands to the shelf now."""
        try:
            state = self._engine.state()
        except IndexBroken as error:
            return Report(broken=str(error) or type(error).__name__)
        with self._database.read() as db:
            current, found, calls = self._shelf(db)
        known = state.fingerprints
        return Report(
            generation=state.generation,
            documents=len(known),
            missing=sum(key not in known for key in current),
            stale=sum(
                key in known and known[key] != _fingerprint(place, calls[place.award.call_id], found)
                for key, place in current.items()
            ),
            extra=sum(key not in current for key in known),
        )

    def lines(self, db: Session, case_ids: Collection[str]) -> dict[str, Line]:
        """Case id -> how the index has each of these cases."""
        try:
            known = self._engine.state().fingerprints
        except IndexBroken:
            known = {}
        places, found = shelf.places(db, case_ids), facts(db, self._packed, case_ids)
        lines = {}
        for case_id in case_ids:
            expected = None
            if case_id in places:
                place = places[case_id]
                expected = _fingerprint(place, submissions.call(db, place.award.call_id), found)
            lines[case_id] = Line(known.get(case_id) == expected, case_id in found.packed)
        return lines

    def start(self) -> threading.Thread:
        """Looks at the index thoroughly in the background and mends what is stale or broken."""
        thread = threading.Thread(target=self._start, name="index", daemon=True)
        thread.start()
        return thread

    def mend(self, wait: float) -> bool:
        """After a search met a broken index: mends it once, whoever else asks; True when that was in time."""
        if self._mending.acquire(blocking=False):
            thread = threading.Thread(target=self._mend, name="index-mend", daemon=True)
            thread.start()
            thread.join(wait)
            return not thread.is_alive()
        if self._mending.acquire(timeout=wait):
            self._mending.release()
            return True
        return False

    def subscription(self) -> Subscription:
        return Subscription(
            "library",
            frozenset(each.action for each in INDEX_EVENTS),
            load=lambda _db, _entry: None,
            work=lambda _loaded: self.catch_up(),
        )

    def _start(self) -> None:
        analysis.prepare()
        self._look_through()

    def _look_through(self) -> None:
        try:
            self._engine.check()
        except IndexBroken as error:
            log.warning("the search index is built anew: %s", error)
            self.rebuild()
        else:
            self.catch_up()

    def _mend(self) -> None:
        try:
            self._look_through()
        finally:
            self._mending.release()

    def _write_difference(self) -> Change:
        known = dict(self._engine.state().fingerprints)
        with self._database.read() as db:
            current, found, calls = self._shelf(db)
            changed = [
                place
                for key, place in current.items()
                if known.get(key) != _fingerprint(place, calls[place.award.call_id], found)
            ]
            fresh = list(_read(db, changed, found))
        gone = [key for key in known if key not in current]
        self._engine.update(fresh)
        self._engine.remove(gone)
        return Change(len(fresh), len(gone))

    def _shelf(self, db: Session) -> tuple[dict[str, Place], Facts, dict[str, CallView]]:
        """The shelf as everybody's index has it: places by case, what is said of cases, their calls."""
        current = {place.case_id: place for place in shelf.on_shelf(db)}
        calls = {
            call_id: submissions.call(db, call_id)
            for call_id in {place.award.call_id for place in current.values()}
        }
        return current, facts(db, self._packed), calls

    def _documents(self) -> Iterator[LibraryDocument]:
        """Reads the database when the first document is asked for: the engine has the writer's lock then."""
        with self._database.read() as db:
            yield from _read(db, shelf.on_shelf(db), facts(db, self._packed))


def _read(db: Session, places: list[Place], found: Facts) -> Iterator[LibraryDocument]:
    calls: dict[str, CallView] = {}
    for place in places:
        award = place.award
        if award.call_id not in calls:
            calls[award.call_id] = submissions.call(db, award.call_id)
        with as_system(db):  # an award makes the version public
            version = submissions.version(db, award.version_id)
        yield document(place, version, calls[award.call_id], found)


def _fingerprint(place: Place, call: CallView, found: Facts) -> str:
    award = place.award
    region = found.region(place.case_id)
    return fingerprint(
        version_id=award.version_id,
        audience=place.audience,
        prize=award.prize_name,
        prize_rank=award.prize_rank,
        granted_at=int(award.granted_at.timestamp()),
        call=call.title,
        region_id=region.id,
        region=region.name,
        topics=found.topics.get(place.case_id, ()),
        has_pack=place.case_id in found.packed,
        evidence_said=_said(found, place.case_id),
    )


def _said(found: Facts, case_id: str) -> tuple[str, ...]:
    """What is said beside the version about its evidence, so that a document tells whether it knows it."""
    return tuple(sorted(f"{key} {released}" for key, released in found.said_of(case_id).items()))


def document(place: Place, version: VersionView, call: CallView, found: Facts = NO_FACTS) -> LibraryDocument:
    """A case of the library as the index sees it."""
    award = place.award
    region = found.region(place.case_id)
    category = call.rules.category(version.category_key)
    return LibraryDocument(
        id=award.case_id,
        version_id=award.version_id,
        number=version.number,
        title=version.title,
        summary=version.summary,
        body=body_text(version.body_html),
        unit=version.unit_name,
        unit_id=version.unit_id,
        category=category.name if category else "",
        prize=award.prize_name,
        prize_rank=award.prize_rank,
        year=call.year,
        call=call.title,
        call_id=call.id,
        has_photos=bool(published_photos(version)),
        words=version.word_count,
        granted_at=int(award.granted_at.timestamp()),
        headings="\n\n".join(headings(version.body_html)),
        topics=found.topics.get(place.case_id, ()),
        region=region.name,
        region_id=region.id,
        has_evidence=bool(released_evidence(version, found.said_of(place.case_id))),
        has_pack=place.case_id in found.packed,
        evidence_said=_said(found, place.case_id),
        audience=place.audience,
    )


@lru_cache(maxsize=32)
def _blocks(body_html: str) -> tuple[Block, ...]:
    """Read once for whoever wants something of the same body one after another."""
    return richtext.blocks(body_html)


def headings(body_html: str) -> list[str]:
    """The headings of a body, in their order."""
    found = (richtext.text(each.runs) for each in _blocks(body_html) if isinstance(each, Heading))
    return [each.replace("\n", " ") for each in found if each.strip()]


def body_text(body_html: str) -> str:
    """The text of a body; an empty line between paragraphs, single line ends only inside of them."""
    return "\n\n".join(part for block in _blocks(body_html) if (part := _text(block)))


def _text(block: Block) -> str:
    if isinstance(block, Paragraph):
        return richtext.text(block.runs).strip()
    return "\n\n".join(richtext.lines((block,)))
