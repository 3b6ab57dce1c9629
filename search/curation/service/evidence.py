"""A unit releases evidence of its awarded case for the library, file by file, or takes it back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.errors import NotFound, Refused
from foundation.journal import record
from foundation.permission import require
from foundation.text import _
from foundation.visibility import as_system
from judging import queries as judging
from search.curation.events.evidence import EvidenceReleased, EvidenceWithdrawn
from search.curation.models.evidence import EvidenceWord
from search.curation.policy.wishing import may_release
from submissions import queries as submissions
from submissions.rules.releasing import evidence_of


def say_on_evidence(
    db: Session, *, actor: Actor, now: datetime, case_id: str, attachment_id: str, released: bool
) -> None:
    """From now on the library shows the file, or does not; the latest word counts, the same again is nothing.

    Raises:
        NotFound: also for a file that is no evidence of the awarded version.
        Forbidden
        Refused: the case has no award.
    """
    case = submissions.case(db, case_id)
    require(may_release(actor, case.unit_id))
    awards = judging.awards_of(db, [case_id])
    if not awards:
        raise Refused(_("这个案例没有有效的奖项，不在案例库里，不能公开证明材料。"))
    with as_system(db):
        version = submissions.version(db, awards[0].version_id)
    frozen = {each.id: each.released for each in evidence_of(version)}
    if attachment_id not in frozen:
        raise NotFound
    row = db.scalar(
        select(EvidenceWord)
        .where(EvidenceWord.case_id == case_id, EvidenceWord.attachment_id == attachment_id)
        .with_for_update()
    )
    if released == (frozen[attachment_id] if row is None else row.released):
        return
    if row is None:
        row = EvidenceWord(case_id=case_id, unit_id=case.unit_id, attachment_id=attachment_id)
        db.add(row)
    row.released, row.said_at, row.said_by = released, now, actor.user_id
    db.flush()
    event = EvidenceReleased if released else EvidenceWithdrawn
    record(db, actor=actor, now=now, event=event(case_id=case_id, attachment_id=attachment_id))
