"""The tables of research reports; private to the room.

A report is a row and its rounds: each change of what it says is a round of its own, added and never changed.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Id, Row

_Person = String(40)
_Name = String(200)
_State = String(20)


class Report(Row):
    """`ordinal` is the last round. `definition` is written by `codec`."""

    __tablename__ = "report"

    definition: Mapped[dict[str, Any]]
    ordinal: Mapped[int] = mapped_column(default=1)
    opened_at: Mapped[datetime]
    opened_by: Mapped[str] = mapped_column(_Person)
    changed_at: Mapped[datetime]


class ReportCall(Row):
    """A call whose figures are in the report: who may see it hangs on these."""

    __tablename__ = "report_call"

    report_id: Mapped[str] = mapped_column(Id, ForeignKey("report.id", ondelete="CASCADE"), index=True)
    call_id: Mapped[str] = mapped_column(Id, ForeignKey("call.id"), index=True)

    __table_args__ = (UniqueConstraint("report_id", "call_id"),)


class ReportRound(Row):
    """One state of the text. `kind` says what was done, `sections` are the headings that it touched."""

    __tablename__ = "report_round"

    report_id: Mapped[str] = mapped_column(Id, ForeignKey("report.id", ondelete="CASCADE"), index=True)
    ordinal: Mapped[int]
    content: Mapped[dict[str, Any]]
    kind: Mapped[str] = mapped_column(_State)
    sections: Mapped[list[Any]]
    written_at: Mapped[datetime]
    written_by: Mapped[str] = mapped_column(_Person)
    writer_name: Mapped[str] = mapped_column(_Name)

    __table_args__ = (UniqueConstraint("report_id", "ordinal"),)


class ReportBuild(Row):
    """One making of the files. `snapshot` is what they rest on, `changes` what differs from the build before
    (where there was one: `compared`), `files` their hashes and sizes by kind."""

    __tablename__ = "report_build"

    report_id: Mapped[str] = mapped_column(Id, ForeignKey("report.id", ondelete="CASCADE"), index=True)
    number: Mapped[int]
    state: Mapped[str] = mapped_column(_State)
    ordinal: Mapped[int]
    language: Mapped[str] = mapped_column(String(8))
    requested_at: Mapped[datetime]
    requested_by: Mapped[str] = mapped_column(_Person)
    requester_name: Mapped[str] = mapped_column(_Name)
    finished_at: Mapped[datetime | None]
    files: Mapped[dict[str, Any]]
    snapshot: Mapped[dict[str, Any]]
    changes: Mapped[list[Any]]
    compared: Mapped[bool] = mapped_column(default=False)
    log: Mapped[list[Any]]

    __table_args__ = (UniqueConstraint("report_id", "number"),)
