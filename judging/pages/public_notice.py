"""The public notice of a call: what was announced, until when it can be objected to, what became of it."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from foundation.errors import NotFound
from foundation.web import Rq, disposition, get
from judging import queries
from judging.views import NoticeLineView
from submissions import queries as submissions


def routes() -> list[Route]:
    return [
        get("/calls/{slug}/notice", page),
        get("/calls/{slug}/notice/{notice_id}.json", frozen),
    ]


def page(rq: Rq) -> Response:
    """The notices of a call, the latest first; a hint where there is none yet."""
    call = submissions.call_by_slug(rq.db, rq.path("slug"))
    notices = queries.notices(rq.db, call.id)
    return rq.render(
        "judging/notice.html",
        call=call,
        notices=[(notice, _by_prize(notice.lines)) for notice in notices],
        open=any(notice.takes_objections(rq.now) for notice in notices),
    )


def _by_prize(lines: tuple[NoticeLineView, ...]) -> list[tuple[str, list[NoticeLineView]]]:
    """Lines under the names of their prizes, the highest first."""
    found: dict[str, list[NoticeLineView]] = {}
    for line in lines:
        found.setdefault(line.prize_name, []).append(line)
    return list(found.items())


def frozen(rq: Rq) -> Response:
    """The list as it was frozen: the SHA-256 of these bytes is the digest that the page shows."""
    call = submissions.call_by_slug(rq.db, rq.path("slug"))
    notice = queries.notice(rq.db, rq.path("notice_id"))
    if notice.call_id != call.id:
        raise NotFound
    headers = {"Content-Disposition": disposition(f"{call.slug}-notice.json")}
    content = queries.frozen(call.id, notice.lines)
    return Response(content, media_type="application/json", headers=headers)
