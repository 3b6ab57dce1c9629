"""A unit's wish for its case in the library, and the answer."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation import mail, people
from foundation.actor import Actor
from foundation.audience import Audience
from foundation.errors import FieldError, Invalid, NotFound, Refused
from foundation.ids import new_id
from foundation.journal import record
from foundation.permission import require
from foundation.text import Text, _
from foundation.visibility import as_system
from judging import queries as judging
from search.curation.events.wishes import ShelfWishAnswered, ShelfWishMade
from search.curation.models.wishes import ShelfWish
from search.curation.policy.curating import may_curate
from search.curation.policy.wishing import may_wish
from search.curation.service.placements import place_cases, take_off
from search.curation.values.wishes import Wish
from submissions import queries as submissions


def wish_for_case(db: Session, *, actor: Actor, now: datetime, case_id: str, wish: Wish, reason: str) -> str:
    """Asks that a case be limited or taken off; whoever looks after the library decides. Returns its id."""
    case = submissions.case(db, case_id)
    require(may_wish(actor, case.unit_id))
    if not judging.awards_of(db, [case_id]):
        raise Refused(_("这个案例没有有效的奖项，不在案例库里，不需要提出意见。"))
    if not reason:
        raise Invalid([FieldError("reason", _("请写明原因，案例库的管理人员据此决定。"))])
    waiting = select(ShelfWish.id).where(ShelfWish.case_id == case_id, ShelfWish.answered_at.is_(None))
    if db.scalar(waiting) is not None:
        raise Refused(_("已经提出的意见还没有答复，请等答复后再提。"))
    row = ShelfWish(
        id=new_id(),
        case_id=case_id,
        unit_id=case.unit_id,
        wish=wish.value,
        reason=reason,
        made_at=now,
        made_by=actor.user_id,
    )
    db.add(row)
    db.flush()
    event = ShelfWishMade(case_id=case_id, wish=wish.value, reason=reason)
    record(db, actor=actor, now=now, event=event)
    return row.id


def answer_wish(
    db: Session, *, actor: Actor, now: datetime, wish_id: str, granted: bool, answer: str = ""
) -> None:
    """Grants a wish, which is done at once, or says why not. Whoever wished gets a letter."""
    require(may_curate(actor))
    row = db.get(ShelfWish, wish_id)
    if row is None:
        raise NotFound
    if row.answered_at is not None:
        raise Refused(_("这条意见已经答复过了。"))
    if not granted and not answer:
        raise Invalid([FieldError("answer", _("不同意时请写明理由，申报单位会收到。"))])
    wish = Wish(row.wish)
    if granted:
        _grant(db, actor, now, row.case_id, wish, row.reason)
    row.answered_at, row.answered_by, row.granted, row.answer = now, actor.user_id, granted, answer
    db.flush()
    event = ShelfWishAnswered(case_id=row.case_id, wish=row.wish, granted=granted, answer=answer)
    record(db, actor=actor, now=now, event=event)
    _tell(db, now, row)


def _grant(db: Session, actor: Actor, now: datetime, case_id: str, wish: Wish, reason: str) -> None:
    if wish is Wish.OFF:
        take_off(db, actor=actor, now=now, case_ids=[case_id], reason=reason)
        return
    audience = Audience.MEMBERS if wish is Wish.MEMBERS else Audience.TRAINERS
    place_cases(db, actor=actor, now=now, case_ids=[case_id], audience=audience, reason=reason)


def _tell(db: Session, now: datetime, row: ShelfWish) -> None:
    with as_system(db):
        reader = people.user(db, row.made_by)
        title = _title(db, row.case_id)
    mail.queue(
        db,
        now=now,
        to=reader.email,
        subject=_("案例入库意见的答复：%(title)s", title=title),
        body=_body(row, reader.name, title),
        reader=reader,
    )


def _title(db: Session, case_id: str) -> str:
    """The title under which the case has its award."""
    found = judging.awards_of(db, [case_id])
    return submissions.version(db, found[0].version_id).title if found else ""


def _body(row: ShelfWish, name: str, title: str) -> Text:
    if row.granted:
        return _(
            "%(name)s：\n\n贵单位对案例《%(title)s》提出的入库意见已经同意，案例库已照办。\n\n%(answer)s\n",
            name=name,
            title=title,
            answer=row.answer,
        )
    return _(
        "%(name)s：\n\n贵单位对案例《%(title)s》提出的入库意见没有采纳，理由如下：\n\n%(answer)s\n",
        name=name,
        title=title,
        answer=row.answer,
    )
