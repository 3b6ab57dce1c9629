"""Opening a working copy for writing: permitted, locked, and only while it can be written in."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.errors import NotFound, Refused
from foundation.permission import require
from foundation.text import _
from submissions import policy, queries
from submissions.errors import WindowClosed
from submissions.models import Draft
from submissions.rules.lifecycle import Deed, after, can_edit, why_impossible
from submissions.service.loading import Loaded, load_case, lock_case, window_of


def permit_edit(db: Session, actor: Actor, loaded: Loaded) -> None:
    """Only those who may write in this case go on.

    Raises:
        Forbidden
    """
    invited = queries.is_invited(db, loaded.row.id, actor)
    require(policy.may_edit(actor, unit_id=loaded.row.unit_id, invited=invited))


def open_draft(db: Session, actor: Actor, now: datetime, case_id: str) -> tuple[Loaded, Draft]:
    """The working copy, permitted and locked for writing.

    Raises:
        NotFound, Forbidden
        Refused: the case cannot be written in now.
    """
    loaded = load_case(db, case_id)
    permit_edit(db, actor, loaded)
    loaded = lock_case(db, loaded)
    if not can_edit(loaded.status, window_of(db, loaded, now)):
        if after(Deed.EDIT, loaded.status) is None:
            raise Refused(why_impossible(loaded.status))
        raise WindowClosed(_("征集已截止，已提交的案例不能再修改。"))
    draft = db.scalar(select(Draft).where(Draft.case_id == case_id).execution_options(populate_existing=True))
    if draft is None:
        raise NotFound
    return loaded, draft
