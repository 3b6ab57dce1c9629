"""Distributions: many reads given in one act, so that the act can be undone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Id, Row
from judging.models.columns import Key, Name, State


class Distribution(Row):
    """That many reads were given at once: by button, from a file, or from one juror to another.

    `reads` is how many; `seed` that of the draw, None where nothing was drawn.
    """

    __tablename__ = "judging_distribution"

    round_id: Mapped[str] = mapped_column(Id, ForeignKey("judging_round.id"), index=True)
    kind: Mapped[str] = mapped_column(State)
    reads: Mapped[int]
    seed: Mapped[int | None]
    made_at: Mapped[datetime]
    made_by: Mapped[str] = mapped_column(Key)
    made_by_name: Mapped[str] = mapped_column(Name)
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str] = mapped_column(Key, default="")
