"""What a book says about itself."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from casebook import access, service
from casebook.forms import DetailsForm
from foundation.forms import read_form
from foundation.text import _
from foundation.web import Rq, get, post


def routes() -> list[Route]:
    one = "/editions/{id}"
    return [
        get(f"{one}/edit", details_page),
        post(f"{one}/edit", save_details, again=details_page),
    ]


def details_page(rq: Rq) -> Response:
    edition = access.edition(rq)
    return rq.render("casebook/details.html", edition=edition, details=edition.details)


def save_details(rq: Rq) -> Response:
    edition = access.edition(rq)
    form = read_form(DetailsForm, rq.form)
    service.change_details(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        edition_id=edition.id,
        revision=form.revision,
        details=form.details(),
    )
    return rq.redirect(f"/editions/{edition.id}", _("书的信息已保存。"))
