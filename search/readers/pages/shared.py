"""A list behind its link: whoever has the link reads it, and of its cases those that he may read himself."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import BaseRoute

from foundation.text import _
from foundation.web import Rq, get, post
from search.readers.queries.lists import shared_list
from search.readers.service import lists as service

BASE = "/library/lists/shared/{token}"


def routes() -> list[BaseRoute]:
    return [get(BASE, page), post(BASE + "/copy", copy, again=page)]


def page(rq: Rq) -> Response:
    response = rq.render("search/readers/shared.html", list=shared_list(rq.db, rq.path("token")))
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def copy(rq: Rq) -> Response:
    list_id = service.copy_shared(rq.db, actor=rq.signed_in(), now=rq.now, token=rq.path("token"))
    return rq.redirect(f"/library/lists/{list_id}", done=_("已存为您自己的清单，可以随意修改。"))
