"""What a build rests on, kept as a snapshot, and the differences between two of them with their causes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from casebook.reports.figures import Measure, shown
from casebook.reports.rules.counting import Counted
from casebook.reports.values import Change, Facts

CASE_IN, CASE_OUT, AWARD_NEW, AWARD_GONE, AWARD_OTHER, VERSION, NUMBER, FIGURE = (
    "case_in", "case_out", "award_new", "award_gone", "award_other", "version", "number", "figure",
)  # fmt: skip
"""Kinds of change: first what happened to cases, then what followed for the numbers."""
UNNAMED = "—"
"""Stands for a case without an award: its title is not everybody's."""


def snapshot(facts: Facts, counted: Counted) -> dict[str, Any]:
    """Plain JSON. Call it with Chinese in use, so that two snapshots compare whatever language was read."""
    return {
        "cases": {
            case.case_id: [
                case.version_id,
                case.content_hash,
                case.award_id,
                case.prize,
                case.title if case.awarded else "",
            ]
            for case in facts.cases
        },
        "numbers": {each.key: [str(each.name), shown(each.value, each.measure)] for each in counted.numbers},
        "figures": {
            each.key: [
                str(each.title),
                {
                    str(row.label): [
                        shown(value, column.measure)
                        for value, column in zip(row.values, each.columns, strict=True)
                    ]
                    for row in each.rows
                },
            ]
            for each in counted.figures
        },
    }


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Change, ...]:
    """Everything that differs: causes (cases, awards, versions) first."""
    return (
        *_cases(before["cases"], after["cases"]),
        *_numbers(before["numbers"], after["numbers"]),
        *_figures(before["figures"], after["figures"]),
    )


def _cases(before: Mapping[str, Sequence[str]], after: Mapping[str, Sequence[str]]) -> Iterator[Change]:
    for case_id in sorted({*before, *after}):
        old, new = before.get(case_id), after.get(case_id)
        if old is None and new is not None:
            yield Change(CASE_IN, new[4] or UNNAMED, "", new[3])
        elif new is None and old is not None:
            yield Change(CASE_OUT, old[4] or UNNAMED, old[3], "")
        elif old is not None and new is not None:
            yield from _case(old, new)


def _case(old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    name = new[4] or old[4] or UNNAMED
    if old[2] != new[2]:
        kind = AWARD_NEW if not old[2] else AWARD_GONE if not new[2] else AWARD_OTHER
        yield Change(kind, name, old[3], new[3])
    if old[0] != new[0]:
        yield Change(VERSION, name, old[1][:12], new[1][:12])


def _numbers(before: Mapping[str, Sequence[str]], after: Mapping[str, Sequence[str]]) -> Iterator[Change]:
    for key, (name, value) in after.items():
        old = before.get(key, [name, UNNAMED])[1]
        if old != value:
            yield Change(NUMBER, name, old, value)


def _figures(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Change]:
    for key in _ordered(after, before):
        title, rows = after.get(key, [before.get(key, ["", {}])[0], {}])
        _old_title, old_rows = before.get(key, [title, {}])
        count = sum(1 for label in {*rows, *old_rows} if rows.get(label) != old_rows.get(label))
        if count:
            yield Change(FIGURE, title, "", shown(count, Measure.COUNT))


def _ordered(*keyed: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(key for keys in keyed for key in keys))
