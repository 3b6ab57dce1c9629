"""Saved searches: the list, saving one from the library's page, stopping letters by a link in one."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session
from starlette.responses import Response
from starlette.routing import BaseRoute

from foundation import people
from foundation.errors import NotFound
from foundation.forms import read_form
from foundation.text import Text, _
from foundation.web import Rq, get, post
from search.asking import asked_in
from search.readers.forms.searches import ChangeSearchForm, SaveSearchForm
from search.readers.queries.searches import saved_searches
from search.readers.rules.searches import MOST, search_of
from search.readers.service import searches as service
from search.readers.values.searches import Rhythm, SavedSearchView
from submissions import queries as submissions

BASE = "/library/searches"
RHYTHMS: dict[str, Text] = {
    Rhythm.NEVER.value: _("不发邮件"),
    Rhythm.AT_ONCE.value: _("有新案例就发邮件"),
    Rhythm.DAILY.value: _("每天一封（早上 8 点）"),
    Rhythm.WEEKLY.value: _("每周一封（周一早上 8 点）"),
}


@dataclass(frozen=True, slots=True)
class Shown:
    """A saved search with what it asks, in words; `others` counts the conditions that have no words."""

    search: SavedSearchView
    text: str
    conditions: tuple[str, ...]
    others: int


def routes() -> list[BaseRoute]:
    return [
        get(BASE, listed),
        post(BASE, save, again=listed),
        get(BASE + "/stop/{token}", ask_to_stop),
        post(BASE + "/stop/{token}", stop),
        post(BASE + "/{search}", change, again=listed),
        post(BASE + "/{search}/open", visit),
        post(BASE + "/{search}/delete", forget),
    ]


def listed(rq: Rq) -> Response:
    searches = saved_searches(rq.db, rq.signed_in().user_id)
    return rq.render(
        "search/readers/searches.html",
        searches=[_shown(rq.db, each) for each in searches],
        rhythms=RHYTHMS,
        most=MOST,
        kept=SaveSearchForm.model_construct(query=rq.field("query")) if rq.problem else None,
    )


def save(rq: Rq) -> Response:
    form = read_form(SaveSearchForm, rq.form)
    service.save_search(
        rq.db, actor=rq.signed_in(), now=rq.now, name=form.name, query=form.query, rhythm=form.rhythm
    )
    done = _("已保存。以后有新案例，会在“我的检索”里标出来。")
    if form.rhythm is not Rhythm.NEVER:
        done = _("已保存。以后有新案例，会在“我的检索”里标出来，并发邮件告诉您。")
    return rq.redirect(asked_in(form.query).address, done=done)


def change(rq: Rq) -> Response:
    form = read_form(ChangeSearchForm, rq.form)
    service.change_search(
        rq.db,
        actor=rq.signed_in(),
        now=rq.now,
        search_id=rq.path("search"),
        name=form.name,
        rhythm=form.rhythm,
    )
    return rq.redirect(BASE, done=_("已保存修改。"))


def visit(rq: Rq) -> Response:
    """A deed, because looking makes what is new known."""
    address = service.visit_search(rq.db, actor=rq.signed_in(), now=rq.now, search_id=rq.path("search"))
    return rq.redirect(address)


def forget(rq: Rq) -> Response:
    service.forget_search(rq.db, actor=rq.signed_in(), search_id=rq.path("search"))
    return rq.redirect(BASE, done=_("已删除这个检索。"))


def ask_to_stop(rq: Rq) -> Response:
    """A page with one button: programs that look at links in letters must not stop anything by it."""
    _search_of(rq)
    return rq.render("search/readers/stop.html", token=rq.path("token"), stopped=False)


def stop(rq: Rq) -> Response:
    service.stop_letters(rq.db, search_id=_search_of(rq))
    return rq.render("search/readers/stop.html", token=rq.path("token"), stopped=True)


def _search_of(rq: Rq) -> str:
    found = search_of(rq.edge.secret, rq.path("token"))
    if not found:
        raise NotFound
    return found


def _shown(db: Session, search: SavedSearchView) -> Shown:
    asked = asked_in(search.query)
    words: list[str] = []
    others = 0
    for name, values in asked.filters.items():
        for value in sorted(values):
            label = _label(db, name, value)
            words += [label] if label else []
            others += not label
    return Shown(search, asked.text, tuple(words), others)


def _label(db: Session, name: str, value: str) -> str:
    """A chosen value as people say it; "" where it is a mark of ours."""
    try:
        if name == "call":
            return submissions.call(db, value).title
        if name in ("unit", "region"):
            return people.unit(db, value).name
    except NotFound:
        return ""
    return value if name in ("year", "category", "prize", "topic") else ""
