"""Giving one juror's reads to another, or to all others evenly: what moves, what stays and why."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from foundation.text import Text, _
from judging.values import AssignmentState, ConflictFinding, JurorSeat
from judging.values.assignment import HandedRead, HandOver, KeptRead, Pair, StandingRead


def movable(
    reads: Mapping[Pair, StandingRead], from_id: str, labels: Mapping[str, str], *, take_begun: bool
) -> tuple[list[str], list[KeptRead]]:
    """The cases of a juror that may go, by their numbers, and those that stay with him. What is handed in
    always stays; what is begun stays unless it is taken."""
    go, stay = [], []
    for (case_id, juror_id), read in sorted(reads.items(), key=lambda item: labels.get(item[0][0], "")):
        if juror_id != from_id or not read.stands or case_id not in labels:
            continue
        if read.state is AssignmentState.HANDED_IN:
            stay.append(KeptRead(case_id, _("已提交，仍然有效")))
        elif read.begun and not take_begun:
            stay.append(KeptRead(case_id, _("已经开始评分，留给原评委")))
        else:
            go.append(case_id)
    return go, stay


def to_one(
    reads: Mapping[Pair, StandingRead],
    from_id: str,
    to: JurorSeat,
    labels: Mapping[str, str],
    conflicts: Mapping[Pair, ConflictFinding],
    loads: Mapping[str, int],
    *,
    read_before: Collection[Pair] = (),
    take_begun: bool = False,
) -> HandOver:
    """All that may go to one juror, in the order of the numbers, up to his limit."""
    go, kept = movable(reads, from_id, labels, take_begun=take_begun)
    moved: list[HandedRead] = []
    load = loads.get(to.juror_id, 0)
    for case_id in go:
        own = reads.get((case_id, to.juror_id))
        refusal = _refusal(to, case_id, own, conflicts, load, (case_id, to.juror_id) in read_before)
        if refusal is not None:
            kept.append(KeptRead(case_id, refusal))
            continue
        read = reads[case_id, from_id]
        moved.append(HandedRead(read.id, case_id, to.juror_id, read.begun))
        load += 1
    return _with_loads(moved, kept, from_id, loads)


def _refusal(
    to: JurorSeat,
    case_id: str,
    own: StandingRead | None,
    conflicts: Mapping[Pair, ConflictFinding],
    load: int,
    read_before: bool,
) -> Text | None:
    conflict = conflicts.get((to.juror_id, case_id))
    if conflict is not None:
        return _("%(name)s 不能评审：%(reason)s", name=to.name, reason=conflict.reason)
    if own is not None and own.stands:
        return _("%(name)s 已经在评这个案例", name=to.name)
    if own is not None and own.state is AssignmentState.RECUSED:
        return _("%(name)s 已回避这个案例", name=to.name)
    if read_before:
        return _("%(name)s 在前一轮评过这个案例", name=to.name)
    if to.load_limit is not None and load >= to.load_limit:
        return _("%(name)s 已达到工作量上限 %(limit)s 份", name=to.name, limit=to.load_limit)
    return None


def to_many(
    reads: Mapping[Pair, StandingRead],
    from_id: str,
    go: Sequence[str],
    kept: Sequence[KeptRead],
    new: Collection[Pair],
    loads: Mapping[str, int],
) -> HandOver:
    """What the optimum gave to others: cases without a new reader stay with him."""
    reader = dict(new)
    moved = [
        HandedRead(reads[case_id, from_id].id, case_id, reader[case_id], reads[case_id, from_id].begun)
        for case_id in go
        if case_id in reader
    ]
    without = [KeptRead(each, _("其他评委有利益冲突或已满额")) for each in go if each not in reader]
    return _with_loads(moved, [*kept, *without], from_id, loads)


def _with_loads(
    moved: Sequence[HandedRead], kept: Sequence[KeptRead], from_id: str, loads: Mapping[str, int]
) -> HandOver:
    after = dict(loads)
    for each in moved:
        after[from_id] = after.get(from_id, 0) - 1
        after[each.to_id] = after.get(each.to_id, 0) + 1
    return HandOver(tuple(moved), tuple(kept), after)
