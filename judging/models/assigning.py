"""Distributions: many reads given in one act, so that the act can be undone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

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


class AssignmentSheet(Row):
    """An uploaded distribution: its lines [number, case, juror] until they are applied, then only that it was
    there."""

    __tablename__ = "judging_assignment_sheet"

    round_id: Mapped[str] = mapped_column(Id, ForeignKey("judging_round.id"), index=True)
    name: Mapped[str] = mapped_column(Name)
    lines: Mapped[list[Any]]
    uploaded_at: Mapped[datetime]
    uploaded_by: Mapped[str] = mapped_column(Key)
    applied_at: Mapped[datetime | None]
