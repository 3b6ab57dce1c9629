"""The list of synonyms through the JSON API."""

from __future__ import annotations

from foundation.api import Operation
from foundation.permission import require
from foundation.web import Rq
from search.curation.forms.synonyms import SynonymForm, SynonymReply, reply
from search.curation.policy.curating import may_curate
from search.curation.queries import synonyms as queries
from search.curation.service import synonyms as service

HERE = "/library-synonyms"


def operations() -> list[Operation]:
    return [
        Operation(
            "GET",
            HERE,
            lambda rq, _body: _list(rq),
            summary="The groups of words that searches take as the same",
            tag="library",
            reply=SynonymReply,
            many=True,
        ),
        Operation(
            "POST",
            HERE,
            _add,
            summary="Add a group; the words in one field, between 、 or commas",
            tag="library",
            body=SynonymForm,
            reply=SynonymReply,
            status=201,
        ),
        Operation(
            "PUT",
            HERE + "/{group}",
            _change,
            summary="Change a group; send back the revision that was read",
            tag="library",
            body=SynonymForm,
            reply=SynonymReply,
        ),
        Operation(
            "DELETE",
            HERE + "/{group}",
            _delete,
            summary="Delete a group; it can be restored on the page",
            tag="library",
            status=204,
        ),
    ]


def _list(rq: Rq) -> list[SynonymReply]:
    require(may_curate(rq.actor))
    return [reply(group) for group in queries.groups(rq.db)]


def _add(rq: Rq, form: SynonymForm) -> SynonymReply:
    group = service.add_synonyms(rq.db, actor=rq.actor, now=rq.now, wish=form.wish)
    return reply(queries.group(rq.db, group))


def _change(rq: Rq, form: SynonymForm) -> SynonymReply:
    group = rq.path("group")
    service.change_synonyms(
        rq.db, actor=rq.actor, now=rq.now, group_id=group, revision=form.revision, wish=form.wish
    )
    return reply(queries.group(rq.db, group))


def _delete(rq: Rq, _body: None) -> None:
    service.delete_synonyms(rq.db, actor=rq.actor, now=rq.now, group_id=rq.path("group"))
