"""The sets that can be harvested: by year, by call, by category. Their names follow from what they hold."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import replace

from search.harvest.oai.arguments import OaiError
from search.harvest.queries import Span
from search.harvest.values import Recorded

_SPEC = re.compile(r"([A-Za-z0-9\-_.!~*'()]+)(:[A-Za-z0-9\-_.!~*'()]+)*")
YEAR, CALL, CATEGORY = "year", "call", "category"


def year_spec(year: int) -> str:
    return f"{YEAR}:{year}"


def call_spec(call_id: str) -> str:
    return f"{CALL}:{call_id}"


def category_spec(name: str) -> str:
    """A category's name may have any characters, a set's name only some: base64url of it."""
    return f"{CATEGORY}:{base64.urlsafe_b64encode(name.encode()).decode().rstrip('=')}"


def specs_of(record: Recorded) -> list[str]:
    """The sets that a record belongs to."""
    found = [year_spec(record.year), call_spec(record.call_id)]
    return [*found, category_spec(record.category)] if record.category else found


def within(span: Span, spec: str) -> Span:
    """The span narrowed to a set; the name of a group of sets means all of it.

    Raises:
        OaiError: badArgument for what cannot be a set's name, noRecordsMatch for one that is none of ours.
    """
    if not _SPEC.fullmatch(spec):
        raise OaiError("badArgument", "This cannot be the name of a set.")
    kind, _colon, value = spec.partition(":")
    if kind in (YEAR, CALL, CATEGORY) and not value:
        return span
    if kind == YEAR and re.fullmatch("[0-9]{4}", value):
        return replace(span, year=int(value))
    if kind == CALL and len(value) <= 40:
        return replace(span, call_id=value)
    name = _category(value) if kind == CATEGORY else None
    if name is None:
        raise OaiError("noRecordsMatch", "There is no such set.")
    return replace(span, category=name)


def _category(value: str) -> str | None:
    try:
        name = base64.urlsafe_b64decode(value + "=" * (-len(value) % 4)).decode()
    except (binascii.Error, ValueError):
        return None
    return name if name and "\x00" not in name else None
