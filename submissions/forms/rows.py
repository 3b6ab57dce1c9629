"""Posted pairs with rows, as nested values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

ROW_GROUPS = ("categories", "criteria", "prizes", "parts", "jury_groups")
CHOICES = ("unit_kinds", "file_kinds", "conflicts")
"""Fields of a call of which several boxes can be ticked."""

_ROW = re.compile(
    r"(categories|criteria|prizes|parts|jury_groups|authors)-(\d{1,3})-([a-z_]+)(?:-(\d{1,3})-([a-z_]+))?"
)
_COMMAND = re.compile(r"(?:criteria-(\d{1,3})-)?([a-z_]+)(\+|-\d{1,3})")
INNER = "levels"
"""Rows within a row: the levels of a criterion, `criteria-0-levels-2-name`."""


def nested(
    form: Iterable[tuple[str, object]], *, groups: Iterable[str], choices: Iterable[str] = ()
) -> dict[str, Any]:
    """Posted pairs with rows like `categories-2-name` or `criteria-0-levels-1-name` gathered into lists in
    their order, and each of `choices` into the list of what was ticked.

    Empty boxes are left out, so that a number or date that was not given is missing, not the text "".
    """
    rows: dict[str, dict[int, dict[str, Any]]] = {group: {} for group in groups}
    ticked: dict[str, list[str]] = {name: [] for name in choices}
    flat: dict[str, Any] = {}
    for name, value in form:
        if not isinstance(value, str):
            continue
        match = _ROW.fullmatch(name)
        if match and match[1] in rows:
            _into(rows[match[1]].setdefault(int(match[2]), {}), match, value)
        elif name in ticked:
            ticked[name].extend([value] if value.strip() else [])
        elif value.strip():
            flat[name] = value
    flat.update(ticked)
    for group, numbered in rows.items():
        flat[group] = [_listed(numbered[number]) for number in sorted(numbered)]
    return flat


def _into(row: dict[str, Any], match: re.Match[str], value: str) -> None:
    """Put one posted value into its row, or into its row within that row."""
    name = match[3]
    if (name == INNER) is not (match[4] is not None):
        return
    if name == INNER:
        row, name = row.setdefault(INNER, {}).setdefault(int(match[4]), {}), match[5]
    if value.strip():
        row[name] = value


def _listed(row: dict[str, Any]) -> dict[str, Any]:
    inner = row.get(INNER)
    return row | {INNER: [inner[number] for number in sorted(inner)]} if isinstance(inner, dict) else row


def change_rows(values: dict[str, Any], command: str) -> None:
    """Carry out "categories+" (one more row) or "categories-2" (without row 2) on a form's values, or the
    same on the levels of a criterion: "criteria-0-levels+"."""
    match = _COMMAND.fullmatch(command)
    rows = _rows_named(values, match) if match else None
    if match is None or rows is None:
        return
    if match[3] == "+":
        rows.append({})
    elif int(match[3][1:]) < len(rows):
        del rows[int(match[3][1:])]


def _rows_named(values: dict[str, Any], match: re.Match[str]) -> list[Mapping[str, object]] | None:
    """The list that a command changes, None where there is none of that name."""
    if match[1] is None:
        return values[match[2]] if match[2] in {*ROW_GROUPS, "authors"} & values.keys() else None
    criteria = values.get("criteria", [])
    if match[2] != INNER or int(match[1]) >= len(criteria):
        return None
    rows: list[Mapping[str, object]] = criteria[int(match[1])].setdefault(INNER, [])
    return rows
