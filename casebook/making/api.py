"""Builds through the JSON API: ask for one, see how far it is, fetch its files."""

from __future__ import annotations

from starlette.responses import Response

from casebook import access, policy
from casebook import queries as editions
from casebook.making import files, queries, service
from casebook.making.forms import BuildReply
from casebook.making.values import BuildView, Output
from casebook.values import EditionView
from foundation.api import Operation
from foundation.permission import require
from foundation.web import Rq

TAG = "casebook"


def operations() -> list[Operation]:
    """For editors."""
    one = "/editions/{id}/builds/{number}"
    return [
        Operation(
            "POST",
            "/editions/{id}/builds",
            _request,
            summary="Ask for the book's files; they are made in the background",
            tag=TAG,
            reply=BuildReply,
            status=202,
        ),
        Operation(
            "GET",
            "/editions/{id}/builds",
            lambda rq, _body: _builds(rq),
            summary="All builds of an edition, the newest first",
            tag=TAG,
            reply=BuildReply,
            many=True,
        ),
        Operation(
            "GET",
            one,
            lambda rq, _body: BuildReply.of(_build(rq), _edition(rq)),
            summary="How far a build is",
            tag=TAG,
            reply=BuildReply,
        ),
        Operation(
            "GET",
            f"{one}/file",
            lambda rq, _body: _word(rq),
            summary="The finished Word file",
            tag=TAG,
        ),
    ]


def _edition(rq: Rq) -> EditionView:
    require(policy.may_edit(rq.actor))
    return editions.edition(rq.db, rq.path("id"))


def _build(rq: Rq) -> BuildView:
    return queries.build(rq.db, _edition(rq).id, access.numbered(rq, "number"))


def _request(rq: Rq, _body: None) -> BuildReply:
    edition = _edition(rq)
    number = service.request_build(rq.db, actor=rq.actor, now=rq.now, edition_id=edition.id)
    return BuildReply.of(queries.build(rq.db, edition.id, number), edition)


def _builds(rq: Rq) -> list[BuildReply]:
    edition = _edition(rq)
    return [BuildReply.of(each, edition) for each in queries.builds(rq.db, edition.id)]


def _word(rq: Rq) -> Response:
    return files.send(rq, _build(rq), Output.WORD)
