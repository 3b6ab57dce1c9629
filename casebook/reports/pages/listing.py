"""The list of reports, and the start of a new one."""

from __future__ import annotations

from dataclasses import dataclass, replace

from starlette.responses import Response
from starlette.routing import BaseRoute

from casebook.reports import queries, service
from casebook.reports.counted import count
from casebook.reports.forms import DefinitionForm, OpenForm
from casebook.reports.pages.access import permit, report
from casebook.reports.ports import Shelf
from casebook.reports.rules.drafting import draft
from casebook.reports.values import Definition, Facts, Scope, Section
from casebook.reports.wording import SCOPES
from foundation.forms import read_form
from foundation.ids import new_id
from foundation.text import _
from foundation.web import Rq, get, post


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a new set gives, read and drafted before the write transaction."""

    definition: Definition
    facts: Facts
    sections: tuple[Section, ...]


def routes(shelf: Shelf) -> list[BaseRoute]:
    return [
        get("/reports", _list),
        get("/reports/new", _new),
        post("/reports/new", _open, again=_new, prepare=lambda rq: prepared(rq, OpenForm, shelf)),
        get("/reports/{id}/set", _set),
        post(
            "/reports/{id}/set", _redefine, again=_set, prepare=lambda rq: prepared(rq, DefinitionForm, shelf)
        ),
        post("/reports/{id}/draft", _redraft, prepare=lambda rq: _drafted(rq, shelf)),
    ]


def _list(rq: Rq) -> Response:
    permit(rq)
    found = queries.reports(rq.db)
    return rq.render("casebook/reports.html", reports=found, scopes=SCOPES, titles=_titles(rq))


def _titles(rq: Rq) -> dict[str, str]:
    return {call.id: call.title for call, _decided in queries.calls_to_choose(rq.db, rq.actor)}


def _new(rq: Rq) -> Response:
    permit(rq)
    return _choosing(rq, None)


def _set(rq: Rq) -> Response:
    return _choosing(rq, report(rq))


def _choosing(rq: Rq, view: object) -> Response:
    return rq.render(
        "casebook/report_new.html",
        report=view,
        calls=queries.calls_to_choose(rq.db, rq.actor),
        scopes=SCOPES,
    )


def prepared(rq: Rq, model: type[DefinitionForm], shelf: Shelf) -> Prepared | None:
    """None where what was chosen cannot be read: the handler says why."""
    permit(rq)
    form = read_form(model, rq.form)
    definition = _picked(rq, form)
    found = count(rq.db, definition, shelf)
    return Prepared(definition, found.whole, draft(found.counted, new_id))


def _picked(rq: Rq, form: DefinitionForm) -> Definition:
    definition = form.definition()
    if definition.scope is not Scope.PICKED:
        return definition
    return replace(definition, case_ids=queries.picked(rq.db, form.ids(), form.numbers()))


def _open(rq: Rq) -> Response:
    form = read_form(OpenForm, rq.form)
    ready: Prepared = rq.prepared
    report_id = service.open_report(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        title=form.title,
        definition=ready.definition,
        facts=ready.facts,
        sections=ready.sections,
    )
    return rq.redirect(f"/reports/{report_id}/edit", _("报告已建立，草稿按现在的数据写好了，请逐节修改。"))


def _redefine(rq: Rq) -> Response:
    view = report(rq)
    ready: Prepared = rq.prepared
    service.redefine(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        report_id=view.id,
        definition=ready.definition,
        facts=ready.facts,
    )
    return rq.redirect(f"/reports/{view.id}", _("统计范围已更换，数字和图表随之更新，文字没有改动。"))


def _drafted(rq: Rq, shelf: Shelf) -> tuple[Section, ...]:
    view = report(rq)
    return draft(count(rq.db, view.definition, shelf).counted, new_id)


def _redraft(rq: Rq) -> Response:
    view = report(rq)
    changed = service.redraft(rq.db, actor=rq.actor, now=rq.now, report_id=view.id, sections=rq.prepared)
    done = _("草稿已按现在的数据重写，改动了 %(count)s 节；编辑过的节没有动。", count=changed)
    return rq.redirect(f"/reports/{view.id}/edit", done)
