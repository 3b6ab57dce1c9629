"""How often cases are read and used."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Use(StrEnum):
    """What happens with a case. Only its number a day is kept, nothing about who did it."""

    VIEW = "view"
    WORD = "word"
    PDF = "pdf"
    SAVE = "save"
    PACK = "pack"
    SESSION = "session"


WEIGHTS = {Use.VIEW: 1, Use.WORD: 3, Use.PDF: 3, Use.SAVE: 3, Use.PACK: 10, Use.SESSION: 10}
"""What a use counts for the order "most used": teaching with a case says more of it than opening it."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The key of a number: which case (and whose), on which day, what for."""

    case_id: str
    unit_id: str
    day: date
    use: Use


@dataclass(frozen=True, slots=True)
class Uses:
    """The uses of one case, or of one month, by kind."""

    counts: dict[Use, int] = field(default_factory=dict)

    @property
    def views(self) -> int:
        return self.counts.get(Use.VIEW, 0)

    @property
    def downloads(self) -> int:
        return self.counts.get(Use.WORD, 0) + self.counts.get(Use.PDF, 0)

    @property
    def saves(self) -> int:
        return self.counts.get(Use.SAVE, 0)

    @property
    def packs(self) -> int:
        return self.counts.get(Use.PACK, 0)

    @property
    def sessions(self) -> int:
        return self.counts.get(Use.SESSION, 0)

    @property
    def weight(self) -> int:
        return sum(WEIGHTS[use] * count for use, count in self.counts.items())

    def __bool__(self) -> bool:
        return any(self.counts.values())


@dataclass(frozen=True, slots=True)
class CaseUse:
    """A line of the table: a case and its uses in the period."""

    case_id: str
    unit_id: str
    uses: Uses


@dataclass(frozen=True, slots=True)
class Month:
    """The uses of a month; `first` is its first day."""

    first: date
    uses: Uses
