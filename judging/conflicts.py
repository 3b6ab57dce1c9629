"""Who may not read what, and by which rule. Pure: units are compared by their paths in the tree."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from foundation.text import Text, _
from judging.naming import by_key, name_key
from judging.values import CaseSeat, ConflictFinding, ConflictKind, JurorSeat, PossibleConflict
from submissions.values import USUAL_CONFLICTS, ConflictRule, Sighting


@dataclass(frozen=True, slots=True)
class Interest:
    """A unit that a juror has to do with, as he said himself, and why."""

    juror_id: str
    unit_path: str
    reason: str


@dataclass(frozen=True, slots=True)
class CaseText:
    """What of a case is held against the jurors' names. `wishes` are names with the unit's reasons, `named`
    the names found in the text (by `naming.name_key`) with their places."""

    version_id: str
    authors: tuple[str, ...] = ()
    wishes: tuple[tuple[str, str], ...] = ()
    named: Mapping[str, tuple[Sighting, ...]] = field(default_factory=dict)


def unit_conflict(juror_path: str, case_path: str) -> ConflictKind | None:
    """How two units stand to each other in the tree; None when neither is above the other and they have no
    region in common.

    Paths are "/top/middle/own/"; "" is no unit, which is in nobody's way.
    """
    if not juror_path or not case_path:
        return None
    if juror_path == case_path:
        return ConflictKind.SAME_UNIT
    if case_path.startswith(juror_path):
        return ConflictKind.UNIT_ABOVE
    if juror_path.startswith(case_path):
        return ConflictKind.UNIT_BELOW
    if region(juror_path) and region(juror_path) == region(case_path):
        return ConflictKind.SAME_REGION
    return None


def region(path: str) -> str:
    """The path of the unit right below the top that a unit is or is under; "" for the top itself."""
    prefixes = list(_prefixes(path)) if path else []
    return prefixes[1] if len(prefixes) > 1 else ""


_PLAIN: Mapping[ConflictKind, Text] = {
    ConflictKind.SAME_UNIT: _("评委与案例属于同一单位"),
    ConflictKind.UNIT_ABOVE: _("评委所在单位是案例单位的上级"),
    ConflictKind.UNIT_BELOW: _("评委所在单位是案例单位的下级"),
    ConflictKind.SAME_REGION: _("评委与案例单位同属一个地区或系统"),
    ConflictKind.SAME_RECOMMENDER: _("评委所在单位推荐了这个案例，或属于推荐它的单位"),
    ConflictKind.WROTE: _("评委参与了这个案例的撰写或提交"),
    ConflictKind.DECLARED: _("已声明回避"),
}


def explain(kind: ConflictKind, reason: str = "") -> Text:
    """The rule as a sentence."""
    match kind:
        case ConflictKind.DECLARED if reason:
            return _("已声明回避：%(reason)s", reason=reason)
        case ConflictKind.INTEREST:
            return _("评委声明与案例单位有利害关系：%(reason)s", reason=reason)
        case ConflictKind.NAMESAKE:
            return _("案例作者与评委同名：%(name)s", name=reason)
        case ConflictKind.WISH:
            return _("申报单位希望这位评委回避：%(reason)s", reason=reason)
        case ConflictKind.NAMED:
            return _("案例中出现了评委的姓名：%(words)s", words=reason)
        case _:
            return _PLAIN[kind]


def find(
    jurors: Sequence[JurorSeat],
    cases: Sequence[CaseSeat],
    declared: Mapping[tuple[str, str], str] | None = None,
    *,
    rules: Collection[ConflictRule] = USUAL_CONFLICTS,
    recommended: Mapping[str, Collection[str]] | None = None,
    interests: Collection[Interest] = (),
) -> dict[tuple[str, str], ConflictFinding]:
    """All conflicts that the call's `rules` name, by (juror id, case id); who has a hand in a case may never
    read it. `declared` maps such pairs to the reason given, `recommended` case ids to the paths of the units
    that recommended them; `interests` are units that jurors have to do with.

    Walks the tree instead of all pairs, so that 20,000 cases with 400 jurors take well under a second.
    """
    at, below = _by_path(jurors)
    found = _in_tree(cases, at, below, rules)
    if ConflictRule.SAME_RECOMMENDER in rules:
        _note_recommenders(found, cases, recommended or {}, below)
    if ConflictRule.DECLARED in rules:
        _note_interests(found, cases, jurors, interests)
        for pair, reason in (declared or {}).items():
            kind = ConflictKind.DECLARED
            found[pair] = ConflictFinding(*pair, kind, explain(kind, reason))
    panel = {juror.juror_id for juror in jurors}
    for case in cases:
        for juror_id in panel.intersection(case.writers):
            kind = ConflictKind.WROTE
            found[juror_id, case.case_id] = ConflictFinding(juror_id, case.case_id, kind, explain(kind))
    return found


def _in_tree(
    cases: Sequence[CaseSeat],
    at: Mapping[str, list[JurorSeat]],
    below: Mapping[str, list[JurorSeat]],
    rules: Collection[ConflictRule],
) -> dict[tuple[str, str], ConflictFinding]:
    """Conflicts by where the units stand."""
    named = {rule.value for rule in rules}
    found: dict[tuple[str, str], ConflictFinding] = {}
    for case in cases:
        for juror in _related(case.unit_path, at, below, regions=ConflictRule.SAME_REGION in rules):
            kind = unit_conflict(juror.unit_path, case.unit_path)
            if kind is not None and _counts(kind, juror.unit_path, case.unit_path, named):
                pair = (juror.juror_id, case.case_id)
                found[pair] = ConflictFinding(juror.juror_id, case.case_id, kind, explain(kind))
    return found


def possible(
    jurors: Sequence[JurorSeat],
    cases: Mapping[str, CaseText],
    certain: Collection[tuple[str, str]],
) -> list[PossibleConflict]:
    """What a person has to look at: a juror's name among the authors, among those whom the unit would have
    keep out, or in the text. One finding a pair, the weightiest; none where there is a `certain` conflict."""
    people = by_key({each.juror_id: each.name for each in jurors})
    found: dict[tuple[str, str], PossibleConflict] = {}
    for case_id, text in sorted(cases.items()):
        for kind, name, reason, seen in _questions(text):
            for juror_id in people.get(name_key(name), ()):
                pair = (juror_id, case_id)
                if pair not in certain and pair not in found:
                    found[pair] = PossibleConflict(
                        juror_id, case_id, text.version_id, kind, explain(kind, reason), seen
                    )
    return list(found.values())


def _questions(text: CaseText) -> Iterator[tuple[ConflictKind, str, str, tuple[Sighting, ...]]]:
    """Kind, name, words for the explanation, places: in the order of `POSSIBLE`."""
    for name in text.authors:
        yield ConflictKind.NAMESAKE, name, name, text.named.get(name_key(name), ())
    for name, reason in text.wishes:
        yield ConflictKind.WISH, name, reason, text.named.get(name_key(name), ())
    for name, seen in text.named.items():
        first = seen[0]
        yield ConflictKind.NAMED, name, f"…{first.before}{first.words}{first.after}…", seen


def _note_recommenders(
    found: dict[tuple[str, str], ConflictFinding],
    cases: Sequence[CaseSeat],
    recommended: Mapping[str, Collection[str]],
    below: Mapping[str, list[JurorSeat]],
) -> None:
    """Jurors of the units that recommended a case, and of those under them. Under the top of the tree is
    everybody: there only the top's own people count."""
    for case in cases:
        for path in recommended.get(case.case_id, ()):
            top = path.count("/") == 2
            for juror in below.get(path, ()):
                pair = (juror.juror_id, case.case_id)
                if pair not in found and (not top or juror.unit_path == path):
                    kind = ConflictKind.SAME_RECOMMENDER
                    found[pair] = ConflictFinding(*pair, kind, explain(kind))


def _note_interests(
    found: dict[tuple[str, str], ConflictFinding],
    cases: Sequence[CaseSeat],
    jurors: Sequence[JurorSeat],
    interests: Collection[Interest],
) -> None:
    """Cases of the units that jurors have to do with, and of the units under these."""
    panel = {juror.juror_id for juror in jurors}
    by_path: dict[str, list[Interest]] = {}
    for each in interests:
        if each.juror_id in panel and each.unit_path:
            by_path.setdefault(each.unit_path, []).append(each)
    for case in cases if by_path else ():
        for prefix in _prefixes(case.unit_path) if case.unit_path else ():
            for each in by_path.get(prefix, ()):
                pair = (each.juror_id, case.case_id)
                kind = ConflictKind.INTEREST
                found.setdefault(pair, ConflictFinding(*pair, kind, explain(kind, each.reason)))


def _prefixes(path: str) -> Iterator[str]:
    """ "/a/b/" -> "/a/", "/a/b/"."""
    done = "/"
    for part in path.strip("/").split("/"):
        done += f"{part}/"
        yield done


def _by_path(jurors: Sequence[JurorSeat]) -> tuple[dict[str, list[JurorSeat]], dict[str, list[JurorSeat]]]:
    """Jurors by their unit's path, and by every path at or above it."""
    at: dict[str, list[JurorSeat]] = {}
    below: dict[str, list[JurorSeat]] = {}
    for juror in jurors:
        if juror.unit_path:
            at.setdefault(juror.unit_path, []).append(juror)
            for prefix in _prefixes(juror.unit_path):
                below.setdefault(prefix, []).append(juror)
    return at, below


def _counts(kind: ConflictKind, juror_path: str, case_path: str, named: Collection[str]) -> bool:
    """Whether the call excludes for this; who is above or below within a region shares the region too."""
    if kind.value in named:
        return True
    shared = region(juror_path) != "" and region(juror_path) == region(case_path)
    return shared and ConflictKind.SAME_REGION.value in named


def _related(
    case_path: str,
    at: Mapping[str, list[JurorSeat]],
    below: Mapping[str, list[JurorSeat]],
    *,
    regions: bool,
) -> Iterator[JurorSeat]:
    if not case_path:
        return
    if regions and region(case_path):
        yield from below.get(region(case_path), ())
    for prefix in _prefixes(case_path):
        if prefix != case_path:
            yield from at.get(prefix, ())
    yield from below.get(case_path, ())
