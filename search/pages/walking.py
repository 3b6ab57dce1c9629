"""Reading on: the search that led to a case, and the hits before and after it."""

from __future__ import annotations

from dataclasses import dataclass

from foundation.web import Rq, with_query
from search.asking import Asked, asked_in
from search.library import Library

PARAMETER = "in"
"""Carries the search from case to case: the query part of its address."""


@dataclass(frozen=True, slots=True)
class Walk:
    """Addresses of the search and of the cases around this one, "" where there is none; its place from 1."""

    back: str
    before: str = ""
    after: str = ""
    place: int = 0
    total: int = 0
    question: str = ""


def walk(rq: Rq, shelf: Library, case_id: str) -> Walk:
    """The way through the search that led here: named by the address, else by the page one came from."""
    query = rq.query(PARAMETER) or _came_from(rq)
    if not query:
        return Walk("/library")
    question = asked_in(query)
    found = shelf.beside(
        rq.db,
        case_id,
        question.text,
        filters=question.filters,
        sort=question.sort,
        number=question.page,
    )
    back = question.with_()
    if found is None:
        return Walk(back)
    return Walk(
        back=back,
        before=_address(question, found.before),
        after=_address(question, found.after),
        place=found.place,
        total=found.total,
        question=question.text,
    )


def _address(question: Asked, at: tuple[str, int] | None) -> str:
    if at is None:
        return ""
    case_id, page = at
    _path, _mark, query = question.with_(page=page).partition("?")
    return with_query(f"/library/{case_id}", **{PARAMETER: query or "page=1"})


def _came_from(rq: Rq) -> str:
    """The query of the search page that was left for this one, when it was one of this site."""
    before = rq.request.headers.get("referer", "")
    page, _mark, query = before.partition("?")
    if page != rq.absolute("/library"):
        return ""
    return query or "page=1"
