"""Accepting one rule's proposals together: each place is shown before anything is written."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from casebook import access
from casebook.aids import queries
from casebook.aids.pages.book import shown
from casebook.aids.service import findings as service
from casebook.aids.wording import RULES
from foundation.errors import NotFound
from foundation.text import n_
from foundation.web import Rq, get, post

HERE = "/editions/{id}/findings/all"
AT_ONCE = 200
"""Places on the page: more than anybody reads; the rest comes after these."""


def routes() -> list[Route]:
    return [get(HERE, page), post(HERE, accept_all, again=page)]


def page(rq: Rq) -> Response:
    edition = access.edition(rq)
    rule, entry = rq.query("rule"), rq.query("entry")
    if rule not in RULES:
        raise NotFound
    book = queries.checked(rq.db, edition.id)
    certain = [
        each
        for each in book.open
        if each.slip.rule == rule and each.can_accept and each.can_replace and entry in ("", each.entry_id)
    ]
    return rq.render(
        "casebook/aids/bulk.html",
        edition=edition,
        rule=rule,
        name=RULES[rule],
        items=shown(book, certain[:AT_ONCE]),
        total=len(certain),
        here=f"/editions/{edition.id}/findings",
        query=f"?rule={rule}" + (f"&entry={entry}" if entry else ""),
    )


def accept_all(rq: Rq) -> Response:
    edition = access.edition(rq)
    keys = [str(each) for each in rq.form.getlist("key")]
    count = service.accept_many(rq.db, actor=rq.actor, now=rq.now, edition_id=edition.id, keys=keys)
    done = n_("改了 %(n)s 处，每篇另存一稿。", "改了 %(n)s 处，每篇另存一稿。", count)
    return rq.redirect(f"/editions/{edition.id}/findings", done)
