"""The juror says what he found of a claim. It never changes a mark."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.errors import FieldError, Invalid, NotFound
from foundation.ids import new_id
from foundation.text import _
from foundation.visibility import as_system
from judging.models import ClaimVerdict
from judging.queries import verdicts
from judging.service.loading import open_read
from judging.values import Verdict
from judging.views import VerdictView
from submissions import queries as submissions

LONGEST_REMARK = 500


def save_verdict(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    assignment_id: str,
    claim: int,
    verdict: Verdict | None,
    remark: str = "",
) -> VerdictView:
    """Put down what the juror found of the claim with this number; None and no remark takes it back.

    Raises:
        NotFound: no such assignment of the juror's, or no such claim.
        Forbidden, ScoringOver
        Invalid: the remark is too long.
    """
    row, _view = open_read(db, actor, now, assignment_id)
    with as_system(db):
        count = len(submissions.version(db, row.version_id).claims)
    if not 1 <= claim <= count:
        raise NotFound
    remark = remark.strip()
    if len(remark) > LONGEST_REMARK:
        limit = LONGEST_REMARK
        raise Invalid([FieldError(f"claim-{claim}-remark", _("不能超过 %(limit)s 个字", limit=limit))])
    found = VerdictView(claim=claim, verdict=verdict, remark=remark)
    before = verdicts.own(db, row.id).get(claim, VerdictView(claim, None, ""))
    if (before.verdict, before.remark) == (found.verdict, found.remark):
        return found
    last = db.scalar(
        select(func.max(ClaimVerdict.ordinal)).where(
            ClaimVerdict.assignment_id == row.id, ClaimVerdict.claim == claim
        )
    )
    db.add(
        ClaimVerdict(
            id=new_id(),
            assignment_id=row.id,
            round_id=row.round_id,
            juror_id=row.juror_id,
            claim=claim,
            ordinal=(last or 0) + 1,
            verdict=verdict.value if verdict is not None else "",
            remark=remark,
            given_at=now,
        )
    )
    db.flush()
    return found
