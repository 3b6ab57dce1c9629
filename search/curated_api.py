"""Topics, collections and places on the shelf through the JSON API."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from foundation.api import Operation
from foundation.audience import Audience
from foundation.errors import FieldError, Invalid, NotFound
from foundation.forms import Form
from foundation.permission import require
from foundation.text import _
from foundation.web import Rq
from search import desk, holdings
from search.curation.policy.curating import may_curate
from search.curation.queries import collections
from search.curation.queries.topics import topics_of_cases
from search.curation.service import placements
from search.curation.service import topics as topic_service
from search.curation.values.collections import CollectionView
from search.desk import OFF, DeskCase, Wanted
from search.pages.collections import shown
from search.pages.topics import lines


class TopicReply(BaseModel):
    label: str
    cases: int


class CollectionLine(BaseModel):
    """`cases` are those that the caller may read."""

    slug: str
    title: str
    audience: Audience
    cases: int
    url: str


class CollectionCase(BaseModel):
    id: str
    title: str
    unit: str
    note: str
    url: str


class CollectionReply(BaseModel):
    slug: str
    title: str
    audience: Audience
    introduction_html: str
    published_at: datetime | None
    cases: list[CollectionCase]


class PlacementReply(BaseModel):
    """`readers` is an audience or "off"; `usual` what the case's call laid down; `decided` whether somebody
    has decided for this case."""

    case_id: str
    title: str
    unit: str
    readers: str
    usual: Audience
    decided: bool
    reason: str
    topics: list[str]


class PlacementPage(BaseModel):
    total: int
    page: int
    pages: int
    cases: list[PlacementReply]


class PlacementBody(Form):
    """An audience, "usual" (that of the call), "off" (needs a reason) or "back"."""

    readers: Literal["public", "members", "trainers", "usual", "off", "back"]
    reason: str = Field("", max_length=300)


class CaseTopicsBody(Form):
    accepted: list[str] = Field(default_factory=list, max_length=50)
    removed: list[str] = Field(default_factory=list, max_length=50)


class CaseTopicReply(BaseModel):
    label: str
    state: Literal["proposed", "accepted"]


def operations() -> list[Operation]:
    """They stand before `/library/{case}`, which would match their addresses."""
    return [
        Operation(
            "GET", "/library/topics",
            lambda rq, _body: [TopicReply(label=each.label, cases=each.cases) for each in lines(rq)],
            summary="Topics of the cases that the caller may read", tag="library",
            reply=TopicReply, many=True, public=True,
        ),
        Operation(
            "GET", "/library/collections", lambda rq, _body: _collections(rq),
            summary="Collections put together by hand", tag="library",
            reply=CollectionLine, many=True, public=True,
        ),
        Operation(
            "GET", "/library/collections/{slug}", lambda rq, _body: _collection(rq),
            summary="One collection with its cases in order", tag="library",
            reply=CollectionReply, public=True,
        ),
        Operation(
            "GET", "/library/placements", lambda rq, _body: _placements(rq),
            summary="Every awarded case and who may read it (organisers, editors)", tag="library",
            reply=PlacementPage,
            query={
                "q": "Words of title or unit",
                "readers": "public, members, trainers or off",
                "call": "Id of a call",
                "page": "Page, from 1",
            },
        ),
        Operation(
            "PUT", "/library/{case}/placement", _place,
            summary="Say who may read a case, take it off the shelf or put it back", tag="library",
            body=PlacementBody, reply=PlacementReply,
        ),
        Operation(
            "GET", "/library/{case}/topics",
            lambda rq, _body: _topics(rq, holdings.case(rq.db, rq.path("case")).id),
            summary="Topics of a case", tag="library", reply=CaseTopicReply, many=True, public=True,
        ),
        Operation(
            "PATCH", "/library/{case}/topics", _correct,
            summary="Correct the topics of a case (organisers, editors)", tag="library",
            body=CaseTopicsBody, reply=CaseTopicReply, many=True,
        ),
    ]  # fmt: skip


def _collections(rq: Rq) -> list[CollectionLine]:
    return [
        CollectionLine(
            slug=each.collection.slug,
            title=each.collection.title,
            audience=each.collection.audience,
            cases=each.cases,
            url=rq.absolute(f"/library/collections/{each.collection.slug}"),
        )
        for each in shown(rq.db, collections.collections(rq.db, published=True))
    ]


def _collection(rq: Rq) -> CollectionReply:
    found: CollectionView = collections.collection_by_slug(rq.db, rq.path("slug"))
    cases = holdings.cases(rq.db, [item.case_id for item in found.items])
    if not cases:
        raise NotFound
    return CollectionReply(
        slug=found.slug,
        title=found.title,
        audience=found.audience,
        introduction_html=found.introduction_html,
        published_at=found.published_at,
        cases=[
            CollectionCase(
                id=item.case_id,
                title=cases[item.case_id].version.title,
                unit=cases[item.case_id].version.unit_name,
                note=item.note,
                url=rq.absolute(f"/library/{item.case_id}"),
            )
            for item in found.items
            if item.case_id in cases
        ],
    )


def _placements(rq: Rq) -> PlacementPage:
    require(may_curate(rq.actor))
    readers = rq.query("readers")
    if readers and readers not in (*Audience, OFF):
        raise Invalid([FieldError("readers", _("请从列出的选项中选择"))])
    page = rq.query("page")
    wanted = Wanted(text=rq.query("q")[:100], readers=readers, call_id=rq.query("call")[:20])
    found = desk.desk(rq.db, wanted, int(page[:6]) if page.isascii() and page.isdecimal() else 1)
    return PlacementPage(
        total=len(found.ids), page=found.page, pages=found.pages, cases=[_reply(each) for each in found.rows]
    )


def _reply(case: DeskCase) -> PlacementReply:
    standing = case.standing
    return PlacementReply(
        case_id=case.id,
        title=case.title,
        unit=case.unit,
        readers=standing.audience.value if standing.audience else OFF,
        usual=standing.usual,
        decided=standing.placement is not None,
        reason=standing.placement.reason if standing.placement else "",
        topics=[each.label for each in case.topics],
    )


def _place(rq: Rq, body: PlacementBody) -> PlacementReply:
    actor, case_id = rq.actor, rq.path("case")
    if body.readers == "off":
        placements.take_off(rq.db, actor=actor, now=rq.now, case_ids=[case_id], reason=body.reason)
    elif body.readers == "back":
        placements.put_back(rq.db, actor=actor, now=rq.now, case_ids=[case_id], reason=body.reason)
    else:
        audience = None if body.readers == "usual" else Audience(body.readers)
        placements.place_cases(
            rq.db, actor=actor, now=rq.now, case_ids=[case_id], audience=audience, reason=body.reason
        )
    return _reply(desk.case(rq.db, case_id))


def _topics(rq: Rq, case_id: str) -> list[CaseTopicReply]:
    found = topics_of_cases(rq.db, [case_id]).get(case_id, ())
    return [CaseTopicReply.model_validate({"label": each.label, "state": each.state.value}) for each in found]


def _correct(rq: Rq, body: CaseTopicsBody) -> list[CaseTopicReply]:
    case_id = rq.path("case")
    topic_service.correct_topics(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        case_id=case_id,
        accepted=body.accepted,
        removed=body.removed,
    )
    return _topics(rq, case_id)
