"""The claims of working copies; what was decided about the names in a case."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Base, Id, Row
from submissions.models.columns import Hash, Key, Name


class CaseClaim(Row):
    """A claim marked in the working copy: its words, what stood around them, the evidence linked to it.

    `sources` is a list of `Source` as JSON. A version keeps its own claims in `CaseVersion.claims`.
    """

    __tablename__ = "case_claim"

    case_id: Mapped[str] = mapped_column(Id, ForeignKey("case.id"), index=True)
    unit_id: Mapped[str] = mapped_column(Id, ForeignKey("unit.id"))
    quote: Mapped[str] = mapped_column(Text)
    before: Mapped[str] = mapped_column(Text, default="")
    after: Mapped[str] = mapped_column(Text, default="")
    sources: Mapped[list[Any]]
    needless: Mapped[bool] = mapped_column(default=False)
    marked_at: Mapped[datetime]
    marked_by: Mapped[str] = mapped_column(Key)
    marked_by_name: Mapped[str] = mapped_column(Name)


class IdentityReview(Base):
    """What a person has decided about the names in a case, carried from version to version.

    `masks` are `DecidedMask`s as JSON, `kept` the words that may stay, `withheld` ids of photos that jurors
    do not get. `confirmed_hash` is the content hash of what was looked at when it was confirmed, "" before.
    """

    __tablename__ = "identity_review"

    case_id: Mapped[str] = mapped_column(Id, ForeignKey("case.id"), primary_key=True)
    call_id: Mapped[str] = mapped_column(Id, ForeignKey("call.id"), index=True)
    unit_id: Mapped[str] = mapped_column(Id, ForeignKey("unit.id"))
    masks: Mapped[list[Any]]
    kept: Mapped[list[Any]]
    withheld: Mapped[list[Any]]
    confirmed_hash: Mapped[str] = mapped_column(Hash, default="")
    confirmed_at: Mapped[datetime]
    confirmed_by: Mapped[str] = mapped_column(Key)
    confirmed_by_name: Mapped[str] = mapped_column(Name)
