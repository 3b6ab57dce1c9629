"""The public notice of a call: what was announced, until when it can be objected to, what became of it."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from foundation.errors import NotFound
from foundation.forms import read_form
from foundation.text import _
from foundation.web import Rq, disposition, get, post
from judging import queries, service
from judging.forms import ObjectionForm
from judging.views import NoticeLineView, NoticeView
from submissions import queries as submissions
from submissions.pages.uploading import stored
from submissions.rules.files import accepted_endings
from submissions.service import NewFile

OBJECTIONS = "/objections/"


def routes() -> list[Route]:
    return [
        get("/calls/{slug}/notice", page),
        post("/calls/{slug}/notice", object_to, again=page, prepare=store_evidence),
        get("/calls/{slug}/notice/{notice_id}.json", frozen),
    ]


def page(rq: Rq) -> Response:
    """The notices of a call, the latest first; while one runs, the form to object by name."""
    call = submissions.call_by_slug(rq.db, rq.path("slug"))
    notices = queries.notices(rq.db, call.id)
    running = [notice for notice in notices if notice.takes_objections(rq.now)]
    return rq.render(
        "judging/notice.html",
        call=call,
        notices=[(notice, _by_prize(notice.lines)) for notice in notices],
        running=running,
        choices=[
            (line.id, f"{line.prize_name} · {line.title} · {line.unit_name}")
            for notice in running
            for line in notice.standing
        ],
        email=queries.email_of(rq.db, rq.actor),
        accept=accepted_endings(service.EVIDENCE),
        evidence=service.EVIDENCE,
        mine=[each for each in queries.own_objections(rq.db, rq.actor) if each.call_id == call.id],
    )


def _by_prize(lines: tuple[NoticeLineView, ...]) -> list[tuple[str, list[NoticeLineView]]]:
    """Lines under the names of their prizes, the highest first."""
    found: dict[str, list[NoticeLineView]] = {}
    for line in lines:
        found.setdefault(line.prize_name, []).append(line)
    return list(found.items())


def _notice_of(rq: Rq, line_id: str) -> NoticeView:
    """The notice that announces this case; the latest where nothing was chosen: the service says so."""
    call = submissions.call_by_slug(rq.db, rq.path("slug"))
    notices = queries.notices(rq.db, call.id)
    if not notices:
        raise NotFound
    chosen = [each for each in notices if any(line.id == line_id for line in each.lines)]
    return (chosen or notices)[0]


def store_evidence(rq: Rq) -> list[NewFile]:
    """Keep the files, once it is clear that an objection is taken at all."""
    notice = _notice_of(rq, rq.field("line_id"))
    service.permit_objection(rq.db, actor=rq.actor, now=rq.now, notice_id=notice.id, email=rq.field("email"))
    return evidence(rq)


def evidence(rq: Rq) -> list[NewFile]:
    """The uploaded files, stored."""
    sent = [each for each in rq.uploads("files") if each.size]
    service.check_number(len(sent))
    return [stored(rq.files, each, service.EVIDENCE) for each in sent]


def object_to(rq: Rq) -> Response:
    form = read_form(ObjectionForm, rq.form)
    notice = _notice_of(rq, form.line_id)
    made = service.raise_objection(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        notice_id=notice.id,
        line_id=form.line_id,
        sender=service.Sender(form.name, form.email, form.workplace, form.phone),
        matter=form.matter,
        files=rq.prepared,
        address=rq.absolute(OBJECTIONS),
    )
    if rq.actor.signed_in:
        return rq.redirect(OBJECTIONS + made.id, _("异议已受理，编号 %(number)s。", number=made.number))
    return rq.render(
        "judging/objection_sent.html", number=made.number, email=made.email, slug=rq.path("slug")
    )


def frozen(rq: Rq) -> Response:
    """The list as it was frozen: the SHA-256 of these bytes is the digest that the page shows."""
    call = submissions.call_by_slug(rq.db, rq.path("slug"))
    notice = queries.notice(rq.db, rq.path("notice_id"))
    if notice.call_id != call.id:
        raise NotFound
    headers = {"Content-Disposition": disposition(f"{call.slug}-notice.json")}
    content = queries.frozen(call.id, notice.lines)
    return Response(content, media_type="application/json", headers=headers)
