"""Builds through the JSON API: ask for one, see how far it is, cancel it, fetch its files."""

from __future__ import annotations

from functools import partial

from starlette.responses import Response

from casebook import access
from casebook.making import files, queries, service
from casebook.making.bindery import Bindery
from casebook.making.forms import BuildForm, BuildReply
from casebook.making.values import BuildView, Output
from casebook.values import EditionView
from foundation.api import Operation
from foundation.errors import NotFound
from foundation.web import Rq

TAG = "casebook"


def operations(bindery: Bindery) -> list[Operation]:
    """For editors."""
    one = "/editions/{id}/builds/{number}"
    return [
        Operation(
            "POST",
            "/editions/{id}/builds",
            _request,
            summary="Ask for the book's files, a proof or final; they are made in the background",
            tag=TAG,
            body=BuildForm,
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
            summary="How far a build is, and its files",
            tag=TAG,
            reply=BuildReply,
        ),
        Operation(
            "POST",
            f"{one}/cancel",
            _cancel,
            summary="Stop a build",
            tag=TAG,
            reply=BuildReply,
        ),
        Operation(
            "POST",
            f"{one}/again",
            _again,
            summary="Make a build once more from its manifest",
            tag=TAG,
            reply=BuildReply,
            status=202,
        ),
        Operation(
            "GET",
            f"{one}/file",
            partial(_file, bindery, Output.WORD),
            summary="The finished Word file",
            tag=TAG,
        ),
        Operation(
            "GET",
            f"{one}/files/{{output}}",
            lambda rq, _body: _file(bindery, _output(rq), rq, None),
            summary="A file of a build: word, print, screen, cover, epub, cases, manifest, book",
            tag=TAG,
        ),
    ]


def _edition(rq: Rq) -> EditionView:
    return access.edition(rq)


def _build(rq: Rq) -> BuildView:
    return queries.build(rq.db, _edition(rq).id, access.numbered(rq, "number"))


def _output(rq: Rq) -> Output:
    if rq.path("output") not in set(Output):
        raise NotFound
    return Output(rq.path("output"))


def _request(rq: Rq, form: BuildForm) -> BuildReply:
    edition = _edition(rq)
    number = service.request_build(
        rq.db, actor=rq.actor, now=rq.now, edition_id=edition.id, kind=form.kind, wanted=form.wanted()
    )
    return BuildReply.of(queries.build(rq.db, edition.id, number), edition)


def _cancel(rq: Rq, _body: None) -> BuildReply:
    edition, build = _edition(rq), _build(rq)
    service.cancel_build(rq.db, actor=rq.actor, now=rq.now, edition_id=edition.id, number=build.number)
    return BuildReply.of(_build(rq), edition)


def _again(rq: Rq, _body: None) -> BuildReply:
    edition, build = _edition(rq), _build(rq)
    number = service.build_again(
        rq.db, actor=rq.actor, now=rq.now, edition_id=edition.id, number=build.number
    )
    return BuildReply.of(queries.build(rq.db, edition.id, number), edition)


def _builds(rq: Rq) -> list[BuildReply]:
    edition = _edition(rq)
    return [BuildReply.of(each, edition) for each in queries.builds(rq.db, edition.id)]


def _file(bindery: Bindery, output: Output, rq: Rq, _body: None) -> Response:
    return files.send(rq, bindery.books, _build(rq), output)
