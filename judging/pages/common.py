"""What the organiser's judging pages share: who may be here, the round, the strip of tabs."""

from __future__ import annotations

from dataclasses import dataclass

from foundation.actor import Actor
from foundation.errors import NotFound
from foundation.text import Text, _
from foundation.web import Rq
from judging import queries
from judging.views import RoundView
from submissions import queries as submissions
from submissions.values import CallView

STAGES: tuple[tuple[Text, tuple[tuple[str, Text], ...]], ...] = (
    (
        _("准备"),
        (
            ("/identity", _("匿名核对")),
            ("/jury", _("评委")),
            ("/conflicts", _("回避")),
            ("/calibration", _("校准案例")),
            ("/assignment", _("分配")),
        ),
    ),
    (
        _("评分"),
        (
            ("", _("进度")),
            ("/discussion", _("评议")),
            ("/rounds", _("轮次")),
        ),
    ),
    (
        _("评定"),
        (
            ("/standings", _("排名")),
            ("/reliability", _("校准与信度")),
            ("/meeting", _("评审会议")),
            ("/live", _("现场评审")),
            ("/prizes", _("奖项")),
        ),
    ),
    (
        _("公示授奖"),
        (
            ("/notice", _("公示")),
            ("/honours", _("授奖与反馈")),
        ),
    ),
)
"""The organiser's pages in the order in which he needs them, by the stage of the work."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage in the strip: it leads to its first page; `pages` are (address, name, is it this one)."""

    name: Text
    pages: tuple[tuple[str, Text, bool], ...]

    @property
    def url(self) -> str:
        return self.pages[0][0]

    @property
    def current(self) -> bool:
        return any(here for _url, _name, here in self.pages)


def home(call: CallView) -> str:
    """Where the judging of a call is run."""
    return f"/organise/calls/{call.id}/judging"


def organiser_call(rq: Rq) -> tuple[Actor, CallView, RoundView | None]:
    """The call in the address and its round, for somebody who may run it.

    Raises:
        NotSignedIn, NotFound, Forbidden
    """
    actor = rq.signed_in()
    call = submissions.call(rq.db, rq.path("call_id"))
    return actor, call, queries.organised(rq.db, actor, call)


def organiser_round(rq: Rq) -> tuple[Actor, RoundView]:
    """The same, where judging must have been opened.

    Raises:
        NotSignedIn, NotFound, Forbidden
    """
    actor, _call, view = organiser_call(rq)
    if view is None:
        raise NotFound
    return actor, view


def tabs(view: RoundView, current: str) -> list[Stage]:
    """For `parts.strip`; what the call's rules do not have is left out."""
    judging = view.call.rules.judging
    absent = {"/identity": not judging.blind, "/discussion": not judging.discussion}
    base = home(view.call)
    return [
        Stage(
            name,
            tuple(
                (base + path, label, path == current) for path, label in pages if not absent.get(path, False)
            ),
        )
        for name, pages in STAGES
    ]


def category_names(call: CallView) -> dict[str, str]:
    return {each.key: each.name for each in call.rules.categories}
