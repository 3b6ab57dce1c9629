"""Votes in the jury's meeting."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Choice(StrEnum):
    """How a juror votes on a motion."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


@dataclass(frozen=True, slots=True)
class Count:
    """The votes on a motion. It is carried by more votes for than against."""

    in_favour: int
    against: int
    abstained: int

    @property
    def cast(self) -> int:
        return self.in_favour + self.against + self.abstained

    @property
    def carried(self) -> bool:
        return self.in_favour > self.against
