"""Passages of cases in a section: found, quoted, dropped, confirmed."""

from __future__ import annotations

from functools import partial

from starlette.responses import Response
from starlette.routing import BaseRoute

from casebook.reports import service
from casebook.reports.forms import QuotationForm
from casebook.reports.pages.access import report
from casebook.reports.pages.writing import section_page
from casebook.reports.ports import Shelf
from foundation.forms import read_form
from foundation.text import Text, _
from foundation.web import Rq, post, with_query


def routes(shelf: Shelf) -> list[BaseRoute]:
    base = "/reports/{id}/sections/{section}/quotations"
    again = partial(section_page, shelf=shelf)
    return [
        post(base, lambda rq: _add(rq, shelf), again=again),
        post(base + "/{quotation}/drop", _drop, again=again),
        post(base + "/{quotation}/confirm", lambda rq: _confirm(rq, shelf), again=again),
    ]


def _add(rq: Rq, shelf: Shelf) -> Response:
    form = read_form(QuotationForm, rq.form)
    view = report(rq)
    service.add_quotation(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        report_id=view.id,
        section_id=rq.path("section"),
        case_id=form.case,
        text=form.text,
        shelf=shelf,
    )
    return _back(rq, _("引文已加入这一节。"))


def _drop(rq: Rq) -> Response:
    service.drop_quotation(
        rq.db, actor=rq.actor, now=rq.now, report_id=report(rq).id, quotation_id=rq.path("quotation")
    )
    return _back(rq, _("引文已删除。"))


def _confirm(rq: Rq, shelf: Shelf) -> Response:
    service.confirm_quotation(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        report_id=report(rq).id,
        quotation_id=rq.path("quotation"),
        shelf=shelf,
    )
    return _back(rq, _("已确认保留这段引文。"))


def _back(rq: Rq, done: Text) -> Response:
    url = f"/reports/{rq.path('id')}/sections/{rq.path('section')}/edit"
    return rq.redirect(with_query(url, q=rq.query("q")) + "#quotations", done)
