"""Pages of a built book as pictures: a row of pages, spreads, one page large."""

from __future__ import annotations

from functools import partial

from starlette.responses import Response
from starlette.routing import Route

from casebook import access
from casebook.making import queries
from casebook.making.bindery import Bindery
from casebook.making.previews import WIDTHS
from casebook.making.values import BuildState, BuildView, Output
from foundation.errors import NotFound
from foundation.web import Rq, get


def routes(bindery: Bindery) -> list[Route]:
    build = "/editions/{id}/builds/{number}"
    return [
        get(f"{build}/pages", partial(viewer, bindery)),
        get(f"{build}/pages/{{page}}.{{width}}.jpg", partial(picture, bindery)),
    ]


def viewer(bindery: Bindery, rq: Rq) -> Response:
    """`?page=` is open first; a spread is a left-hand page with the right-hand one after it."""
    edition = access.edition(rq)
    build, pdf = _shown(rq)
    count = build.pages or bindery.previews.pages(pdf)
    asked = rq.query("page", "1")
    page = min(count, max(1, int(asked))) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    left = page if page % 2 == 0 else page - 1
    return rq.render(
        "casebook/making/viewer.html",
        edition=edition,
        build=build,
        count=count,
        page=page,
        spread=[each for each in (left, left + 1) if 1 <= each <= count],
    )


def picture(bindery: Bindery, rq: Rq) -> Response:
    """A page as a JPEG; what is not drawn yet is drawn now."""
    access.permit(rq)
    _build, pdf = _shown(rq)
    width = rq.path("width")
    if width not in WIDTHS:
        raise NotFound
    try:
        content = bindery.previews.picture(pdf, access.numbered(rq, "page"), width)
    except FileNotFoundError as missing:
        raise NotFound from missing
    headers = {"Cache-Control": "private, max-age=3600"}
    return Response(content, media_type="image/jpeg", headers=headers)


def _shown(rq: Rq) -> tuple[BuildView, str]:
    """The build with the PDF that is shown. Raises NotFound: it has none, or may not be read any more."""
    build = queries.build(rq.db, access.edition(rq).id, access.numbered(rq, "number"))
    file = build.file(Output.SCREEN_PDF) or build.file(Output.PRINT_PDF)
    if build.state is not BuildState.DONE or file is None or not queries.in_force(rq.db, build):
        raise NotFound
    return build, file.sha256
