"""Making the book, and fetching what came out."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from casebook import access
from casebook import queries as editions
from casebook.assemble import standing
from casebook.making import files, queries, service
from casebook.making.values import Output
from foundation.text import _
from foundation.web import Rq, get, post


def routes() -> list[Route]:
    one = "/editions/{id}"
    return [
        get(f"{one}/progress", progress),
        post(f"{one}/builds", request_build, again=progress),
        get(f"{one}/builds/{{number}}/file", download),
    ]


def request_build(rq: Rq) -> Response:
    edition = access.edition(rq)
    service.request_build(rq.db, actor=rq.actor, now=rq.now, edition_id=edition.id)
    return rq.redirect(f"/editions/{edition.id}", None if rq.is_htmx else _("已开始生成，完成后可以下载。"))


def progress(rq: Rq) -> Response:
    """The panel of the file alone, asked for again and again while a build is under way."""
    edition = access.edition(rq)
    chapters = editions.chapters(rq.db, edition.id)
    return rq.render(
        "casebook/making/_panel.html",
        edition=edition,
        builds=queries.builds(rq.db, edition.id),
        printed=sum(len(standing(chapter)) for chapter in chapters),
    )


def download(rq: Rq) -> Response:
    edition = access.edition(rq)
    return files.send(rq, queries.build(rq.db, edition.id, access.numbered(rq, "number")), Output.WORD)
