"""The distribution as a plan: loads, what could not be satisfied, and why."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from foundation.text import Text, _, n_
from judging.assignment.mixing import LOW, Mixing
from judging.assignment.problem import Places, Problem
from judging.values import Plan, Shortfall

NAMED = 12
"""How many cases a sentence names before it only counts them."""


def plan_of(problem: Problem, added: Places, found: Mixing, seed: int) -> Plan:
    """The pairs by id, and everything the organiser should know before he applies them."""
    given = np.bincount(added[0], minlength=len(problem.cases))
    loads = problem.held + np.bincount(added[1], minlength=len(problem.jurors))
    missing = problem.needs - given
    outside = ~problem.home[added[0], added[1]]
    return Plan(
        added=tuple(
            (problem.cases[case].case_id, problem.jurors[juror].juror_id) for case, juror in added.T.tolist()
        ),
        loads={juror.juror_id: int(load) for juror, load in zip(problem.jurors, loads, strict=True)},
        shortfalls=tuple(_shortfalls(problem, missing)),
        notes=tuple(_notes(problem, added, loads, found)),
        components=found.components,
        mixing=round(found.efficiency, 4),
        seed=seed,
        lambda_2=round(found.lambda_2, 4),
        outside=int(outside.sum()),
    )


def _shortfalls(problem: Problem, missing: Places) -> Iterable[Shortfall]:
    for place in np.flatnonzero(missing > 0).tolist():
        case = problem.cases[place]
        readers = int(problem.allowed[place].sum())
        needed = int(problem.needs[place])
        yield Shortfall(case.case_id, int(missing[place]), _why_short(case.label, needed, readers))


def _why_short(case: str, needed: int, readers: int) -> Text:
    if readers < needed:
        return _(
            "%(case)s 还需要 %(needed)s 位评委，没有利益冲突、也没有读过它的评委只有 %(readers)s 位。",
            case=case,
            needed=needed,
            readers=readers,
        )
    return _(
        "%(case)s 还需要 %(needed)s 位评委，可以读它的评委都已达到各自的工作量上限。",
        case=case,
        needed=needed,
    )


def _notes(problem: Problem, added: Places, loads: Places, found: Mixing) -> Iterable[Text]:
    """What holds only in part, in sentences."""
    if added.shape[1] == 0 and problem.existing.shape[1] == 0:
        return
    yield from _about_cases(problem, added)
    if added.shape[1]:
        yield from _about_loads(loads)
    yield from _about_mixing(found)


def _about_cases(problem: Problem, added: Places) -> Iterable[Text]:
    doubled = _doubled_units(problem, added)
    if doubled:
        yield _("没有别的办法，以下案例有来自同一单位的两位评委：%(cases)s。", cases=_named(problem, doubled))
    strange = _without_expert(problem, added)
    if strange:
        yield _("以下案例没有本类别的评委：%(cases)s。", cases=_named(problem, strange))


def _named(problem: Problem, places: list[int]) -> str | Text:
    labels = "、".join(problem.cases[place].label for place in places[:NAMED])
    if len(places) <= NAMED:
        return labels
    return _("%(cases)s等 %(count)s 个", cases=labels, count=len(places))


def _about_loads(loads: Places) -> Iterable[Text]:
    least, most = int(loads.min()), int(loads.max())
    if most - least > 1:
        yield _(
            "因利益冲突、工作量上限或已有分配，各评委的工作量不完全相等"
            "（最少 %(least)s 份，最多 %(most)s 份）。",
            least=least,
            most=most,
        )
    idle = int((loads == 0).sum())
    if idle:
        yield n_("有 %(n)s 位评委没有分到案例。", "有 %(n)s 位评委没有分到案例。", idle)


def _about_mixing(found: Mixing) -> Iterable[Text]:
    if found.components > 1:
        yield _(
            "评委分成互不相交的 %(groups)s 组，组间没有共同的案例，宽严无法比较；"
            "建议增加每个案例的评审次数。",
            groups=found.components,
        )
    elif found.components == 1 and found.efficiency < LOW:
        yield _(
            "评委之间共同评审的案例太少（交叉程度 %(percent)s%%），宽严难以比较；"
            "建议提高跨类别评审的比例，或增加每个案例的评审次数。",
            percent=round(found.efficiency * 100),
        )


def _doubled_units(problem: Problem, added: Places) -> list[int]:
    """Cases that the plan gives a juror whose unit reads the case already."""
    span = int(problem.unit_of.max(initial=0)) + 1
    new = added[0] * span + problem.unit_of[added[1]]
    old = problem.existing[0] * span + problem.unit_of[problem.existing[1]]
    unique, counts = np.unique(new, return_counts=True)
    doubled: list[int] = np.unique(unique[(counts > 1) | np.isin(unique, old)] // span).tolist()
    return doubled


def _without_expert(problem: Problem, added: Places) -> list[int]:
    """Cases the plan touches that nobody of their category reads, where the jury has such jurors at all."""
    pairs = np.concatenate([problem.existing, added], axis=1)
    expert = np.zeros(len(problem.cases), dtype=np.bool_)
    expert[pairs[0][problem.home[pairs[0], pairs[1]]]] = True
    touched = np.unique(added[0])
    return [place for place in touched.tolist() if not expert[place] and problem.home[place].any()]
