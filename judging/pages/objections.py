"""For who objected: how it goes on. For the unit: what it is asked. Files of both, for who may see them."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from foundation.forms import read_form
from foundation.text import _
from foundation.web import Rq, get, post
from judging import queries, service
from judging.forms import UnitStatementForm
from judging.pages.public_notice import OBJECTIONS, evidence
from judging.views import ObjectionView
from submissions import queries as submissions
from submissions.rules.files import accepted_endings
from submissions.service import NewFile


def routes() -> list[Route]:
    return [
        get(OBJECTIONS + "{objection_id}", own),
        get(OBJECTIONS + "link/{token}", by_link),
        post(OBJECTIONS + "link/{token}", confirm, again=by_link),
        get(OBJECTIONS + "statements/{statement_id}", statement),
        post(
            OBJECTIONS + "statements/{statement_id}",
            give_statement,
            again=statement,
            prepare=store_statement_files,
        ),
        get(OBJECTIONS + "files/{file_id}", file),
    ]


def own(rq: Rq) -> Response:
    """The objection of somebody with an account."""
    actor = rq.signed_in()
    found = queries.objection(rq.db, rq.path("objection_id"))
    if found.objector_id != actor.user_id:  # an organiser: on his own page
        return rq.redirect(f"/organise/calls/{found.call_id}/judging/notice/objections/{found.id}")
    return _shown(rq, found)


def by_link(rq: Rq) -> Response:
    """The same by the secret in a letter; first it asks to confirm."""
    return _shown(rq, queries.objection_by_token(rq.db, rq.path("token")))


def _shown(rq: Rq, found: ObjectionView) -> Response:
    call = submissions.call(rq.db, found.call_id)
    response = rq.render("judging/objection.html", objection=found, call=call, here=rq.here)
    response.headers["Cache-Control"] = "no-store"
    return response


def confirm(rq: Rq) -> Response:
    token = rq.path("token")
    made = service.confirm_objection(rq.db, now=rq.now, token=token, address=rq.absolute(OBJECTIONS))
    done = _("异议已受理，编号 %(number)s。", number=made.number)
    return rq.redirect(f"{OBJECTIONS}link/{token}", done)


def statement(rq: Rq) -> Response:
    """What the unit is asked, and its answer."""
    rq.signed_in()
    asked = queries.statement(rq.db, rq.path("statement_id"))
    return rq.render(
        "judging/statement.html",
        asked=asked,
        call=submissions.call(rq.db, asked.call_id),
        files=queries.files_of(rq.db, asked.objection_id),
        accept=accepted_endings(service.EVIDENCE),
        evidence=service.EVIDENCE,
    )


def store_statement_files(rq: Rq) -> list[NewFile]:
    rq.signed_in()
    queries.statement(rq.db, rq.path("statement_id"))
    return evidence(rq)


def give_statement(rq: Rq) -> Response:
    actor = rq.signed_in()
    statement_id = rq.path("statement_id")
    form = read_form(UnitStatementForm, rq.form)
    service.give_statement(
        rq.db,
        actor=actor,
        now=rq.now,
        statement_id=statement_id,
        words=form.words,
        files=rq.prepared,
    )
    return rq.redirect(f"{OBJECTIONS}statements/{statement_id}", _("说明已提交给组织单位。"))


def file(rq: Rq) -> Response:
    """A file of either side, as a download."""
    rq.signed_in()
    found = queries.file_of(rq.db, rq.path("file_id"))
    return rq.send_file(found.sha256, name=found.name, media_type=found.media_type, size=found.size)
