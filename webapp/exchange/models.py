"""Tables of imports: what was uploaded and what came of it; which case an outside key stands for."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Id, Row


class ImportRun(Row):
    """One uploaded file on its way: checked, shown, applied. `report` is a `Report` as JSON.

    `address` is the page that sets a password, put into invitations; `done` of `total` rows are through.
    """

    __tablename__ = "import_run"

    kind: Mapped[str] = mapped_column(String(10))
    call_id: Mapped[str | None] = mapped_column(Id, ForeignKey("call.id"), index=True)
    file_name: Mapped[str] = mapped_column(String(255))
    file_sha256: Mapped[str] = mapped_column(String(64))
    file_size: Mapped[int]
    state: Mapped[str] = mapped_column(String(12))
    done: Mapped[int] = mapped_column(default=0)
    total: Mapped[int] = mapped_column(default=0)
    report: Mapped[dict[str, Any]]
    invite: Mapped[bool] = mapped_column(default=True)
    address: Mapped[str] = mapped_column(String(300), default="")
    started_at: Mapped[datetime]
    started_by: Mapped[str] = mapped_column(String(40))
    started_by_name: Mapped[str] = mapped_column(String(200))
    confirmed_by: Mapped[str] = mapped_column(String(40), default="")
    finished_at: Mapped[datetime | None]


class ImportedCase(Row):
    """The draft that was made from a row with this key; `fingerprint` is of the row and its files.

    `revision` is the working copy's after the import: a later one means that somebody has written in it.
    The case may be gone, thrown away by its unit: then the row says nothing any more.
    """

    __tablename__ = "imported_case"

    call_id: Mapped[str] = mapped_column(Id, ForeignKey("call.id"))
    key: Mapped[str] = mapped_column(String(300))
    case_id: Mapped[str] = mapped_column(Id)
    revision: Mapped[int]
    fingerprint: Mapped[str] = mapped_column(String(64))
    run_id: Mapped[str] = mapped_column(Id, ForeignKey("import_run.id"))

    __table_args__ = (UniqueConstraint("call_id", "key"),)
