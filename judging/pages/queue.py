"""The juror's pages before a case is opened: invitations and the queue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from starlette.responses import Response
from starlette.routing import Route

from foundation.errors import FieldError, Invalid
from foundation.forms import read_form
from foundation.text import _, n_
from foundation.web import Rq, get, post, with_query
from judging import queries, rules, service
from judging.forms import AnswerForm
from judging.queries.calibrations import calibration
from judging.queries.links import seen_digest, statements
from judging.statistics.standing import rounded
from judging.values import InvitationState
from judging.views import ReadView, RoundView

SHOWS = ("todo", "part", "ready", "handed_in", "recused", "skipped", "flagged")
QUEUE_COOKIE = "queue"


def routes() -> list[Route]:
    return [
        get("/judging", invitations),
        get("/judging/rounds/{round_id}", queue),
        post("/judging/rounds/{round_id}/answer", answer, again=invitations),
        post("/judging/rounds/{round_id}/hand-in", hand_in, again=queue),
    ]


@dataclass(frozen=True, slots=True)
class Filter:
    """What of the queue is shown; kept in every address and remembered in the browser."""

    show: str = ""
    category: str = ""

    def picks(self, line: ReadView) -> bool:
        if self.category and line.category_key != self.category:
            return False
        if self.show == "skipped":
            return line.skipped
        if self.show == "flagged":
            return bool(line.flag)
        return not self.show or line.status == self.show

    def address(self, path: str) -> str:
        """The path with the filter in it."""
        return with_query(path, show=self.show, category=self.category)


def asked_filter(rq: Rq) -> Filter:
    """The filter in the address."""
    show = rq.query("show")
    return Filter(show if show in SHOWS else "", rq.query("category")[:40])


def invitations(rq: Rq) -> Response:
    actor = rq.signed_in()
    found = queries.invitations(rq.db, actor)
    return rq.render(
        "judging/invitations.html",
        waiting=[each for each in found if each.seat.state is InvitationState.INVITED],
        accepted=[each for each in found if each.seat.state is InvitationState.ACCEPTED],
        meetings=queries.open_meetings(rq.db, [each.round.id for each in found]),
        statements=statements(rq.db, [each.round.id for each in found]),
        seen_digest=seen_digest,
        answered=rq.path("round_id") if rq.problem else "",
    )


def answer(rq: Rq) -> Response:
    actor = rq.signed_in()
    form = read_form(AnswerForm, rq.form)
    if form.answer not in ("accept", "decline"):
        raise Invalid([FieldError("answer", _("请选择接受或谢绝。"))])
    service.respond_to_invitation(
        rq.db,
        actor=actor,
        now=rq.now,
        round_id=rq.path("round_id"),
        accept=form.answer == "accept",
        pledge=form.pledge,
        reason=form.reason,
        seen=form.seen,
    )
    if form.answer == "accept":
        return rq.redirect(
            f"/judging/rounds/{rq.path('round_id')}", _("谢谢您接受邀请。分配案例后即可开始评分。")
        )
    return rq.redirect("/judging", _("已谢绝邀请，组织单位会看到您的说明。"))


def queue(rq: Rq) -> Response:
    """The juror's cases with their states; the filter of the last visit comes back by itself."""
    actor = rq.signed_in()
    view, lines = queries.queue(rq.db, actor, rq.path("round_id"))
    chosen = _filter_of_visit(rq)
    return rq.render(
        "judging/queue.html",
        round=view,
        lines=[line for line in lines if chosen.picks(line)],
        whole=lines,
        counts=counts(lines),
        filter=chosen,
        start=starting_point(lines),
        rounded=rounded,
        refusal=rules.round_refusal(view.state, view.closes_at, rq.now),
        discussion=queries.discussion(rq.db, view.id),
        calibration=calibration(rq.db, view, rq.now),
    )


def _filter_of_visit(rq: Rq) -> Filter:
    if rq.request.url.query or rq.problem:
        chosen = asked_filter(rq)
        rq.set_cookie(QUEUE_COOKIE, urlencode({"show": chosen.show, "category": chosen.category}))
        return chosen
    kept = dict(parse_qsl(rq.request.cookies.get(QUEUE_COOKIE, "")))
    show = kept.get("show", "")
    return Filter(show if show in SHOWS else "", kept.get("category", "")[:40])


def counts(lines: Sequence[ReadView]) -> dict[str, int]:
    """How many cases each filter shows."""
    found = {show: sum(1 for line in lines if Filter(show).picks(line)) for show in SHOWS}
    found["assigned"] = len(lines) - found["recused"]
    return found


def starting_point(lines: Sequence[ReadView]) -> ReadView | None:
    """Where to go on: a begun case, then one not begun, skipped ones last."""
    open_lines = [line for line in lines if line.status in ("part", "todo")]
    return min(open_lines, key=lambda line: (line.skipped, line.status != "part", line.label), default=None)


def hand_in(rq: Rq) -> Response:
    actor = rq.signed_in()
    handed, left = service.hand_in_all(rq.db, actor=actor, now=rq.now, round_id=rq.path("round_id"))
    here = f"/judging/rounds/{rq.path('round_id')}"
    if left:
        return rq.redirect(
            here, _("已提交 %(handed)s 份评分表，还有 %(left)s 份没有完成。", handed=handed, left=left)
        )
    return rq.redirect(here, n_("已提交 %(n)s 份评分表。", "已提交 %(n)s 份评分表。", handed))


def round_address(view: RoundView) -> str:
    return f"/judging/rounds/{view.id}"
