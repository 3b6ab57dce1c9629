"""Mails of this room: to the people of a unit, and back to the editor who asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from casebook.editing.models import UnitLetter
from casebook.editing.values import LetterKind
from foundation import mail, people
from foundation.actor import Role
from foundation.display import date_of
from foundation.people import User
from foundation.text import _


def readers(db: Session, unit_id: str) -> Sequence[User]:
    """Who of the unit may answer."""
    return [each for each in people.users_with(db, Role.SUBMITTER) if each.unit_id == unit_id]


def tell_unit(db: Session, now: datetime, letter: UnitLetter, title: str, address: str) -> None:
    if letter.kind == LetterKind.QUESTIONS.value:
        subject = _("编辑向贵单位询问：%(title)s", title=title)
    else:
        subject = _("请贵单位确认书稿：%(title)s", title=title)
    for user in readers(db, letter.unit_id):
        values = {"name": user.name, "title": title, "due": date_of(letter.due_on), "address": address}
        if letter.kind == LetterKind.QUESTIONS.value:
            body = _(
                "%(name)s：\n\n贵单位的案例《%(title)s》正在编入案例选编，编辑有几个问题请您答复。"
                "请于 %(due)s 前登录系统答复，可以同时提出改写的文字：\n%(address)s",
                **values,
            )
        else:
            body = _(
                "%(name)s：\n\n贵单位的案例《%(title)s》已经编好，付印前请贵单位确认文字。"
                "请于 %(due)s 前登录系统，对照原文看过后选择同意或提出意见：\n%(address)s",
                **values,
            )
        mail.queue(db, now=now, to=user.email, subject=subject, body=body, reader=user)


def remind_unit(db: Session, now: datetime, letter: UnitLetter, title: str, address: str) -> None:
    for user in readers(db, letter.unit_id):
        mail.queue(
            db,
            now=now,
            to=user.email,
            subject=_("提醒：编辑在等贵单位的答复：%(title)s", title=title),
            body=_(
                "%(name)s：\n\n关于案例《%(title)s》的书稿，编辑还在等贵单位的答复，期限是 %(due)s。"
                "请登录系统答复：\n%(address)s",
                name=user.name,
                title=title,
                due=date_of(letter.due_on),
                address=address,
            ),
            reader=user,
        )


def tell_editor(db: Session, now: datetime, letter: UnitLetter, address: str) -> None:
    """The unit has answered."""
    editor = people.user(db, letter.sent_by)
    mail.queue(
        db,
        now=now,
        to=editor.email,
        subject=_("单位已答复：%(unit)s", unit=people.unit(db, letter.unit_id).name),
        body=_(
            "%(name)s：\n\n%(unit)s 的 %(answerer)s 已经答复您关于书稿的询问：\n%(address)s",
            name=editor.name,
            unit=people.unit(db, letter.unit_id).name,
            answerer=letter.answerer_name,
            address=address,
        ),
        reader=editor,
    )
