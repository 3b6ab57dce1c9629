"""The casebook through the JSON API: open an edition, build it, fetch the file."""

from __future__ import annotations

from functools import partial

from casebook import access, policy, queries, service
from casebook.aids import api as aids
from casebook.forms import ChapterReply, DraftReply, EditionReply, ManuscriptForm, OpenForm, WholeEdition
from casebook.making import api as making
from casebook.making.bindery import Bindery
from casebook.reviewing import api as reviewing
from casebook.service import TopicsOf
from casebook.showing import photos_url, stored_body
from casebook.values import EditionView
from foundation.api import Operation
from foundation.permission import require
from foundation.web import Rq

TAG = "casebook"


def operations(topics: TopicsOf, bindery: Bindery) -> list[Operation]:
    """For editors. `topics`: what the library says cases are about."""
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
            partial(_open, topics),
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
            "GET",
            "/editions/{id}/entries/{entry}/draft",
            lambda rq, _body: DraftReply.of(queries.working_copy(rq.db, access.entry(rq)[1].id)),
            summary="What is being written in a manuscript, shared by all editors",
            tag=TAG,
            reply=DraftReply,
        ),
        Operation(
            "PUT",
            "/editions/{id}/entries/{entry}/draft",
            _save_draft,
            summary="Save the working copy of a manuscript; revision is the one it was read at",
            tag=TAG,
            body=ManuscriptForm,
            reply=DraftReply,
        ),
        *making.operations(bindery),
        *aids.operations(),
        *reviewing.operations(),
    ]


def _permitted(rq: Rq) -> list[EditionView]:
    require(policy.may_edit(rq.actor))
    return queries.editions(rq.db)


def _edition(rq: Rq) -> EditionView:
    require(policy.may_edit(rq.actor))
    return queries.edition(rq.db, rq.path("id"))


def _whole(rq: Rq, edition: EditionView) -> WholeEdition:
    chapters = [ChapterReply.of(each) for each in queries.chapters(rq.db, edition.id)]
    return WholeEdition(**EditionReply.of(edition).model_dump(), chapters=chapters)


def _save_draft(rq: Rq, form: ManuscriptForm) -> DraftReply:
    edition, entry = access.entry(rq)
    copy = service.save_draft(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        edition_id=edition.id,
        entry_id=entry.id,
        revision=form.revision,
        text=form.text(stored_body(photos_url(edition, entry), form.body)),
    )
    return DraftReply.of(copy)


def _open(topics: TopicsOf, rq: Rq, form: OpenForm) -> WholeEdition:
    edition_id = service.open_edition(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        call_id=form.call_id,
        further=form.further,
        title=form.title,
        arrangement=form.arrangement,
        topics=topics,
    )
    return _whole(rq, queries.edition(rq.db, edition_id))
