"""Where a unit sees for whom its case is in the library, releases evidence, and asks for something else."""

from __future__ import annotations

from sqlalchemy.orm import Session
from starlette.responses import Response
from starlette.routing import BaseRoute

from foundation.errors import NotFound
from foundation.forms import read_form
from foundation.text import Text, _
from foundation.visibility import as_system
from foundation.web import Rq, get, post
from search import shelf
from search.curation.forms.placements import WishForm
from search.curation.policy.wishing import may_release, may_wish
from search.curation.queries.evidence import NOTHING_SAID, words_on_evidence
from search.curation.queries.wishes import wishes_of
from search.curation.service import wishes as service
from search.curation.service.evidence import say_on_evidence
from search.pages.desk import READERS, WISHES
from search.shelf import Standing
from submissions import queries as submissions
from submissions.rules.releasing import claims_behind, evidence_of
from submissions.values import AttachmentView, CaseView


def routes() -> list[BaseRoute]:
    return [
        get("/cases/{case}/library", _page),
        post("/cases/{case}/library", _wish, again=_page),
        post("/cases/{case}/library/evidence/{file}", _say, again=_page),
    ]


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
        evidence=_evidence(rq, standing),
        may_release=may_release(rq.actor, case.unit_id) is None,
    )


def _evidence(rq: Rq, standing: Standing) -> list[tuple[AttachmentView, str, bool, int]]:
    """The evidence of the awarded version, where the unit reads it, whether the library shows it, behind
    how many claims it stands."""
    award = standing.award
    with as_system(rq.db):  # who sees the case sees what was handed in
        version = submissions.version(rq.db, award.version_id)
    files = f"/cases/{award.case_id}/versions/{version.ordinal}/files"
    said = words_on_evidence(rq.db, [award.case_id]).get(award.case_id, NOTHING_SAID)
    return [
        (each, f"{files}/{each.id}", said.get(each.id, each.released), len(claims_behind(version, each.id)))
        for each in evidence_of(version)
    ]


def _say(rq: Rq) -> Response:
    """A file is released or taken back."""
    case_id, released = rq.path("case"), rq.field("released") == "yes"
    say_on_evidence(
        rq.db,
        actor=rq.signed_in(),
        now=rq.now,
        case_id=case_id,
        attachment_id=rq.path("file"),
        released=released,
    )
    done = _("已公开，案例库的页面上可以看到。") if released else _("已撤回，案例库不再显示这份材料。")
    return rq.redirect(f"/cases/{case_id}/library#evidence", done)


def _wish(rq: Rq) -> Response:
    form = read_form(WishForm, rq.form)
    case_id = rq.path("case")
    service.wish_for_case(
        rq.db, actor=rq.signed_in(), now=rq.now, case_id=case_id, wish=form.wish, reason=form.reason
    )
    return rq.redirect(f"/cases/{case_id}/library", _("已提出。案例库的管理人员决定后，您会收到邮件。"))
