"""What judging listens to: a case that is withdrawn or given back leaves the judging by itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from foundation.actor import SYSTEM
from foundation.journal import Entry, Subscription
from judging import queries, service
from judging.values import RoundState
from submissions import queries as submissions

LEAVING = frozenset({"case.withdrawn", "case.returned", "case.formally_checked"})


def subscriptions() -> Sequence[Subscription]:
    """The package's listeners."""
    return [Subscription("judging.cases", LEAVING, load=_load, work=_same, save=_save)]


def _load(db: Session, entry: Entry) -> str | None:
    """The open round of the case's call, None where there is none."""
    call = submissions.call(db, str(entry.detail["call_id"]))
    view = queries.round_of_call(db, call)
    return view.id if view is not None and view.state is RoundState.OPEN else None


def _same(loaded: Any) -> Any:
    return loaded


def _save(db: Session, entry: Entry, round_id: str | None) -> None:
    if round_id is not None and queries.round_by_id(db, round_id).state is RoundState.OPEN:
        service.drop_cases(db, actor=SYSTEM, now=entry.at, round_id=round_id)
