"""What the pages about the calibration case show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from judging.values import BlindCopy
from submissions.values import Criterion


@dataclass(frozen=True, slots=True)
class CalibrationView:
    """The calibration case of a round. `judges` are those who are to score it, `handed_in` those who have.

    `shown` is whether marks and commentary are open to all: everybody has handed in, or `due_at` has passed.
    """

    id: str
    round_id: str
    copy: BlindCopy
    case_id: str | None
    commentary: str
    due_at: datetime | None
    judges: frozenset[str]
    handed_in: frozenset[str]
    shown: bool

    def waits_for(self, user_id: str) -> bool:
        """Whether this juror must score it before his queue opens."""
        return not self.shown and user_id in self.judges and user_id not in self.handed_in


@dataclass(frozen=True, slots=True)
class Strip:
    """All marks on one criterion (`criterion` None: the score of the read), without names, lowest first.

    `places` are percents of the scale; `own` is the reader's own mark, None where he gave none.
    """

    criterion: Criterion | None
    marks: tuple[Decimal, ...]
    places: tuple[float, ...]
    mean: Decimal
    mean_place: float
    own: Decimal | None
    own_place: float | None

    @property
    def spread(self) -> Decimal:
        return self.marks[-1] - self.marks[0]


@dataclass(frozen=True, slots=True)
class OwnCalibration:
    """A juror's own marks on the calibration case."""

    marks: Mapping[str, Decimal]
    remark: str
    handed_in_at: datetime | None
    total: Fraction | None
