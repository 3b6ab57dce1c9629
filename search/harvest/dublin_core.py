"""A case of the library in the fifteen elements of Dublin Core (ISO 15836-1)."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from search.analysis import is_han
from search.library import Shelved


def dublin_core(
    case: Shelved, *, address: str, call_address: str, publisher: str, topics: Sequence[str] = ()
) -> list[tuple[str, str]]:
    """Elements with their values; some are repeated, empty ones mean nothing."""
    version = case.version
    granted = case.award.granted_at.astimezone(ZoneInfo(case.call.timezone))
    return [
        ("title", version.title),
        ("creator", version.unit_name),
        ("subject", case.category),
        *(("subject", topic) for topic in topics),
        ("description", version.summary),
        ("publisher", publisher),
        ("date", granted.date().isoformat()),
        ("type", "Text"),
        ("format", "text/html"),
        ("identifier", address),
        ("source", version.source_line),
        ("language", "zh" if any(map(is_han, version.title)) else "en"),
        ("relation", call_address),
    ]
