"""Reads for those who look after the library: every awarded case, where it stands, what happened to it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from foundation import people
from foundation.audience import Audience
from foundation.errors import NotFound
from foundation.folding import fold
from foundation.journal import Entry, history
from foundation.visibility import as_system
from search import shelf
from search.curation.queries import topics, wishes
from search.curation.values.topics import TopicOfCase, TopicState
from search.curation.values.wishes import WishView
from search.shelf import Standing
from submissions import queries as submissions
from submissions.values import CallView

PAGE_SIZE = 50
OFF = "off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the list is narrowed to; "" is everything. `readers` is an audience or "off"; `more` is
    "proposed" (topics that nobody has looked at) or "wish" (a unit has asked for something)."""

    text: str = ""
    readers: str = ""
    call_id: str = ""
    more: str = ""

    @property
    def anything(self) -> bool:
        return bool(self.text or self.readers or self.call_id or self.more)


@dataclass(frozen=True, slots=True)
class DeskCase:
    """A line of the list."""

    standing: Standing
    title: str
    unit: str
    call: CallView
    category: str
    topics: tuple[TopicOfCase, ...] = ()

    @property
    def id(self) -> str:
        return self.standing.award.case_id

    @property
    def proposed(self) -> int:
        return sum(each.state is TopicState.PROPOSED for each in self.topics)


@dataclass(frozen=True, slots=True)
class Desk:
    """A page of the list; `ids` are all cases that the list is narrowed to, `counts` how many cases of the
    whole shelf each audience has ("off" too)."""

    rows: tuple[DeskCase, ...]
    ids: tuple[str, ...]
    counts: Mapping[str, int]
    calls: tuple[CallView, ...]
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-len(self.ids) // PAGE_SIZE))


@dataclass(frozen=True, slots=True)
class Happening:
    """What happened to a case in the library, and who did it."""

    entry: Entry
    by: str


def desk(db: Session, wanted: Wanted, page: int = 1) -> Desk:
    """The list for a curator; the caller permits. The newest awards come first."""
    every = sorted(
        shelf.standings(db), key=lambda each: (each.award.granted_at, each.award.case_id), reverse=True
    )
    counts = dict.fromkeys((*(each.value for each in Audience), OFF), 0)
    for each in every:
        counts[each.audience.value if each.audience else OFF] += 1
    call_ids = {each.award.call_id for each in every}
    found = _cases(db, _narrowed(db, every, wanted), wanted.text)
    last = max(1, -(-len(found) // PAGE_SIZE))
    page = min(max(page, 1), last)
    shown = found[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    return Desk(
        rows=_with_topics(db, shown),
        ids=tuple(each.id for each in found),
        counts=counts,
        calls=tuple(
            sorted(
                (submissions.call(db, each) for each in call_ids), key=lambda call: (-call.year, call.title)
            )
        ),
        page=page,
    )


def cases(db: Session, case_ids: Collection[str]) -> list[DeskCase]:
    """These cases, by title; unknown ids are left out."""
    return sorted(_cases(db, shelf.standings(db, case_ids), ""), key=lambda each: (each.title, each.id))


def case(db: Session, case_id: str) -> DeskCase:
    """One awarded case, on the shelf or off.

    Raises:
        NotFound
    """
    found = _with_topics(db, cases(db, [case_id]))
    if not found:
        raise NotFound
    return found[0]


_LIBRARYS = ("award.granted", "award.revoked", "case.placed", "case.taken_off", "case.put_back")
_HAPPENINGS = frozenset(
    (*_LIBRARYS, "case.topics_corrected", "case.shelf_wish_made", "case.shelf_wish_answered")
)


def happenings(db: Session, case: DeskCase) -> list[Happening]:
    """What the journal knows of a case in the library, the latest first."""
    found = [
        entry
        for subject in (case.id, case.standing.award.id)
        for entry in history(db, subject)
        if entry.action in _HAPPENINGS
    ]
    names: dict[str, str] = {}
    with as_system(db):
        for each in {entry.actor_id for entry in found}:
            names[each] = _name(db, each)
    return [
        Happening(each, names[each.actor_id]) for each in sorted(found, key=lambda e: e.seq, reverse=True)
    ]


def _name(db: Session, user_id: str) -> str:
    try:
        return people.user(db, user_id).name
    except NotFound:
        return ""


def _narrowed(db: Session, every: Sequence[Standing], wanted: Wanted) -> list[Standing]:
    kept = [
        each
        for each in every
        if wanted.call_id in ("", each.award.call_id)
        and wanted.readers in ("", each.audience.value if each.audience else OFF)
    ]
    if wanted.more == "wish":
        asked = {each.case_id for each in wishes.open_wishes(db)}
        kept = [each for each in kept if each.award.case_id in asked]
    if wanted.more == "proposed":
        found = topics.topics_of_cases(db)
        kept = [
            each
            for each in kept
            if any(topic.state is TopicState.PROPOSED for topic in found.get(each.award.case_id, ()))
        ]
    return kept


def _cases(db: Session, standings: Sequence[Standing], text: str) -> list[DeskCase]:
    with as_system(db):  # an award makes title and unit public
        lines = submissions.version_lines(db, [each.award.version_id for each in standings])
    calls: dict[str, CallView] = {}
    words, found = fold(text).split(), []
    for each in standings:
        line = lines[each.award.version_id]
        said = fold(f"{line.title} {line.unit_name}")
        if not all(word in said for word in words):
            continue
        if each.award.call_id not in calls:
            calls[each.award.call_id] = submissions.call(db, each.award.call_id)
        call = calls[each.award.call_id]
        category = call.rules.category(line.category_key)
        found.append(DeskCase(each, line.title, line.unit_name, call, category.name if category else ""))
    return found


def _with_topics(db: Session, rows: Sequence[DeskCase]) -> tuple[DeskCase, ...]:
    found = topics.topics_of_cases(db, [each.id for each in rows])
    return tuple(
        DeskCase(each.standing, each.title, each.unit, each.call, each.category, found.get(each.id, ()))
        for each in rows
    )


def open_wishes(db: Session) -> list[tuple[WishView, DeskCase]]:
    """What units wish and nobody has decided, with the cases."""
    found = wishes.open_wishes(db)
    by_id = {each.id: each for each in cases(db, {wish.case_id for wish in found})}
    return [(wish, by_id[wish.case_id]) for wish in found if wish.case_id in by_id]
