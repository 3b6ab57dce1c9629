"""A distribution that somebody made elsewhere, line by line: what it would do, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from foundation.text import Text, _
from judging.values import AssignmentState, ConflictFinding, JurorSeat
from judging.values.assignment import FileError, FileLine, FilePlan, Pair, StandingRead

NAMED = 12
"""How many cases a note names."""


@dataclass(frozen=True, slots=True)
class Known:
    """What the lines are held against. `jurors` by what may stand in the cell: e-mail, and the name where
    only one has it; names of several in `ambiguous`."""

    cases: Mapping[str, str]
    jurors: Mapping[str, JurorSeat]
    ambiguous: frozenset[str]
    conflicts: Mapping[Pair, ConflictFinding]
    reads: Mapping[Pair, StandingRead]


@dataclass(slots=True)
class _Reading:
    known: Known
    pairs: dict[Pair, int] = field(default_factory=dict)
    errors: list[FileError] = field(default_factory=list)


def plan_file(lines: Sequence[FileLine], known: Known, *, exact: bool) -> FilePlan:
    """Lines add reads; where the file is `exact`, open reads it does not have are taken away.

    Any error keeps the whole file from being applied.
    """
    reading = _Reading(known)
    for line in lines:
        _read(reading, line)
    standing = {pair for pair, read in known.reads.items() if read.stands and pair[0] in known.cases.values()}
    added = tuple(pair for pair in reading.pairs if pair not in standing)
    left_out = sorted(standing - set(reading.pairs)) if exact else []
    removed = tuple(pair for pair in left_out if not known.reads[pair].begun)
    kept = tuple(pair for pair in left_out if known.reads[pair].begun)
    after = (standing | set(added)) - set(removed)
    _check_limits(reading, after)
    return FilePlan(
        added=added,
        there=len(reading.pairs) - len(added),
        removed=removed,
        kept=kept,
        errors=tuple(sorted(reading.errors, key=lambda each: each.number)),
        notes=tuple(_notes(known, after)),
    )


def _read(reading: _Reading, line: FileLine) -> None:
    known = reading.known
    case_id = known.cases.get(line.case.strip().upper())
    if not line.juror.strip():
        if line.case.strip() and case_id is None:
            reading.errors.append(FileError(line.number, line.case, _unknown_case()))
        return
    juror = known.jurors.get(line.juror.strip().casefold())
    if case_id is None:
        reading.errors.append(FileError(line.number, line.case, _unknown_case()))
    if juror is None:
        reading.errors.append(FileError(line.number, line.juror, _unknown_juror(known, line.juror)))
    if case_id is None or juror is None:
        return
    pair = (case_id, juror.juror_id)
    wrong = _pair_error(known, pair, juror, reading.pairs.get(pair))
    if wrong is not None:
        reading.errors.append(FileError(line.number, f"{line.case} {line.juror}", wrong))
    reading.pairs.setdefault(pair, line.number)


def _unknown_case() -> Text:
    return _("本轮没有这个评审号，请填写分配页面上的评审号，例如 A01")


def _unknown_juror(known: Known, written: str) -> Text:
    if written.strip().casefold() in known.ambiguous:
        return _("有几位评委叫这个名字，请改填邮箱")
    return _("已接受邀请的评委中没有这个人，请填写评委的邮箱或姓名")


def _pair_error(known: Known, pair: Pair, juror: JurorSeat, before: int | None) -> Text | None:
    if before is not None:
        return _("与第 %(line)s 行重复", line=before)
    read = known.reads.get(pair)
    if read is not None and read.stands:
        return None
    conflict = known.conflicts.get((pair[1], pair[0]))
    if conflict is not None:
        return _("%(name)s 不能评审：%(reason)s", name=juror.name, reason=conflict.reason)
    if read is not None and read.state is AssignmentState.RECUSED:
        return _("%(name)s 已回避这个案例", name=juror.name)
    return None


def _check_limits(reading: _Reading, after: set[Pair]) -> None:
    """An error at the last line of each juror who would have more than his limit."""
    loads = _counted(juror_id for _case_id, juror_id in after)
    last = {juror_id: number for (_case_id, juror_id), number in reading.pairs.items()}
    for juror in {each.juror_id: each for each in reading.known.jurors.values()}.values():
        load = loads.get(juror.juror_id, 0)
        if juror.load_limit is not None and load > juror.load_limit and juror.juror_id in last:
            reason = _(
                "%(name)s 将有 %(count)s 份，超过上限 %(limit)s 份",
                name=juror.name,
                count=load,
                limit=juror.load_limit,
            )
            reading.errors.append(FileError(last[juror.juror_id], juror.name, reason))


def _counted(keys: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for key in keys:
        found[key] = found.get(key, 0) + 1
    return found


def _notes(known: Known, after: set[Pair]) -> Iterable[Text]:
    """Two jurors of one unit on a case are possible, and said."""
    unit_of = {each.juror_id: each.unit_id for each in known.jurors.values() if each.unit_id}
    seen: dict[tuple[str, str], int] = {}
    for case_id, juror_id in after:
        if juror_id in unit_of:
            key = (case_id, unit_of[juror_id] or "")
            seen[key] = seen.get(key, 0) + 1
    label_of = {case_id: label for label, case_id in known.cases.items()}
    doubled = sorted({label_of[case_id] for (case_id, _unit), count in seen.items() if count > 1})
    if doubled:
        yield _(
            "以下案例有来自同一单位的两位评委：%(cases)s。",
            cases="、".join(doubled[:NAMED])
            if len(doubled) <= NAMED
            else _("%(cases)s等 %(count)s 个", cases="、".join(doubled[:NAMED]), count=len(doubled)),
        )
