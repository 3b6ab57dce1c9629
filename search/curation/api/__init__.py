"""Curation through the JSON API, one file a topic."""

from __future__ import annotations

from foundation.api import Operation
from search.curation.api import synonyms


def operations() -> list[Operation]:
    """Every topic's operations."""
    return [*synonyms.operations()]
