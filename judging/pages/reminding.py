"""Reminding jurors: who is written to and in which words, before anything is sent."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from foundation.errors import Invalid
from foundation.forms import read_form
from foundation.text import n_
from foundation.web import Rq, get, post
from judging import queries, service
from judging.forms import RemindForm
from judging.pages.common import home, organiser_round, tabs
from judging.service.reminding import reminders
from judging.values import InvitationState

BASE = "/organise/calls/{call_id}/judging/remind"
DESK = "/judging"


def routes() -> list[Route]:
    return [get(BASE, page), post(BASE, remind, again=page)]


def page(rq: Rq) -> Response:
    """All who have something left, ticked or not, and the letter of each chosen."""
    actor, view = organiser_round(rq)
    progress = queries.progress(rq.db, actor, view)
    unfinished = [each for each in progress.jurors if each.unfinished]
    everybody = [each.key for each in unfinished]
    asked = rq.form.getlist("user_ids") if rq.form else rq.request.query_params.getlist("user_ids")
    chosen = [str(each) for each in asked] or ([] if rq.form else everybody)
    note = rq.field("note") if rq.form else rq.query("note")
    try:
        letters = reminders(rq.db, actor, view, chosen, note=note, address=rq.absolute(DESK))
    except Invalid:
        letters = reminders(rq.db, actor, view, chosen, address=rq.absolute(DESK))
    seats = {
        seat.user_id: seat
        for seat in queries.panel(rq.db, view.id)
        if seat.state in (InvitationState.INVITED, InvitationState.ACCEPTED)
    }
    return rq.render(
        "judging/remind.html",
        round=view,
        tabs=tabs(view, ""),
        unfinished=unfinished,
        seats=seats,
        chosen=set(chosen),
        letters=letters,
        note=note,
    )


def remind(rq: Rq) -> Response:
    actor, view = organiser_round(rq)
    form = read_form(RemindForm, rq.form)
    count = service.remind(
        rq.db,
        actor=actor,
        now=rq.now,
        round_id=view.id,
        user_ids=form.user_ids,
        note=form.note,
        address=rq.absolute(DESK),
    )
    return rq.redirect(
        home(view.call), n_("已向 %(n)s 位评委发出提醒邮件。", "已向 %(n)s 位评委发出提醒邮件。", count)
    )
