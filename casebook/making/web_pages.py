"""Books in the library: the list, a book's contents, its cover and the files that readers are offered."""

from __future__ import annotations

from functools import partial

from starlette.responses import Response
from starlette.routing import Route

from casebook import access
from casebook.making import certifying, publishing
from casebook.making.bindery import Bindery
from casebook.making.files import attached
from casebook.making.forms import PublishForm
from casebook.making.publishing import WebBook
from foundation.errors import NotFound
from foundation.forms import read_form
from foundation.text import _
from foundation.web import Handler, Rq, get, post


def routes(bindery: Bindery, desk: Handler) -> list[Route]:
    """`desk` is the page of builds, shown again when publishing was refused."""
    build = "/editions/{id}/builds/{number}"
    return [
        post(f"{build}/publish", publish, again=desk),
        post("/editions/{id}/publication/off", take_off, again=desk),
        get("/books", partial(shelf, bindery)),
        get("/books/{slug}", partial(book_page, bindery)),
        get("/books/{slug}/cover.jpg", partial(cover, bindery)),
        get("/books/{slug}/files/{output}", partial(file, bindery)),
        get("/inclusions/{number}", proof),
    ]


def publish(rq: Rq) -> Response:
    edition, number = access.edition(rq), access.numbered(rq, "number")
    form = read_form(PublishForm, rq.form)
    publishing.publish(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        edition_id=edition.id,
        number=number,
        slug=form.slug,
        offers=tuple(form.offers),
    )
    return rq.redirect(f"/editions/{edition.id}/builds", _("网页版已发布到案例库。"))


def take_off(rq: Rq) -> Response:
    edition = access.edition(rq)
    publishing.take_off(rq.db, actor=rq.actor, now=rq.now, edition_id=edition.id)
    return rq.redirect(f"/editions/{edition.id}/builds", _("网页版已从案例库撤下。"))


def shelf(bindery: Bindery, rq: Rq) -> Response:
    found = publishing.web_books(rq.db, bindery.books, bindery.links)
    return rq.render("casebook/making/books.html", books=found)


def _book(bindery: Bindery, rq: Rq) -> WebBook:
    return publishing.web_book(rq.db, rq.path("slug"), bindery.books, bindery.links)


def book_page(bindery: Bindery, rq: Rq) -> Response:
    return rq.render("casebook/making/book.html", book=_book(bindery, rq))


def cover(bindery: Bindery, rq: Rq) -> Response:
    """The first page of the book; a cover names no case."""
    found = _book(bindery, rq)
    if not found.cover:
        raise NotFound
    try:
        content = bindery.previews.picture(found.cover, 1, "large")
    except FileNotFoundError as missing:
        raise NotFound from missing
    return Response(content, media_type="image/jpeg", headers={"Cache-Control": "private, max-age=3600"})


def file(bindery: Bindery, rq: Rq) -> Response:
    """Raises NotFound: it is not offered, or not to this reader."""
    for each in _book(bindery, rq).files:
        if each.output.value == rq.path("output"):
            return attached(bindery.books, each)
    raise NotFound


def proof(rq: Rq) -> Response:
    """Where the QR code of a certificate of inclusion leads."""
    found = certifying.proof(rq.db, rq.path("number"))
    return rq.render("casebook/making/proof.html", proof=found)
