"""Wrong tries are counted, so that what is secret and short (a password, a code) cannot be guessed.

Who calls names what is counted (an account, an address, a browser) and how many are allowed of it. Only
hashes of these names are kept, and only for as long as they count.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from sqlalchemy import String, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from foundation.db import Row
from foundation.errors import TooMany
from foundation.text import Text

WINDOW = timedelta(minutes=15)


class FailedTry(Row):
    """A wrong try; `key` is the SHA-256 of what it is counted for."""

    __tablename__ = "failed_try"

    key: Mapped[str] = mapped_column(String(64), index=True)
    at: Mapped[datetime] = mapped_column(index=True)


def refuse_more(db: Session, *, now: datetime, limits: Mapping[str, int], reason: Text) -> None:
    """Refuse another try where one of the names has failed as often as it may lately.

    Raises:
        TooMany: with `reason`.
    """
    for name, most in limits.items():
        failures = select(func.count()).where(FailedTry.key == _digest(name), FailedTry.at > now - WINDOW)
        if (db.scalar(failures) or 0) >= most:
            raise TooMany(reason, int(WINDOW.total_seconds()))


def note(db: Session, *, now: datetime, names: Iterable[str]) -> None:
    """Count a wrong try for each of the names; what does not count any more is dropped on the way."""
    db.execute(delete(FailedTry).where(FailedTry.at < now - WINDOW))
    db.add_all([FailedTry(key=_digest(name), at=now) for name in names])
    db.flush()


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()
