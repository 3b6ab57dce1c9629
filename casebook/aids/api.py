"""Findings and the house's list of terms through the JSON API."""

from __future__ import annotations

from casebook import policy
from casebook import queries as core
from casebook.aids import queries
from casebook.aids.forms import FindingReply, TermForm, TermReply
from casebook.aids.service import terms as service
from foundation.api import Operation
from foundation.permission import require
from foundation.web import Rq

TAG = "casebook"
TERMS = "/house-terms"


def operations() -> list[Operation]:
    return [
        Operation(
            "GET",
            "/editions/{id}/findings",
            lambda rq, _body: _findings(rq),
            summary="What the language and consistency checks find in a book and nobody has decided on",
            tag=TAG,
            reply=FindingReply,
            many=True,
        ),
        Operation(
            "GET",
            TERMS,
            lambda rq, _body: _terms(rq),
            summary="The house's list of preferred, forbidden and allowed terms",
            tag=TAG,
            reply=TermReply,
            many=True,
        ),
        Operation(
            "POST",
            TERMS,
            _add,
            summary="Add a term to the house's list",
            tag=TAG,
            body=TermForm,
            reply=TermReply,
            status=201,
        ),
        Operation(
            "PUT",
            TERMS + "/{term}",
            _change,
            summary="Change a term; send back the revision that was read",
            tag=TAG,
            body=TermForm,
            reply=TermReply,
        ),
        Operation(
            "DELETE",
            TERMS + "/{term}",
            _delete,
            summary="Delete a term; it can be restored on the page",
            tag=TAG,
            status=204,
        ),
    ]


def _findings(rq: Rq) -> list[FindingReply]:
    require(policy.may_edit(rq.actor))
    edition = core.edition(rq.db, rq.path("id"))
    return [FindingReply.of(each) for each in queries.checked(rq.db, edition.id).open]


def _terms(rq: Rq) -> list[TermReply]:
    require(policy.may_edit(rq.actor))
    return [TermReply.of(each) for each in queries.terms(rq.db)]


def _add(rq: Rq, form: TermForm) -> TermReply:
    term_id = service.add_term(rq.db, actor=rq.actor, now=rq.now, wish=form.wish)
    return TermReply.of(queries.term(rq.db, term_id))


def _change(rq: Rq, form: TermForm) -> TermReply:
    term_id = rq.path("term")
    service.change_term(
        rq.db, actor=rq.actor, now=rq.now, term_id=term_id, revision=form.revision, wish=form.wish
    )
    return TermReply.of(queries.term(rq.db, term_id))


def _delete(rq: Rq, _body: None) -> None:
    service.delete_term(rq.db, actor=rq.actor, now=rq.now, term_id=rq.path("term"))
