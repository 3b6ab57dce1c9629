"""The tables of a house's templates; private to the room. Versions are added, never changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from foundation.db import Id, Row


class HouseTemplate(Row):
    __tablename__ = "house_template"

    name: Mapped[str] = mapped_column(String(100))
    retired_at: Mapped[datetime | None]


class HouseTemplateVersion(Row):
    """`report` is what was found in the file when it was uploaded."""

    __tablename__ = "house_template_version"

    template_id: Mapped[str] = mapped_column(Id, ForeignKey("house_template.id"), index=True)
    number: Mapped[int]
    file_name: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    size: Mapped[int]
    note: Mapped[str] = mapped_column(String(300), default="")
    report: Mapped[dict[str, Any]]
    uploaded_at: Mapped[datetime]
    uploaded_by: Mapped[str] = mapped_column(String(40))
    uploader_name: Mapped[str] = mapped_column(String(300), default="")

    __table_args__ = (UniqueConstraint("template_id", "number"),)
