"""`exemplar assign`: who reads what, by the same programme as the button."""

from __future__ import annotations

from collections.abc import Mapping

from judging import conflicts
from judging.assignment import distribute
from judging.values import CaseSeat, JurorSeat, Plan
from submissions.values import USUAL_CONFLICTS
from webapp.contest.values import Contest, Sheet
from webapp.contest.writing import summary

ENDED = frozenset({"withdrawn", "recused", "removed", "conflict"})
"""States of reviews whose pair must not come again."""


def assign(contest: Contest, *, reads: int, seed: int) -> tuple[Plan, list[Sheet]]:
    """The plan and its files: reviews.csv with the new pairs can be filled in and read again."""
    cases, jurors = case_seats(contest), juror_seats(contest)
    existing = {(row.case_id, row.juror_id) for row in contest.reviews if row.status not in ENDED}
    closed = {(row.case_id, row.juror_id) for row in contest.reviews if row.status in ENDED}
    plan = distribute(
        cases,
        jurors,
        reads=reads,
        seed=seed,
        conflicts=frozenset(forbidden(contest, cases, jurors)),
        existing=existing,
        closed=closed,
    )
    return plan, _sheets(contest, plan, reads, existing)


def case_seats(contest: Contest) -> list[CaseSeat]:
    """Cases; a unit lies below its recommender, which is all the tree that a folder tells."""
    return [
        CaseSeat(row.case_id, row.case_id, row.unit, _path(row.recommender, row.unit), row.category)
        for row in contest.cases
    ]


def juror_seats(contest: Contest) -> list[JurorSeat]:
    """Jurors, in the tree where some case names their unit."""
    above = {row.unit: row.recommender for row in contest.cases if row.unit and row.recommender}
    return [
        JurorSeat(
            row.juror_id,
            row.juror_id,
            row.unit or None,
            _path(above.get(row.unit, ""), row.unit),
            row.categories,
            row.max_load,
        )
        for row in contest.jurors
    ]


def _path(*units: str) -> str:
    kept = [unit.replace("/", "-") for unit in units if unit]
    return f"/{'/'.join(kept)}/" if kept and units[-1] else ""


def forbidden(
    contest: Contest, cases: list[CaseSeat], jurors: list[JurorSeat]
) -> Mapping[tuple[str, str], object]:
    """(juror id, case id): what conflicts.csv says, units that are the same, above or below, and jurors whose
    unit has the same recommender."""
    declared = dict.fromkeys(contest.conflicts, "")
    recommended = {row.case_id: (_path(row.recommender),) for row in contest.cases if row.recommender}
    return conflicts.find(jurors, cases, declared, rules=USUAL_CONFLICTS, recommended=recommended)


def _sheets(contest: Contest, plan: Plan, reads: int, existing: set[tuple[str, str]]) -> list[Sheet]:
    added = set(plan.added)
    keys = [criterion.key for criterion in contest.criteria]
    kept = [
        [row.case_id, row.juror_id, *(row.marks.get(key) for key in keys), row.status, row.seconds]
        for row in contest.reviews
    ]
    new = [
        [case_id, juror_id, *(None for _key in keys), "assigned", None] for case_id, juror_id in sorted(added)
    ]
    short = {each.case_id: each for each in plan.shortfalls}
    per_case: dict[str, int] = {}
    for case_id, _juror_id in (*existing, *added):
        per_case[case_id] = per_case.get(case_id, 0) + 1
    fresh: dict[str, int] = {}
    for _case_id, juror_id in added:
        fresh[juror_id] = fresh.get(juror_id, 0) + 1
    return [
        Sheet("reviews.csv", ("case_id", "juror_id", *keys, "status", "seconds"), [*kept, *new]),
        Sheet(
            "cases.csv",
            ("case_id", "category", "reads", "missing", "reason"),
            [
                [
                    row.case_id,
                    row.category,
                    per_case.get(row.case_id, 0),
                    short[row.case_id].missing if row.case_id in short else 0,
                    str(short[row.case_id].reason) if row.case_id in short else "",
                ]
                for row in contest.cases
            ],
        ),
        Sheet(
            "jurors.csv",
            ("juror_id", "load", "new", "max_load"),
            [
                [row.juror_id, plan.loads.get(row.juror_id, 0), fresh.get(row.juror_id, 0), row.max_load]
                for row in contest.jurors
            ],
        ),
        summary(
            contest,
            {"command": "assign", "reads": reads, "seed": plan.seed},
            {
                "added": len(plan.added),
                "missing": sum(each.missing for each in plan.shortfalls),
                "components": plan.components,
                "A_efficiency": plan.mixing,
                "notes": [str(note) for note in plan.notes],
            },
        ),
    ]
