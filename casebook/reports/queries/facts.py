"""What the figures of a report rest on. The caller has let the actor through to the report; figures count
every case of the set, titles go out for awarded cases only."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache

from sqlalchemy.orm import Session

from casebook.reports import policy
from casebook.reports.ports import Shelf
from casebook.reports.values import CallFacts, CaseFacts, Definition, DirectoryUnit, Facts, Scope
from foundation import people
from foundation.actor import SYSTEM, Actor, Role
from foundation.errors import NotFound
from foundation.people import Unit
from foundation.visibility import as_system
from judging import queries as judging
from judging.conflicts import region
from judging.queries.outcome import outcome, results_are_final
from judging.queries.rounds import sits_on_panel
from judging.values import AwardView
from submissions import queries as submissions
from submissions.concreteness.looking import look
from submissions.originality.reading import lines_of
from submissions.values import CallView, CaseStatus, VersionView

AT_ONCE = 500
KEPT = 5_000
_DAY = 24 * 3600


def calls_to_choose(db: Session, actor: Actor) -> list[tuple[CallView, bool]]:
    """Calls with handed-in cases that the actor may take into a report, and whether their results are public;
    the newest first."""
    decided = judging.calls_with_awards(db)
    with as_system(db):
        calls = [call for call in submissions.calls(db) if call.published_at is not None]
        calls = [call for call in calls if submissions.count_handed_in(db, call.id)]
    found = [
        (call, call.id in decided)
        for call in calls
        if policy.may_count(actor, decided=call.id in decided, judged_by_him=judges(db, actor, call)) is None
    ]
    return sorted(found, key=lambda pair: pair[0].opens_at, reverse=True)


def judges(db: Session, actor: Actor, call: CallView) -> bool:
    """Whether the actor sits on a panel of the call."""
    if not actor.has(Role.JUROR):
        return False
    with as_system(db):
        rounds = judging.rounds_of_call(db, call)
        return any(sits_on_panel(db, each.id, actor) for each in rounds)


def members(db: Session, definition: Definition, shelf: Shelf) -> dict[str, str]:
    """Case id -> version that counts: the awarded one, else the one handed in."""
    awards = _awards(db, definition)
    won = {case_id: award.version_id for case_id, award in awards.items()}
    if definition.scope is Scope.SUBMITTED:
        return _handed_in(db, definition.call_ids) | won
    if definition.scope is Scope.AWARDED:
        return won
    by_hand = definition.scope is Scope.PICKED
    wanted = definition.case_ids if by_hand else shelf.search(db, definition.query)
    return {each: won[each] for each in wanted if each in won}


def _awards(db: Session, definition: Definition) -> dict[str, AwardView]:
    """The highest award in force by case, of the calls or of all."""
    by_call = definition.scope in (Scope.SUBMITTED, Scope.AWARDED)
    found: dict[str, AwardView] = {}
    for award in judging.awards(db):
        if not by_call or award.call_id in definition.call_ids:
            found.setdefault(award.case_id, award)
    return found


def _handed_in(db: Session, call_ids: Collection[str]) -> dict[str, str]:
    with as_system(db):
        cases = [case for call_id in call_ids for case in submissions.handed_in(db, call_id)]
    return {
        case.id: case.version_id
        for case in cases
        if case.version_id is not None and case.status is not CaseStatus.WITHDRAWN
    }


def facts_of(db: Session, definition: Definition, shelf: Shelf) -> Facts:
    """Everything that the figures of this set rest on."""
    wanted = members(db, definition, shelf)
    topics = shelf.topics(db, list(wanted))
    awards = _awards(db, definition)
    with as_system(db):
        versions = _versions(db, list(wanted.values()))
        call_ids = set(definition.call_ids) if definition.call_ids else set()
        call_ids |= {version.call_id for version in versions.values()}
        calls = submissions.calls_by_id(db, call_ids)
        decided = {call_id: _scores(db, call) for call_id, call in calls.items()}
        units = {unit.id: unit for unit in people.units(db)}
    cases = tuple(
        _case(
            versions[version_id], calls, awards.get(case_id), units, decided, topics.get(case_id, ()), shelf
        )
        for case_id, version_id in sorted(wanted.items())
        if version_id in versions
    )
    return Facts(
        scope=definition.scope,
        calls=tuple(
            CallFacts(
                call_id=call.id,
                title=call.title,
                year=call.year,
                categories=tuple(each.name for each in call.rules.categories),
                prizes=tuple(each.name for each in call.rules.prizes),
                criteria=tuple(each.name for each in call.rules.criteria),
                decided=decided[call.id] is not None,
            )
            for call in sorted(calls.values(), key=lambda each: (each.year, each.id))
        ),
        cases=cases,
        directory=_directory(units, calls.values()) if definition.scope is Scope.SUBMITTED else (),
    )


def _versions(db: Session, version_ids: list[str]) -> dict[str, VersionView]:
    found: dict[str, VersionView] = {}
    for start in range(0, len(version_ids), AT_ONCE):
        found |= submissions.versions_by_id(db, version_ids[start : start + AT_ONCE])
    return found


def _scores(db: Session, call: CallView) -> Mapping[str, tuple[tuple[str, float], ...]] | None:
    """Case id -> (criterion, percent of its highest mark); None while the results are not public."""
    if call.id not in judging.calls_with_awards(db):
        return None
    view = judging.round_of_call(db, call)
    if view is None or not results_are_final(db, view.id):
        return {}
    figures = outcome(db, SYSTEM, view).figures
    return {
        case_id: tuple((each.name, float(each.percent)) for each in found.criteria)
        for case_id, found in figures.items()
    }


def _case(
    version: VersionView,
    calls: Mapping[str, CallView],
    award: AwardView | None,
    units: Mapping[str, Unit],
    scores: Mapping[str, Mapping[str, tuple[tuple[str, float], ...]] | None],
    topics: tuple[str, ...],
    shelf: Shelf,
) -> CaseFacts:
    call = calls[version.call_id]
    unit = units.get(version.unit_id)
    category = call.rules.category(version.category_key)
    closes_at = category.closes_at if category and category.closes_at else call.closes_at
    evident = sum(1 for claim in version.claims if claim.sources)
    return CaseFacts(
        case_id=version.case_id,
        version_id=version.id,
        content_hash=version.content_hash,
        call_id=call.id,
        year=call.year,
        title=version.title,
        unit_id=version.unit_id,
        unit_name=version.unit_name,
        unit_kind=unit.category_key if unit else "",
        region=_region(unit, units),
        category=category.name if category else "",
        words=version.word_count,
        claims=evident,
        photos=len(version.photos),
        files=len(version.attachments) - len(version.photos),
        elements=_elements(version.content_hash, version.body_html),
        days_before=(closes_at - version.received_at).total_seconds() / _DAY,
        prize=award.prize_name if award else "",
        prize_rank=award.prize_rank if award else 0,
        award_id=award.id if award else "",
        topics=topics,
        scores=(scores.get(call.id) or {}).get(version.case_id, ()),
        address=shelf.address(version.number) if award else "",
    )


@lru_cache(maxsize=KEPT)
def _elements(_content_hash: str, body_html: str) -> float:
    """Concrete things in 1,000 words; a version never changes, so its text is looked at once."""
    return look(lines_of(body_html), {}, compared=False).all_per_thousand


def _region(unit: Unit | None, units: Mapping[str, Unit]) -> str:
    """The name of the unit right below the top that the unit is or is under; "" for the top itself."""
    if unit is None:
        return ""
    key = region(unit.path).rstrip("/").rpartition("/")[2]
    found = units.get(key)
    return (found.short_name or found.name) if found is not None else ""


def _directory(units: Mapping[str, Unit], calls: Iterable[CallView]) -> tuple[DirectoryUnit, ...]:
    """Units without units below them whose kind some call of the set takes."""
    parents = {unit.parent_id for unit in units.values()}
    allowed = [set(call.rules.eligibility.unit_kinds) for call in calls]
    return tuple(
        DirectoryUnit(unit.id, unit.category_key, _region(unit, units))
        for unit in units.values()
        if unit.id not in parents and any(not kinds or unit.category_key in kinds for kinds in allowed)
    )


def call_of(db: Session, call_id: str) -> CallView:
    """A call of the set. Raises NotFound."""
    with as_system(db):
        return submissions.call(db, call_id)


def picked(db: Session, case_ids: Iterable[str], numbers: Iterable[str]) -> tuple[str, ...]:
    """Awarded cases among these ids and receipt numbers, in the order given."""
    won = {award.case_id for award in judging.awards(db)}
    found = [each for each in case_ids if each in won]
    with as_system(db):
        for number in numbers:
            try:
                case_id = submissions.version_numbered(db, f"{'-'.join(number.split('-')[:2])}-1").case_id
            except NotFound:
                continue
            if case_id in won:
                found.append(case_id)
    return tuple(dict.fromkeys(found))
