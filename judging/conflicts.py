"""Who may not read what, and by which rule. Pure: units are compared by their paths in the tree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from foundation.text import Text, _
from judging.values import CaseSeat, ConflictFinding, ConflictKind, JurorSeat


def unit_conflict(juror_path: str, case_path: str) -> ConflictKind | None:
    """How two units stand to each other in the tree; None when neither is above the other.

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
    return None


def explain(kind: ConflictKind, reason: str = "") -> Text:
    """The rule as a sentence."""
    match kind:
        case ConflictKind.SAME_UNIT:
            return _("评委与案例属于同一单位")
        case ConflictKind.UNIT_ABOVE:
            return _("评委所在单位是案例单位的上级")
        case ConflictKind.UNIT_BELOW:
            return _("评委所在单位是案例单位的下级")
        case ConflictKind.DECLARED:
            return _("已声明回避：%(reason)s", reason=reason) if reason else _("已声明回避")


def find(
    jurors: Sequence[JurorSeat],
    cases: Iterable[CaseSeat],
    declared: Mapping[tuple[str, str], str] | None = None,
) -> dict[tuple[str, str], ConflictFinding]:
    """All conflicts, by (juror id, case id). `declared` maps such pairs to the reason given.

    Walks the tree instead of all pairs, so that 20,000 cases with 400 jurors take well under a second.
    """
    at, below = _by_path(jurors)
    found: dict[tuple[str, str], ConflictFinding] = {}
    for case in cases:
        for juror in _related(case.unit_path, at, below):
            kind = unit_conflict(juror.unit_path, case.unit_path)
            if kind is not None:
                pair = (juror.juror_id, case.case_id)
                found[pair] = ConflictFinding(juror.juror_id, case.case_id, kind, explain(kind))
    for (juror_id, case_id), reason in (declared or {}).items():
        found[juror_id, case_id] = ConflictFinding(
            juror_id, case_id, ConflictKind.DECLARED, explain(ConflictKind.DECLARED, reason)
        )
    return found


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


def _related(
    case_path: str, at: Mapping[str, list[JurorSeat]], below: Mapping[str, list[JurorSeat]]
) -> Iterator[JurorSeat]:
    if not case_path:
        return
    for prefix in _prefixes(case_path):
        if prefix != case_path:
            yield from at.get(prefix, ())
    yield from below.get(case_path, ())
