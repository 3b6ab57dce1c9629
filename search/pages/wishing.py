"""Where a unit sees for whom its case is in the library, and asks for something else."""

from __future__ import annotations

from sqlalchemy.orm import Session
from starlette.responses import Response
from starlette.routing import BaseRoute

from foundation.errors import NotFound
from foundation.forms import read_form
from foundation.text import Text, _
from foundation.web import Rq, get, post
from search import shelf
from search.curation.forms.placements import WishForm
from search.curation.policy.wishing import may_wish
from search.curation.queries.wishes import wishes_of
from search.curation.service import wishes as service
from search.pages.desk import READERS, WISHES
from search.shelf import Standing
from submissions import queries as submissions
from submissions.values import CaseView


def routes() -> list[BaseRoute]:
    return [get("/cases/{case}/library", _page), post("/cases/{case}/library", _wish, again=_page)]


def link_of_case(db: Session, case: CaseView) -> list[tuple[Text, str]]:
    """For the page of the case: only where it has an award."""
    return [(_("在案例库"), f"/cases/{case.id}/library")] if shelf.standings(db, [case.id]) else []


def _standing(rq: Rq) -> tuple[CaseView, Standing]:
    rq.signed_in()
    case = submissions.case(rq.db, rq.path("case"))
    found = shelf.standings(rq.db, [case.id])
    if not found:
        raise NotFound
    return case, found[0]


def _page(rq: Rq) -> Response:
    case, standing = _standing(rq)
    made = wishes_of(rq.db, case.id)
    return rq.render(
        "search/wish.html",
        case=case,
        standing=standing,
        readable=case.id in shelf.places(rq.db, [case.id]),
        wishes=made,
        waiting=any(each.answered_at is None for each in made),
        may=may_wish(rq.actor, case.unit_id) is None,
        readers_names=READERS,
        wish_names=WISHES,
    )


def _wish(rq: Rq) -> Response:
    form = read_form(WishForm, rq.form)
    case_id = rq.path("case")
    service.wish_for_case(
        rq.db, actor=rq.signed_in(), now=rq.now, case_id=case_id, wish=form.wish, reason=form.reason
    )
    return rq.redirect(f"/cases/{case_id}/library", _("已提出。案例库的管理人员决定后，您会收到邮件。"))
