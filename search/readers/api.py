"""Saved searches, reading lists and figures of use through the JSON API."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from pydantic import BaseModel, Field

from foundation.api import Operation
from foundation.permission import require
from foundation.web import Rq
from search.readers.forms.lists import ListForm, PutForm
from search.readers.forms.searches import ChangeSearchForm, SaveSearchForm
from search.readers.policy.usage import may_see_usage
from search.readers.queries.lists import my_lists, reading_list
from search.readers.queries.searches import saved_search, saved_searches
from search.readers.queries.usage import case_uses
from search.readers.service import lists, searches
from search.readers.values.lists import ReadingListView
from search.readers.values.searches import Rhythm, SavedSearchView

_TAG = "library"


class SavedSearchReply(BaseModel):
    id: str
    name: str
    query: str = Field(description="The query part of the search's address")
    rhythm: Rhythm
    new: int = Field(description="Cases that came up since the search was last opened")
    url: str


class ListLine(BaseModel):
    id: str
    name: str
    cases: int
    shared: bool
    changed_at: datetime
    url: str


class ListCase(BaseModel):
    case_id: str
    title: str
    unit: str
    note: str
    url: str


class ListReply(BaseModel):
    """A list with its cases in order, without those that the caller may not read."""

    id: str
    name: str
    shared_url: str = Field(description="Empty while the list is not shared")
    cases: list[ListCase]


class UsageLine(BaseModel):
    case_id: str
    views: int
    downloads: int
    saves: int
    packs: int
    sessions: int


def operations() -> list[Operation]:
    return [
        Operation(
            "GET",
            "/library/searches",
            _searches,
            summary="My saved searches",
            tag=_TAG,
            reply=SavedSearchReply,
            many=True,
        ),
        Operation(
            "POST",
            "/library/searches",
            _save,
            summary="Save a search",
            tag=_TAG,
            body=SaveSearchForm,
            reply=SavedSearchReply,
            status=201,
        ),
        Operation(
            "PATCH",
            "/library/searches/{search}",
            _change,
            summary="Name a saved search, choose its letters",
            tag=_TAG,
            body=ChangeSearchForm,
            reply=SavedSearchReply,
        ),
        Operation(
            "DELETE",
            "/library/searches/{search}",
            _forget,
            summary="Forget a saved search",
            tag=_TAG,
            status=204,
        ),
        Operation(
            "GET", "/library/lists", _lists, summary="My reading lists", tag=_TAG, reply=ListLine, many=True
        ),
        Operation(
            "POST",
            "/library/lists",
            _create,
            summary="Make a reading list",
            tag=_TAG,
            body=ListForm,
            reply=ListReply,
            status=201,
        ),
        Operation(
            "GET", "/library/lists/{list}", _list, summary="One reading list", tag=_TAG, reply=ListReply
        ),
        Operation(
            "DELETE", "/library/lists/{list}", _delete, summary="Delete a reading list", tag=_TAG, status=204
        ),
        Operation(
            "POST",
            "/library/lists/{list}/cases",
            _put,
            summary="Put a case into a list",
            tag=_TAG,
            body=PutForm,
            reply=ListReply,
        ),
        Operation(
            "DELETE",
            "/library/lists/{list}/cases/{case}",
            _take_out,
            summary="Take a case out of a list",
            tag=_TAG,
            status=204,
        ),
        Operation(
            "GET",
            "/library/usage",
            _usage,
            summary="How often cases are used: all, or those of one's unit",
            tag=_TAG,
            reply=UsageLine,
            many=True,
            query={"days": "Of the last days; without it: of all time"},
        ),
    ]


def _searches(rq: Rq, _body: None) -> list[SavedSearchReply]:
    return [_search_reply(rq, each) for each in saved_searches(rq.db, rq.actor.user_id)]


def _save(rq: Rq, form: SaveSearchForm) -> SavedSearchReply:
    search_id = searches.save_search(
        rq.db, actor=rq.actor, now=rq.now, name=form.name, query=form.query, rhythm=form.rhythm
    )
    return _search_reply(rq, saved_search(rq.db, search_id))


def _change(rq: Rq, form: ChangeSearchForm) -> SavedSearchReply:
    search_id = rq.path("search")
    searches.change_search(
        rq.db, actor=rq.actor, now=rq.now, search_id=search_id, name=form.name, rhythm=form.rhythm
    )
    return _search_reply(rq, saved_search(rq.db, search_id))


def _forget(rq: Rq, _body: None) -> None:
    searches.forget_search(rq.db, actor=rq.actor, search_id=rq.path("search"))


def _lists(rq: Rq, _body: None) -> list[ListLine]:
    return [
        ListLine(
            id=each.id,
            name=each.name,
            cases=each.count,
            shared=each.token is not None,
            changed_at=each.changed_at,
            url=rq.absolute(f"/library/lists/{each.id}"),
        )
        for each in my_lists(rq.db, rq.actor.user_id)
    ]


def _create(rq: Rq, form: ListForm) -> ListReply:
    list_id = lists.create_list(rq.db, actor=rq.actor, now=rq.now, name=form.name)
    return _list_reply(rq, reading_list(rq.db, list_id))


def _list(rq: Rq, _body: None) -> ListReply:
    return _list_reply(rq, reading_list(rq.db, rq.path("list")))


def _delete(rq: Rq, _body: None) -> None:
    lists.delete_list(rq.db, actor=rq.actor, list_id=rq.path("list"))


def _put(rq: Rq, form: PutForm) -> ListReply:
    lists.put(rq.db, actor=rq.actor, now=rq.now, list_id=rq.path("list"), case_ids=[form.case_id])
    return _list_reply(rq, reading_list(rq.db, rq.path("list")))


def _take_out(rq: Rq, _body: None) -> None:
    lists.take_out(rq.db, actor=rq.actor, now=rq.now, list_id=rq.path("list"), case_id=rq.path("case"))


def _usage(rq: Rq, _body: None) -> list[UsageLine]:
    require(may_see_usage(rq.actor))
    return [
        UsageLine(
            case_id=each.case_id,
            views=each.uses.views,
            downloads=each.uses.downloads,
            saves=each.uses.saves,
            packs=each.uses.packs,
            sessions=each.uses.sessions,
        )
        for each in case_uses(rq.db, since=_since(rq))
    ]


def _since(rq: Rq) -> date | None:
    days = rq.query("days")
    if not (days.isascii() and days.isdecimal() and len(days) < 5):
        return None
    return rq.now.date() - timedelta(days=int(days))


def _search_reply(rq: Rq, search: SavedSearchView) -> SavedSearchReply:
    return SavedSearchReply(
        id=search.id,
        name=search.name,
        query=search.query,
        rhythm=search.rhythm,
        new=search.new,
        url=rq.absolute(search.address),
    )


def _list_reply(rq: Rq, found: ReadingListView) -> ListReply:
    return ListReply(
        id=found.head.id,
        name=found.head.name,
        shared_url=rq.absolute(found.head.shared_path) if found.head.token else "",
        cases=[
            ListCase(
                case_id=each.case.id,
                title=each.case.version.title,
                unit=each.case.version.unit_name,
                note=each.note,
                url=rq.absolute(f"/library/{each.case.id}"),
            )
            for each in found.entries
        ],
    )
