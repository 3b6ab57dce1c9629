"""Follows awards, so that a call that takes none with an earlier award can say so."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import Session

from foundation.journal import Entry, Subscription
from submissions import queries, service
from submissions.service.awards import GRANTED, REVOKED
from submissions.values import VersionView


def subscriptions() -> list[Subscription]:
    """The package's listeners to judging."""
    listens = frozenset({GRANTED, REVOKED})
    return [Subscription("submissions.awards", listens, load=_load, work=_same, save=_save)]


def _load(db: Session, entry: Entry) -> VersionView | None:
    """The awarded version; None when the award was revoked."""
    return queries.version(db, str(entry.detail["version_id"])) if entry.action == GRANTED else None


def _same(loaded: Any) -> Any:
    return loaded


def _save(db: Session, entry: Entry, version: VersionView | None) -> None:
    award_id = str(entry.detail["award_id"])
    if version is None:
        service.forget_award(db, award_id=award_id)
    else:
        service.keep_award(db, award_id=award_id, version=version)
