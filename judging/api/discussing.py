"""Discussions: opened and closed by the organiser, read and spoken in by jurors."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from pydantic import BaseModel, Field

from foundation.api import Operation
from foundation.errors import Refused
from foundation.text import _
from foundation.web import Rq
from judging import queries, service
from judging.forms import ReasonForm, SayForm
from judging.views import RoundView, Voice
from submissions import queries as submissions
from submissions.rules.criteria import plain

TAG = "judging"


class DiscussionReply(BaseModel):
    """The state of a call's discussion; `ordinal` 0: none was opened."""

    ordinal: int
    open: bool
    opened_at: datetime | None
    closed_at: datetime | None


class VoiceReply(BaseModel):
    """One juror of the case by his number in it; marks as given alone and as they count now."""

    number: int
    mine: bool
    before: dict[str, str]
    after: dict[str, str]
    to_jury: str


class RemarkReply(BaseModel):
    """A remark in the thread of a case."""

    number: int
    mine: bool
    words: str
    said_at: datetime


class TalkReply(BaseModel):
    """The discussion of a case that I have handed in."""

    label: str
    title: str
    open: bool
    voices: list[VoiceReply]
    remarks: list[RemarkReply] = Field(description="in the order in which they were said")


def operations() -> list[Operation]:
    """The operations of discussions."""
    return [
        Operation(
            "POST",
            "/calls/{slug}/judging/discussion/open",
            open_it,
            "Open a discussion (organiser); a reason where scorecards are missing",
            TAG,
            DiscussionReply,
            body=ReasonForm,
        ),
        Operation(
            "POST",
            "/calls/{slug}/judging/discussion/close",
            close_it,
            "Close the discussion (organiser)",
            TAG,
            DiscussionReply,
        ),
        Operation(
            "GET",
            "/judging/reads/{read_id}/discussion",
            talk,
            "The others' marks of a case that I have handed in, by number",
            TAG,
            TalkReply,
        ),
        Operation(
            "POST",
            "/judging/reads/{read_id}/discussion",
            say,
            "Write in the discussion of a case",
            TAG,
            TalkReply,
            body=SayForm,
        ),
    ]


def _organised(rq: Rq) -> RoundView:
    call = submissions.call_by_slug(rq.db, rq.path("slug"))
    view = queries.organised(rq.db, rq.actor, call)
    if view is None:
        raise Refused(_("这次征集活动还没有开始评审。"))
    return view


def open_it(rq: Rq, body: ReasonForm) -> DiscussionReply:
    view = _organised(rq)
    service.open_discussion(rq.db, actor=rq.actor, now=rq.now, round_id=view.id, reason=body.reason)
    return _state(rq, view)


def close_it(rq: Rq, _body: None) -> DiscussionReply:
    view = _organised(rq)
    service.close_discussion(rq.db, actor=rq.actor, now=rq.now, round_id=view.id)
    return _state(rq, view)


def _state(rq: Rq, view: RoundView) -> DiscussionReply:
    found = queries.discussion(rq.db, view.id)
    if found is None:
        return DiscussionReply(ordinal=0, open=False, opened_at=None, closed_at=None)
    return DiscussionReply(
        ordinal=found.ordinal, open=found.open, opened_at=found.opened_at, closed_at=found.closed_at
    )


def talk(rq: Rq, _body: None) -> TalkReply:
    desk = queries.my_talk(rq.db, rq.signed_in(), rq.path("read_id"))
    return TalkReply(
        label=desk.talk.label,
        title=desk.talk.title,
        open=desk.discussion.open,
        voices=[_voice(each) for each in desk.talk.voices],
        remarks=[
            RemarkReply(number=each.number, mine=each.mine, words=each.words, said_at=each.said_at)
            for each in desk.talk.said
        ],
    )


def _voice(voice: Voice) -> VoiceReply:
    return VoiceReply(
        number=voice.number,
        mine=voice.mine,
        before=_written(voice.before),
        after=_written(voice.after),
        to_jury=voice.to_jury,
    )


def _written(marks: Mapping[str, Decimal]) -> dict[str, str]:
    return {key: plain(value) for key, value in sorted(marks.items())}


def say(rq: Rq, body: SayForm) -> TalkReply:
    service.say(rq.db, actor=rq.signed_in(), now=rq.now, assignment_id=rq.path("read_id"), words=body.words)
    return talk(rq, None)
