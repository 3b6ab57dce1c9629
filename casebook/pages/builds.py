"""Making the file, and fetching it."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from casebook import access, queries, service
from casebook.api import numbered, send_book
from casebook.assemble import standing
from casebook.pages.desk import edition_page
from foundation.text import _
from foundation.web import Rq, get, post


def routes() -> list[Route]:
    one = "/editions/{id}"
    return [
        get(f"{one}/progress", progress),
        post(f"{one}/builds", request_build, again=edition_page),
        get(f"{one}/builds/{{number}}/file", download),
    ]


def request_build(rq: Rq) -> Response:
    edition = access.edition(rq)
    service.request_build(rq.db, actor=rq.actor, now=rq.now, edition_id=edition.id)
    return rq.redirect(f"/editions/{edition.id}", None if rq.is_htmx else _("已开始生成，完成后可以下载。"))


def progress(rq: Rq) -> Response:
    """The panel of the file alone, asked for again and again while a build is under way."""
    edition = access.edition(rq)
    chapters = queries.chapters(rq.db, edition.id)
    return rq.render(
        "casebook/_builds.html",
        edition=edition,
        builds=queries.builds(rq.db, edition.id),
        printed=sum(len(standing(chapter)) for chapter in chapters),
    )


def download(rq: Rq) -> Response:
    edition = access.edition(rq)
    return send_book(rq, edition, queries.build(rq.db, edition.id, numbered(rq, "number")))
