"""The list of packs, and the start of a new one."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import BaseRoute

from foundation.forms import read_form
from foundation.text import _
from foundation.web import Rq, get, post
from search.teaching.packs import queries
from search.teaching.packs.forms import NewPackForm
from search.teaching.packs.pages.showing import NAMES, cards, teacher
from search.teaching.packs.rules.limits import CASES_HIGHEST
from search.teaching.packs.rules.starters import STARTERS
from search.teaching.packs.rules.timing import timing
from search.teaching.packs.service.writing import add_case, start_pack


def routes() -> list[BaseRoute]:
    return [
        get("/teaching/packs", _packs),
        get("/teaching/packs/new", _new),
        post("/teaching/packs/new", _start, again=_new),
        post("/teaching/packs/add", _add),
    ]


def _packs(rq: Rq) -> Response:
    teacher(rq)
    asked = rq.query("case")
    about = queries.readable(rq.db, [asked]).get(asked) if asked else None
    shared = [
        each
        for each in queries.shared_packs(rq.db, case_id=about.id if about else "")
        if each.owner_id != rq.actor.user_id or about
    ]
    return rq.render(
        "teaching/packs.html",
        own=[] if about else cards(rq, queries.own_packs(rq.db, rq.actor.user_id)),
        shared=cards(rq, shared),
        about=about,
        names=NAMES,
    )


def _new(rq: Rq) -> Response:
    teacher(rq)
    given = [*rq.query("cases").split(","), *rq.queries("case"), *map(str, rq.form.getlist("cases"))]
    found = queries.readable(rq.db, [each for each in given if each][:CASES_HIGHEST])
    ordered = [found[each] for each in dict.fromkeys(given) if each in found]
    return rq.render(
        "teaching/pack_new.html",
        cases=ordered,
        starters=[(each, timing(each.content)) for each in STARTERS],
        names=NAMES,
    )


def _start(rq: Rq) -> Response:
    teacher(rq)
    form = read_form(NewPackForm, rq.form)
    pack_id = start_pack(
        rq.db, actor=rq.actor, now=rq.now, kind=form.kind, case_ids=form.cases, propose=form.propose
    )
    return rq.redirect(f"/teaching/packs/{pack_id}/edit", _("教学包已建好，写下的内容会自动保存。"))


def _add(rq: Rq) -> Response:
    """A case into one of the trainer's packs, from the page of the case."""
    teacher(rq)
    pack_id = rq.field("pack")
    add_case(rq.db, actor=rq.actor, now=rq.now, pack_id=pack_id, case_id=rq.field("case"))
    return rq.redirect(f"/teaching/packs/{pack_id}/edit", _("案例已加入教学包。"))
