"""The editor: sections in their order, each with its text; rounds and who wrote what."""

from __future__ import annotations

from functools import partial

from starlette.responses import Response
from starlette.routing import BaseRoute

from casebook.reports import queries, service
from casebook.reports.counted import count
from casebook.reports.drawing import grid
from casebook.reports.figures import Figure, shown
from casebook.reports.forms import SectionForm, TitleForm
from casebook.reports.pages.access import numbered, report
from casebook.reports.ports import Shelf
from casebook.reports.rules.counting import Counted
from casebook.reports.rules.tokens import FIGURE, NUMBER, Names, filled, written
from casebook.reports.values import Content, ReportView, Section
from casebook.reports.wording import FLAGS, ROUNDS
from foundation import richtext
from foundation.errors import NotFound
from foundation.forms import read_form
from foundation.text import _
from foundation.web import Rq, get, post


def routes(shelf: Shelf) -> list[BaseRoute]:
    base = "/reports/{id}/sections"
    desk, page = partial(_desk, shelf=shelf), partial(section_page, shelf=shelf)
    return [
        get("/reports/{id}/edit", desk),
        post("/reports/{id}/title", _retitle, again=desk),
        post("/reports/{id}/order", _order, again=desk),
        post(base, _add, again=desk),
        get(base + "/{section}/edit", page),
        post(base + "/{section}/edit", _write, again=page, prepare=partial(_names, shelf=shelf)),
        post(base + "/{section}/move", _move, again=desk),
        post(base + "/{section}/remove", _remove),
        get("/reports/{id}/rounds/{round}", lambda rq: _round(rq, shelf)),
        post("/reports/{id}/rounds/{round}/restore", _restore),
    ]


def _desk(rq: Rq, shelf: Shelf) -> Response:
    view = report(rq)
    return rq.render(
        "casebook/report_edit.html",
        report=view,
        flags=queries.checked_flags(rq.db, view.content, view.definition, shelf),
        rounds=queries.rounds(rq.db, view.id),
        kinds=ROUNDS,
        flag_names=FLAGS,
    )


def _retitle(rq: Rq) -> Response:
    form = read_form(TitleForm, rq.form)
    view = report(rq)
    service.retitle(
        rq.db, actor=rq.actor, now=rq.now, report_id=view.id, title=form.title, byline=form.byline
    )
    return rq.redirect(f"/reports/{view.id}/edit", _("标题和署名已保存。"))


def _order(rq: Rq) -> Response:
    view = report(rq)
    ids = [each for each in rq.field("order").partition(":")[2].split(",") if each]
    service.order_sections(rq.db, actor=rq.actor, now=rq.now, report_id=view.id, ids=ids)
    return rq.redirect(f"/reports/{view.id}/edit")


def _move(rq: Rq) -> Response:
    view = report(rq)
    step = -1 if rq.field("step") == "up" else 1
    service.move_section(
        rq.db, actor=rq.actor, now=rq.now, report_id=view.id, section_id=rq.path("section"), step=step
    )
    return rq.redirect(f"/reports/{view.id}/edit")


def _add(rq: Rq) -> Response:
    view = report(rq)
    section_id = service.add_section(
        rq.db, actor=rq.actor, now=rq.now, report_id=view.id, heading=rq.field("heading")
    )
    return rq.redirect(f"/reports/{view.id}/sections/{section_id}/edit")


def _remove(rq: Rq) -> Response:
    view = report(rq)
    service.remove_section(
        rq.db, actor=rq.actor, now=rq.now, report_id=view.id, section_id=rq.path("section")
    )
    return rq.redirect(f"/reports/{view.id}/edit", _("这一节已删除，需要时可以从历次稿里恢复。"))


def _restore(rq: Rq) -> Response:
    view = report(rq)
    service.restore_round(rq.db, actor=rq.actor, now=rq.now, report_id=view.id, ordinal=numbered(rq, "round"))
    return rq.redirect(f"/reports/{view.id}/edit", _("已恢复，恢复成为新的一稿。"))


# --- one section ------------------------------------------------------------------------------------------


def section_page(rq: Rq, shelf: Shelf) -> Response:
    view = report(rq)
    section = _section(rq, view)
    counted = count(rq.db, view.definition, shelf).counted
    words = rq.query("q")
    found = queries.find_passages(rq.db, view.definition, shelf, words) if words else []
    return rq.render(
        "casebook/report_section.html",
        report=view,
        section=section,
        sources=queries.sources(rq.db, view.content, shelf),
        flags=queries.checked_flags(rq.db, view.content, view.definition, shelf),
        flag_names=FLAGS,
        pieces=pieces(section, counted),
        grid=grid,
        numbers=[
            (written(NUMBER, each), each.name, shown(each.value, each.measure)) for each in counted.numbers
        ],
        figures=[(written(FIGURE, each), each.title) for each in counted.figures],
        words=words,
        found=found,
    )


def pieces(section: Section, counted: Counted) -> list[tuple[str, Figure | None]]:
    """The section as it will read: HTML with numbers in place, and figures between."""
    found: list[tuple[str, Figure | None]] = []
    for piece in filled(richtext.blocks(section.body), counted):
        if isinstance(piece, Figure):
            found.append(("", piece))
        else:
            found.append((richtext.html((piece,)), None))
    return found


def _section(rq: Rq, view: ReportView) -> Section:
    found = view.content.section(rq.path("section"))
    if found is None:
        raise NotFound
    return found


def _names(rq: Rq, shelf: Shelf) -> Names:
    return Names.of(count(rq.db, report(rq).definition, shelf).counted)


def _write(rq: Rq) -> Response:
    form = read_form(SectionForm, rq.form)
    view = report(rq)
    section_id = rq.path("section")
    service.write_section(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        report_id=view.id,
        section_id=section_id,
        base=form.base,
        heading=form.heading,
        body=form.body,
        in_brief=form.in_brief,
        names=rq.prepared,
    )
    return rq.redirect(f"/reports/{view.id}/sections/{section_id}/edit", _("已保存为新的一稿。"))


# --- rounds -----------------------------------------------------------------------------------------------


def _round(rq: Rq, shelf: Shelf) -> Response:
    view = report(rq)
    ordinal = numbered(rq, "round")
    content: Content = queries.content_at(rq.db, view.id, ordinal)
    line = next(each for each in queries.rounds(rq.db, view.id) if each.ordinal == ordinal)
    return rq.render(
        "casebook/report_round.html",
        report=view,
        content=content,
        line=line,
        kinds=ROUNDS,
        sources=queries.sources(rq.db, content, shelf),
    )
