"""What happens to imports: past tense, ids only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from foundation.journal import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportStarted(Event):
    """A file came; it is to be checked."""

    action: ClassVar[str] = "import.started"
    run_id: str
    kind: str
    call_id: str | None
    file_sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportConfirmed(Event):
    """What the check has shown is to be written."""

    action: ClassVar[str] = "import.confirmed"
    run_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportFinished(Event):
    action: ClassVar[str] = "import.finished"
    run_id: str
    created: int
    changed: int
    failed: bool
