"""What the organiser's judging pages share: who may be here, the round, the strip of tabs."""

from __future__ import annotations

from foundation.actor import Actor
from foundation.errors import NotFound
from foundation.text import Text, _
from foundation.web import Rq
from judging import queries
from judging.views import RoundView
from submissions import queries as submissions
from submissions.values import CallView

TABS: tuple[tuple[str, Text], ...] = (
    ("", _("概况")),
    ("/identity", _("匿名核对")),
    ("/jury", _("评委")),
    ("/conflicts", _("回避")),
    ("/assignment", _("分配")),
    ("/calibration", _("校准案例")),
    ("/discussion", _("评议")),
    ("/rounds", _("轮次")),
    ("/standings", _("排名")),
    ("/reliability", _("校准与信度")),
    ("/meeting", _("评审会议")),
    ("/prizes", _("奖项")),
    ("/notice", _("公示")),
    ("/live", _("现场评审")),
    ("/honours", _("授奖与反馈")),
)


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


def tabs(view: RoundView, current: str) -> list[tuple[str, Text, bool]]:
    """For `ui.tabs`; what the call's rules do not have is left out."""
    judging = view.call.rules.judging
    absent = {"/identity": not judging.blind, "/discussion": not judging.discussion}
    return [
        (home(view.call) + path, label, path == current)
        for path, label in TABS
        if not absent.get(path, False)
    ]


def category_names(call: CallView) -> dict[str, str]:
    return {each.key: each.name for each in call.rules.categories}
