"""After the class: the trainer's report, and the participants' three answers."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.errors import FieldError, Invalid, NotFound, Refused
from foundation.ids import new_id
from foundation.journal import record
from foundation.permission import require
from foundation.text import _
from foundation.visibility import as_system
from search.teaching.packs import policy, queries
from search.teaching.packs.events import PackUsed
from search.teaching.packs.models import PackUse, PackUseCase, UseAnswer
from search.teaching.packs.values import Answer, PackView, Report

WORDS_HIGHEST = 2_000
PEOPLE_HIGHEST = 100_000
ANSWERS_HIGHEST = 2_000
"""Answers to one class; beyond that somebody is playing."""
_AHEAD = timedelta(days=1)


def report_use(db: Session, *, actor: Actor, now: datetime, view: PackView, report: Report, ask: bool) -> str:
    """Report a class held with a pack that the actor may see; returns its id. With `ask` participants get an
    address for three questions.

    Raises:
        Forbidden, Invalid
    """
    require(policy.may_teach(actor))
    _check(report, now)
    use = PackUse(
        id=new_id(),
        pack_id=view.id,
        revision=view.shown_revision,
        user_id=actor.user_id,
        user_name=actor.name,
        used_on=report.used_on,
        with_whom=report.with_whom,
        people=report.people,
        worked=report.worked,
        change=report.change,
        again=report.again.value,
        shown=report.shown,
        answer_key=secrets.token_urlsafe(12) if ask else None,
        recorded_at=now,
    )
    db.add(use)
    db.flush()
    case_ids = tuple(dict.fromkeys(view.content.case_ids))
    db.add_all(PackUseCase(use_id=use.id, case_id=case_id) for case_id in case_ids)
    db.flush()
    record(db, actor=actor, now=now, event=PackUsed(pack_id=view.id, use_id=use.id, case_ids=case_ids))
    return use.id


def answer_use(db: Session, *, now: datetime, key: str, browser: str, answer: Answer) -> None:
    """A participant's answers, once a browser.

    Raises:
        NotFound, Invalid
        Refused: this browser has answered, or too many have.
    """
    use = queries.use_by_key(db, key)
    if not answer.gained and not answer.unclear:
        raise Invalid([FieldError("gained", _("请至少写一句：有什么收获，或者哪里还没弄明白。"))])
    _short("gained", answer.gained)
    _short("unclear", answer.unclear)
    mark = hashlib.sha256(f"{use.id} {browser}".encode()).hexdigest()
    with as_system(db):
        rows = select(func.count()).select_from(UseAnswer).where(UseAnswer.use_id == use.id)
        if db.scalar(rows.where(UseAnswer.browser == mark)):
            raise Refused(_("这个浏览器已经提交过，谢谢。"))
        if (db.scalar(rows) or 0) >= ANSWERS_HIGHEST:
            raise Refused(_("这次课收到的回答已满，谢谢。"))
        db.add(
            UseAnswer(
                use_id=use.id,
                browser=mark,
                gained=answer.gained,
                unclear=answer.unclear,
                helpful=answer.helpful,
                answered_at=now,
            )
        )
        db.flush()


def hide_use(db: Session, *, actor: Actor, now: datetime, use_id: str) -> None:
    """Take back the consent that others read one's report.

    Raises:
        NotFound: also of somebody else's report.
    """
    row = db.scalar(select(PackUse).where(PackUse.id == use_id))
    if row is None or row.user_id != actor.user_id:
        raise NotFound
    row.shown = False
    db.flush()


def _check(report: Report, now: datetime) -> None:
    errors = []
    if report.used_on > (now + _AHEAD).date():
        errors.append(FieldError("used_on", _("上课日期不能在将来；请在课后填写。")))
    if not report.with_whom:
        errors.append(FieldError("with_whom", _("请写明给谁上的课，例如“第三期支部书记培训班”。")))
    if not 1 <= report.people <= PEOPLE_HIGHEST:
        errors.append(FieldError("people", _("请填写参加人数，至少 1 人。")))
    for name, words in (("worked", report.worked), ("change", report.change)):
        if len(words) > WORDS_HIGHEST:
            errors.append(FieldError(name, _("不能超过 %(limit)s 个字", limit=WORDS_HIGHEST)))
    if len(report.with_whom) > 200:
        errors.append(FieldError("with_whom", _("不能超过 %(limit)s 个字", limit=200)))
    if errors:
        raise Invalid(errors)


def _short(name: str, words: str) -> None:
    if len(words) > WORDS_HIGHEST:
        raise Invalid([FieldError(name, _("不能超过 %(limit)s 个字", limit=WORDS_HIGHEST))])
