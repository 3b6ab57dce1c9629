"""A case of the library in the fifteen elements of Dublin Core (ISO 15836-1)."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from search.holdings import Shelved
from search.language import language_of


def dublin_core(
    case: Shelved, *, address: str, call_address: str, publisher: str, topics: Sequence[str] = ()
) -> list[tuple[str, str]]:
    """Elements with their values; some are repeated, empty ones mean nothing."""
    version = case.version
    people = [each.name.strip() for each in version.authors if each.name.strip()]
    granted = case.award.granted_at.astimezone(ZoneInfo(case.call.timezone))
    return [
        ("title", version.title),
        *(("creator", each) for each in people or [version.unit_name]),
        ("subject", case.category),
        *(("subject", topic) for topic in topics),
        ("description", version.summary),
        ("publisher", publisher),
        ("contributor", version.unit_name if people else ""),
        ("date", granted.date().isoformat()),
        ("type", "Text"),
        ("format", "text/html"),
        ("identifier", address),
        ("source", version.source_line),
        ("language", language_of(version.title + version.summary)),
        ("relation", call_address),
    ]
