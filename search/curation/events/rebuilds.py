"""What was asked of the index."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from foundation.journal import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexRebuildRequested(Event):
    action: ClassVar[str] = "index.rebuild_requested"
    rebuild_id: str
