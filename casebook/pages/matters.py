"""Texts around the cases, each on a page of its own."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from casebook import access
from casebook.matters import queries, service
from casebook.matters.forms import MatterForm, NewMatterForm
from casebook.pages.details import details_page
from foundation.forms import read_form
from foundation.text import _
from foundation.web import Rq, get, post


def routes() -> list[Route]:
    base = "/editions/{id}/matters"
    return [
        post(base, add, again=details_page),
        post(f"{base}/notice", take_notice, again=details_page),
        get(f"{base}/{{matter}}/edit", matter_page),
        post(f"{base}/{{matter}}/edit", write, again=matter_page),
        post(f"{base}/{{matter}}/move", move, again=details_page),
        post(f"{base}/{{matter}}/remove", remove, again=details_page),
    ]


def matter_page(rq: Rq) -> Response:
    edition = access.edition(rq)
    found = queries.matter(rq.db, edition.id, rq.path("matter"))
    return rq.render("casebook/matter.html", edition=edition, matter=found)


def add(rq: Rq) -> Response:
    edition = access.edition(rq)
    form = read_form(NewMatterForm, rq.form)
    matter = service.add_matter(
        rq.db, actor=rq.actor, now=rq.now, edition_id=edition.id, place=form.place, heading=form.heading
    )
    return rq.redirect(f"/editions/{edition.id}/matters/{matter}/edit")


def take_notice(rq: Rq) -> Response:
    edition = access.edition(rq)
    matter = service.take_notice(
        rq.db, actor=rq.actor, now=rq.now, edition_id=edition.id, call_id=rq.field("call")
    )
    done = _("已取来征集通知的全文，可以在这里修改。")
    return rq.redirect(f"/editions/{edition.id}/matters/{matter}/edit", done)


def write(rq: Rq) -> Response:
    edition = access.edition(rq)
    form = read_form(MatterForm, rq.form)
    service.write_matter(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        edition_id=edition.id,
        matter_id=rq.path("matter"),
        revision=form.revision,
        heading=form.heading,
        body=form.body,
    )
    return rq.redirect(f"/editions/{edition.id}/edit#matters", _("这篇文字已保存。"))


def move(rq: Rq) -> Response:
    edition = access.edition(rq)
    step = -1 if rq.field("step") == "up" else 1
    service.move_matter(
        rq.db, actor=rq.actor, now=rq.now, edition_id=edition.id, matter_id=rq.path("matter"), step=step
    )
    return rq.redirect(f"/editions/{edition.id}/edit#matters")


def remove(rq: Rq) -> Response:
    edition = access.edition(rq)
    service.remove_matter(
        rq.db, actor=rq.actor, now=rq.now, edition_id=edition.id, matter_id=rq.path("matter")
    )
    return rq.redirect(f"/editions/{edition.id}/edit#matters", _("这篇文字已删除。"))
