"""Letters to jurors who have something left to do: looked at first, then sent to the chosen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation import mail, people
from foundation.actor import Actor
from foundation.display import moment_in_zone
from foundation.errors import FieldError, Invalid, Refused
from foundation.journal import record
from foundation.text import Text, _
from judging.events import JurorsReminded
from judging.models import PanelMember
from judging.queries.organisers import progress
from judging.service.loading import open_round
from judging.views import ReminderLetter, RoundView

LONGEST_NOTE = 1000


def reminders(
    db: Session, actor: Actor, view: RoundView, user_ids: Sequence[str], *, note: str = "", address: str = ""
) -> list[ReminderLetter]:
    """The letters to these jurors, the unfinished among them only.

    Args:
        note: what the organiser adds in his own words.
        address: where the juror goes on.

    Raises:
        Forbidden
        Invalid: the note is too long.
    """
    if len(note) > LONGEST_NOTE:
        raise Invalid([FieldError("note", _("不能超过 %(limit)s 个字", limit=LONGEST_NOTE))])
    left = {each.key: each.unfinished for each in progress(db, actor, view).jurors if each.unfinished}
    found = []
    for user_id in dict.fromkeys(user_ids):
        if user_id in left:
            user = people.user(db, user_id)
            found.append(
                ReminderLetter(
                    user_id=user_id,
                    name=user.name,
                    email=user.email,
                    left=left[user_id],
                    subject=_("请完成评审：%(call)s", call=view.call.title),
                    body=_letter(view, user.name, left[user_id], note.strip(), address),
                )
            )
    return found


def remind(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    round_id: str,
    user_ids: Sequence[str],
    note: str = "",
    address: str = "",
) -> int:
    """Write to these jurors, the unfinished among them only; returns how many letters were queued.

    Raises:
        NotFound, Forbidden, ScoringOver, Invalid
        Refused: nobody of them has anything left to do.
    """
    _row, view = open_round(db, actor, round_id)
    letters = reminders(db, actor, view, user_ids, note=note, address=address)
    if not letters:
        raise Refused(_("所选评委都已提交全部评分表，不需要提醒。"))
    written = tuple(each.user_id for each in letters)
    for each in letters:
        mail.queue(db, now=now, to=each.email, subject=each.subject, body=each.body)
    for member in db.scalars(
        select(PanelMember).where(PanelMember.round_id == round_id, PanelMember.user_id.in_(written))
    ):
        member.reminded_at = now
    record(db, actor=actor, now=now, event=JurorsReminded(round_id=round_id, user_ids=written))
    return len(letters)


def _letter(view: RoundView, name: str, left: int, note: str, address: str) -> Text:
    words = {"name": name, "call": view.call.title, "count": left}
    if view.closes_at is None:
        text = _(
            "%(name)s：\n\n您在《%(call)s》中还有 %(count)s 份评分表没有提交，请登录系统在“评审”页面完成。",
            **words,
        )
    else:
        text = _(
            "%(name)s：\n\n您在《%(call)s》中还有 %(count)s 份评分表没有提交，"
            "评分截止时间为 %(until)s，请登录系统在“评审”页面完成。",
            **words,
            until=moment_in_zone(view.closes_at, view.call.timezone),
        )
    if note:
        text = _("%(letter)s\n\n组织单位附言：%(note)s", letter=text, note=note)
    return _("%(letter)s\n\n%(link)s", letter=text, link=address) if address else text
