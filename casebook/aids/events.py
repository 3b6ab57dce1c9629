"""What editors did with findings and with the house's list. The words of terms are recorded: they are
nobody's secret, and the journal must say why something was found from a day on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from foundation.journal import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingsAccepted(Event):
    """Passages of an entry were replaced, in the round `ordinal`."""

    action: ClassVar[str] = "findings.accepted"
    entry_id: str
    edition_id: str
    ordinal: int
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingIgnored(Event):
    """`entry_id` is empty where it holds in the whole book."""

    action: ClassVar[str] = "finding.ignored"
    edition_id: str
    entry_id: str
    ignoring_id: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IgnoringTakenBack(Event):
    action: ClassVar[str] = "finding.ignoring_taken_back"
    edition_id: str
    ignoring_id: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _TermEvent(Event):
    term_id: str
    written: str
    better: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TermAdded(_TermEvent):
    action: ClassVar[str] = "house_term.added"


@dataclass(frozen=True, slots=True, kw_only=True)
class TermChanged(_TermEvent):
    action: ClassVar[str] = "house_term.changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class TermDeleted(_TermEvent):
    action: ClassVar[str] = "house_term.deleted"


@dataclass(frozen=True, slots=True, kw_only=True)
class TermRestored(_TermEvent):
    action: ClassVar[str] = "house_term.restored"
