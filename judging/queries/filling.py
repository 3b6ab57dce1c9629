"""Places that revocations left, and who moves up by the published rule."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from judging.prizes.moving_up import MovingUp, moving_up
from judging.queries.notices import notices
from judging.values import LineState
from judging.views import Board


@dataclass(frozen=True, slots=True)
class Vacancies:
    """`held`: case id -> prize key as announced and standing; `revoked`: cases that lost theirs."""

    held: dict[str, str]
    revoked: frozenset[str]
    found: MovingUp


def vacancies(db: Session, board: Board) -> Vacancies | None:
    """What a revocation left to be given anew, None where no prize of the call was revoked."""
    call = board.round.call
    held: dict[str, str] = {}
    gone: set[str] = set()
    for notice in reversed(notices(db, call.id)):  # a later notice says what a case has now
        for line in notice.lines:
            if line.state in (LineState.REVOKED, LineState.WITHDRAWN):
                gone.add(line.case_id)
            elif line.state is LineState.STANDING:
                held[line.case_id] = line.prize_key
    if not gone:
        return None
    kept = {case_id: key for case_id, key in held.items() if case_id not in gone}
    found = moving_up(board.rows, call.rules.prizes, board.terms, held=kept, revoked=gone)
    return Vacancies(kept, frozenset(gone), found)
