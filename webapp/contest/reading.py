"""The folder as a contest: every row checked, every complaint with its line."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from foundation.text import Text, _
from judging.rules import mark_refusal
from judging.statistics.standing import composite, full_score
from judging.values import Mark
from submissions.values import Criterion, JuryGroup, Prize
from webapp.contest.table import Faults, Row, read_table
from webapp.contest.values import CaseRow, Contest, JurorRow, ReviewLine

COUNTING = frozenset({"", "complete", "completed", "handed_in", "submitted", "valid", "done"})
NOT_COUNTING = frozenset(
    {
        "draft",
        "open",
        "assigned",
        "incomplete",
        "missing",
        "withdrawn",
        "recused",
        "removed",
        "conflict",
        "invalid",
    }
)
NO_MARKS = "no_marks"
CONFLICT = "conflict"
_REVIEW = ("case_id", "juror_id", "status", "seconds")
_LIST_MARKS = (";", "；", "、", "|")


def read_contest(folder: Path) -> Contest:
    """Read cases.csv, jurors.csv, conflicts.csv, reviews.csv, and criteria.csv, prizes.csv, groups.csv where
    they are there.

    Raises:
        BadFolder: what is wrong, with file and line.
    """
    faults = Faults()
    cases = _cases(folder, faults)
    jurors = _jurors(folder, faults)
    conflicts = _conflicts(folder, faults, _ids(cases), _ids(jurors))
    prizes = _prizes(folder, faults)
    groups = _groups(folder, faults)
    heads, rows = read_table(folder, "reviews.csv", ("case_id", "juror_id"), faults, optional=True)
    criteria = _criteria(folder, heads, faults)
    reviews = _reviews(rows, criteria, conflicts, _ids(cases), _ids(jurors))
    faults.refuse()
    contest = Contest(
        folder=folder,
        cases=tuple(sorted(cases.values(), key=lambda row: row.case_id)),
        jurors=tuple(sorted(jurors.values(), key=lambda row: row.juror_id)),
        conflicts=conflicts,
        reviews=tuple(sorted(reviews, key=lambda row: (row.case_id, row.juror_id))),
        criteria=criteria,
        prizes=prizes,
        groups=groups,
        full_score=full_score(criteria) if criteria else 100,
        data_hash="",
    )
    return _hashed(contest)


def _ids(rows: Mapping[str, object]) -> Collection[str]:
    return rows.keys()


def _cases(folder: Path, faults: Faults) -> dict[str, CaseRow]:
    _heads, rows = read_table(folder, "cases.csv", ("case_id",), faults)
    found: dict[str, CaseRow] = {}
    lines: dict[str, int] = {}
    for row in rows:
        case_id = row.needed("case_id")
        if _fresh(row, case_id, lines):
            found[case_id] = CaseRow(case_id, row["category"], row["unit"], row["region"], row["recommender"])
    return found


def _fresh(row: Row, key: str, lines: dict[str, int]) -> bool:
    """Whether the id is new; a second one is a fault that names the first."""
    if not key:
        return False
    if key in lines:
        row.complain(_("%(id)s 在第 %(line)s 行已经有了", id=key, line=lines[key]))
        return False
    lines[key] = row.line
    return True


def _jurors(folder: Path, faults: Faults) -> dict[str, JurorRow]:
    _heads, rows = read_table(folder, "jurors.csv", ("juror_id",), faults)
    found: dict[str, JurorRow] = {}
    lines: dict[str, int] = {}
    for row in rows:
        juror_id = row.needed("juror_id")
        limit = row.number("max_load", int)
        if _fresh(row, juror_id, lines):
            found[juror_id] = JurorRow(
                juror_id=juror_id,
                unit=row["unit"],
                region=row["region"],
                org=row["org"],
                max_load=limit,
                categories=_listed(row["category"]),
                group=row["group"],
            )
    return found


def _listed(cell: str) -> frozenset[str]:
    for mark in _LIST_MARKS:
        cell = cell.replace(mark, ";")
    return frozenset(each.strip() for each in cell.split(";") if each.strip())


def _conflicts(
    folder: Path, faults: Faults, cases: Collection[str], jurors: Collection[str]
) -> frozenset[tuple[str, str]]:
    """(juror id, case id) that must not be."""
    _heads, rows = read_table(folder, "conflicts.csv", ("juror_id", "case_id"), faults, optional=True)
    found = set()
    for row in rows:
        _known(row, cases, jurors)
        found.add((row["juror_id"], row["case_id"]))
    return frozenset(found)


def _known(row: Row, cases: Collection[str], jurors: Collection[str]) -> None:
    case_id, juror_id = row.needed("case_id"), row.needed("juror_id")
    if case_id and cases and case_id not in cases:
        row.complain(_("cases.csv 里没有案例 %(id)s", id=case_id))
    if juror_id and jurors and juror_id not in jurors:
        row.complain(_("jurors.csv 里没有评委 %(id)s", id=juror_id))


def _prizes(folder: Path, faults: Faults) -> tuple[Prize, ...]:
    """From the highest down."""
    _heads, rows = read_table(folder, "prizes.csv", ("prize", "quota"), faults, optional=True)
    found: list[Prize] = []
    lines: dict[str, int] = {}
    for row in rows:
        key, quota = row.needed("prize"), row.number("quota", int)
        row.needed("quota")
        threshold = row.number("threshold", Decimal)
        if _fresh(row, key, lines) and quota is not None:
            found.append(Prize(key, row["name"] or key, quota, threshold))
    return tuple(found)


def _groups(folder: Path, faults: Faults) -> tuple[JuryGroup, ...]:
    _heads, rows = read_table(folder, "groups.csv", ("group", "weight"), faults, optional=True)
    found: list[JuryGroup] = []
    lines: dict[str, int] = {}
    for row in rows:
        key, weight = row.needed("group"), row.number("weight", int)
        row.needed("weight")
        if _fresh(row, key, lines) and weight is not None:
            found.append(JuryGroup(key, key, weight))
    return tuple(found)


def _criteria(folder: Path, heads: Sequence[str], faults: Faults) -> tuple[Criterion, ...]:
    """As criteria.csv says; without it each further column of reviews.csv is one, 0 to 100, equal weights."""
    _heads, rows = read_table(folder, "criteria.csv", ("criterion", "weight"), faults, optional=True)
    if not (folder / "criteria.csv").is_file():
        return tuple(
            Criterion(head, head, 1, 0, 100, Decimal("0.0001"))
            for head in heads
            if head and head not in _REVIEW
        )
    found: list[Criterion] = []
    lines: dict[str, int] = {}
    for row in rows:
        key = row.needed("criterion").lower()
        row.needed("weight")
        weight = row.number("weight", int)
        lowest, highest = row.number("lowest", int), row.number("highest", int, least=1)
        step = row.number("step", Decimal)
        if heads and key and key not in heads:
            row.complain(_("reviews.csv 里没有列 %(id)s", id=key))
        if _fresh(row, key, lines) and weight is not None:
            found.append(
                Criterion(
                    key,
                    key,
                    weight,
                    lowest or 0,
                    100 if highest is None else highest,
                    step or Decimal("0.0001"),
                )
            )
    if rows and not sum(criterion.weight for criterion in found):
        faults.add("criteria.csv", 0, _("权重之和为 0"))
    return tuple(found)


def _reviews(
    rows: Iterable[Row],
    criteria: Sequence[Criterion],
    conflicts: Collection[tuple[str, str]],
    cases: Collection[str],
    jurors: Collection[str],
) -> list[ReviewLine]:
    found: list[ReviewLine] = []
    lines: dict[str, int] = {}
    for row in rows:
        _known(row, cases, jurors)
        pair = f"{row['case_id']} / {row['juror_id']}"
        marks = _marks(row, criteria)
        why = _why_not(row, marks, criteria, conflicts)
        value = composite(criteria, [Mark(key, mark) for key, mark in marks.items()]) if not why else None
        if _fresh(row, pair, lines):
            found.append(
                ReviewLine(
                    line=row.line,
                    case_id=row["case_id"],
                    juror_id=row["juror_id"],
                    marks=marks,
                    status=row["status"].lower(),
                    seconds=row.number("seconds", float),
                    composite=value,
                    why=why or ("" if value is not None else NO_MARKS),
                )
            )
    return found


def _marks(row: Row, criteria: Sequence[Criterion]) -> dict[str, Decimal]:
    marks: dict[str, Decimal] = {}
    for criterion in criteria:
        value = row.number(criterion.key, Decimal, least=criterion.lowest)
        if value is None:
            continue
        refusal = mark_refusal(criterion, value)
        if refusal is not None:
            row.complain(refusal)
        marks[criterion.key] = value
    return marks


def _why_not(
    row: Row,
    marks: Mapping[str, Decimal],
    criteria: Sequence[Criterion],
    conflicts: Collection[tuple[str, str]],
) -> str:
    """Why the review does not count, "" if it does."""
    status = row["status"].lower()
    if status in NOT_COUNTING:
        return status
    if status not in COUNTING:
        row.complain(_unknown_status(status))
        return status
    if not marks:
        return NO_MARKS
    left = [criterion.key for criterion in criteria if criterion.key not in marks]
    if left:
        row.complain(
            _(
                "缺少分数：%(columns)s。还没有评完的，状态请写 draft",
                columns="、".join(left),
            )
        )
    if (row["juror_id"], row["case_id"]) in conflicts:
        return CONFLICT
    return ""


def _unknown_status(status: str) -> Text:
    return _(
        "不认识的状态“%(status)s”；计入的写 %(counting)s，不计入的写 %(not_counting)s",
        status=status,
        counting="、".join(sorted(COUNTING - {""})),
        not_counting="、".join(sorted(NOT_COUNTING)),
    )


def _hashed(contest: Contest) -> Contest:
    """With the SHA-256 of the rows' content; their order and line numbers are not part of it."""
    content = {
        "cases": [[c.case_id, c.category, c.unit, c.region, c.recommender] for c in contest.cases],
        "jurors": [
            [j.juror_id, j.unit, j.region, j.org, j.max_load, sorted(j.categories), j.group]
            for j in contest.jurors
        ],
        "conflicts": sorted(contest.conflicts),
        "reviews": [
            [
                r.case_id,
                r.juror_id,
                sorted((key, str(mark.normalize())) for key, mark in r.marks.items()),
                r.status,
                r.seconds,
            ]
            for r in contest.reviews
        ],
    }
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return replace(contest, data_hash=hashlib.sha256(canonical.encode()).hexdigest())
