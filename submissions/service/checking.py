"""What stands between a working copy and handing it in: the one list that the task list, the check page, the
API and the submission itself go by."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from submissions import queries
from submissions.rules.texts import check_text
from submissions.rules.windows import local
from submissions.service.loading import Loaded
from submissions.values import DraftView, EarlierAwards, Finding


def findings(
    db: Session, loaded: Loaded, draft: DraftView, now: datetime, *, hints: bool = True
) -> tuple[Finding, ...]:
    """Everything to be put right or looked at in the working copy, each linked to its field.

    Without `hints` figures are looked for only where the call insists on their evidence: handing in asks
    for what blocks, and time is short in a rush.
    """
    call = loaded.call
    closes_at = queries.deadline(db, call, loaded.row.unit_id, draft.text.category_key)
    return check_text(
        draft.text,
        call.rules,
        word_count=draft.word_count,
        attachments=draft.attachments,
        claims=draft.claims if hints or call.rules.needs_evidence else None,
        today=local(now, call.timezone).date(),
        closes_on=local(closes_at, call.timezone).date(),
        earlier=_earlier(db, loaded, draft),
    )


def _earlier(db: Session, loaded: Loaded, draft: DraftView) -> tuple[str, ...]:
    if loaded.call.rules.eligibility.earlier_awards is EarlierAwards.ALLOWED:
        return ()
    return queries.earlier_awards(
        db,
        unit_id=loaded.row.unit_id,
        title=draft.text.title,
        body_html=draft.text.body_html,
        but_case=loaded.row.id,
    )
