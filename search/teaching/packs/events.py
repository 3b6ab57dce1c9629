"""What happens to teaching packs. Ids only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from foundation.journal import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class PackStarted(Event):
    action: ClassVar[str] = "pack.started"
    pack_id: str
    case_ids: tuple[str, ...]
    adapted_from: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackShared(Event):
    """A revision of the pack may be read by others from now on."""

    action: ClassVar[str] = "pack.shared"
    pack_id: str
    revision: int
    sharing: str
    case_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PackWithdrawn(Event):
    action: ClassVar[str] = "pack.withdrawn"
    pack_id: str
    case_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PackDiscarded(Event):
    action: ClassVar[str] = "pack.discarded"
    pack_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoutOpened(Event):
    """Participants may read the hand-out at its address."""

    action: ClassVar[str] = "pack.handout_opened"
    pack_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoutClosed(Event):
    action: ClassVar[str] = "pack.handout_closed"
    pack_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PackUsed(Event):
    """A trainer reported a class; `case_ids` are the cases of the revision that he used."""

    action: ClassVar[str] = "pack.used"
    pack_id: str
    use_id: str
    case_ids: tuple[str, ...]
