"""What happened to the list of synonyms. The words themselves are recorded: they are nobody's secret, and the
journal must say why searches found something else from a day on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from foundation.journal import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class _GroupEvent(Event):
    group_id: str
    words: str
    direction: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SynonymsAdded(_GroupEvent):
    action: ClassVar[str] = "synonyms.added"


@dataclass(frozen=True, slots=True, kw_only=True)
class SynonymsChanged(_GroupEvent):
    action: ClassVar[str] = "synonyms.changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class SynonymsDeleted(_GroupEvent):
    action: ClassVar[str] = "synonyms.deleted"


@dataclass(frozen=True, slots=True, kw_only=True)
class SynonymsRestored(_GroupEvent):
    action: ClassVar[str] = "synonyms.restored"
