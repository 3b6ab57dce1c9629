"""The casebook through the JSON API: open an edition, build it, fetch the file."""

from __future__ import annotations

from starlette.responses import Response

from casebook import policy, queries, service
from casebook.docx.renderer import MEDIA_TYPE
from casebook.forms import BuildReply, ChapterReply, EditionReply, OpenForm, WholeEdition
from casebook.values import BuildView, EditionView
from foundation.api import Operation
from foundation.errors import NotFound, Refused
from foundation.permission import require
from foundation.text import _
from foundation.web import Rq

TAG = "casebook"


def operations() -> list[Operation]:
    """For editors."""
    return [
        Operation(
            "GET",
            "/editions",
            lambda rq, _body: [EditionReply.of(each) for each in _permitted(rq)],
            summary="All editions, the newest first",
            tag=TAG,
            reply=EditionReply,
            many=True,
        ),
        Operation(
            "POST",
            "/editions",
            _open,
            summary="Open an edition of a call's awarded cases, grouped into chapters",
            tag=TAG,
            body=OpenForm,
            reply=WholeEdition,
            status=201,
        ),
        Operation(
            "GET",
            "/editions/{id}",
            lambda rq, _body: _whole(rq, _edition(rq)),
            summary="An edition with its chapters in print order",
            tag=TAG,
            reply=WholeEdition,
        ),
        Operation(
            "POST",
            "/editions/{id}/builds",
            _request,
            summary="Ask for the Word file; it is made in the background",
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
            "/editions/{id}/builds/{number}",
            lambda rq, _body: BuildReply.of(_build(rq), _edition(rq)),
            summary="How far a build is",
            tag=TAG,
            reply=BuildReply,
        ),
        Operation(
            "GET",
            "/editions/{id}/builds/{number}/file",
            lambda rq, _body: send_book(rq, _edition(rq), _build(rq)),
            summary="The finished Word file",
            tag=TAG,
        ),
    ]


def send_book(rq: Rq, edition: EditionView, build: BuildView) -> Response:
    """The file of a build, named after the book.

    Raises:
        Refused: there is no file, or it holds a case whose award was revoked.
    """
    if not build.downloadable or build.file_sha256 is None or not queries.in_force(rq.db, build):
        raise Refused(_("这次生成没有可以下载的文件，请重新生成。"))
    name = f"{edition.title}-{build.number}.docx"
    return rq.send_file(build.file_sha256, name=name, media_type=MEDIA_TYPE, size=build.file_size)


def _permitted(rq: Rq) -> list[EditionView]:
    require(policy.may_edit(rq.actor))
    return queries.editions(rq.db)


def _edition(rq: Rq) -> EditionView:
    require(policy.may_edit(rq.actor))
    return queries.edition(rq.db, rq.path("id"))


def _whole(rq: Rq, edition: EditionView) -> WholeEdition:
    chapters = [ChapterReply.of(each) for each in queries.chapters(rq.db, edition.id)]
    return WholeEdition(**EditionReply.of(edition).model_dump(), chapters=chapters)


def _open(rq: Rq, form: OpenForm) -> WholeEdition:
    edition_id = service.open_edition(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        call_id=form.call_id,
        title=form.title,
        arrangement=form.arrangement,
    )
    return _whole(rq, queries.edition(rq.db, edition_id))


def _request(rq: Rq, _body: None) -> BuildReply:
    edition = _edition(rq)
    number = service.request_build(rq.db, actor=rq.actor, now=rq.now, edition_id=edition.id)
    return BuildReply.of(queries.build(rq.db, edition.id, number), edition)


def _builds(rq: Rq) -> list[BuildReply]:
    edition = _edition(rq)
    return [BuildReply.of(each, edition) for each in queries.builds(rq.db, edition.id)]


def _build(rq: Rq) -> BuildView:
    return queries.build(rq.db, rq.path("id"), numbered(rq, "number"))


def numbered(rq: Rq, name: str) -> int:
    """A small number out of the address; anything else is NotFound."""
    written = rq.path(name)
    if not (written.isascii() and written.isdigit() and len(written) < 7):
        raise NotFound
    return int(written)
