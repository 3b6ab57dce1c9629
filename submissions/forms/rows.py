"""Posted pairs with rows, as nested values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

ROW_GROUPS = ("categories", "criteria", "prizes", "parts")
CHOICES = ("unit_kinds", "file_kinds", "conflicts")
"""Fields of a call of which several boxes can be ticked."""

_ROW = re.compile(r"(categories|criteria|prizes|parts|authors)-(\d{1,3})-([a-z_]+)")


def nested(
    form: Iterable[tuple[str, object]], *, groups: Iterable[str], choices: Iterable[str] = ()
) -> dict[str, Any]:
    """Posted pairs with rows like `categories-2-name` gathered into lists in their order, and each of
    `choices` into the list of what was ticked.

    Empty boxes are left out, so that a number or date that was not given is missing, not the text "".
    """
    rows: dict[str, dict[int, dict[str, object]]] = {group: {} for group in groups}
    ticked: dict[str, list[str]] = {name: [] for name in choices}
    flat: dict[str, Any] = {}
    for name, value in form:
        if not isinstance(value, str):
            continue
        match = _ROW.fullmatch(name)
        if match and match[1] in rows:
            row = rows[match[1]].setdefault(int(match[2]), {})
            if value.strip():
                row[match[3]] = value
        elif name in ticked:
            ticked[name].extend([value] if value.strip() else [])
        elif value.strip():
            flat[name] = value
    flat.update(ticked)
    for group, numbered in rows.items():
        flat[group] = [numbered[number] for number in sorted(numbered)]
    return flat


def change_rows(values: dict[str, Any], command: str) -> None:
    """Carry out "categories+" (one more row) or "categories-2" (without row 2) on a form's values."""
    match = re.fullmatch(r"([a-z]+)(\+|-\d{1,3})", command)
    if match is None or match[1] not in {*ROW_GROUPS, "authors"} & values.keys():
        return
    rows: list[Mapping[str, object]] = values[match[1]]
    if match[2] == "+":
        rows.append({})
    elif int(match[2][1:]) < len(rows):
        del rows[int(match[2][1:])]
