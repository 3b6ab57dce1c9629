"""The library's pages: search, a case, its photos, suggestions. Open to everybody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session
from starlette.responses import Response
from starlette.routing import BaseRoute

from foundation.text import Text, _
from foundation.web import Rq, disposition, get, with_query
from judging.queries.honours import commendation_of
from search import library
from search.analysis import is_han
from search.asking import asked
from search.library import Library, Shelved
from search.values import HAS_PHOTOS, Facet, Sort
from submissions.pages.showing import body_shown

WordCopy = Callable[[Session, Shelved], bytes]
"""A Word file of one case; given by whoever can write one."""

FOLDED_VALUES = 8
"""Values of a facet that are shown at once; the others behind "more"."""
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_FACET_NAMES: dict[str, Text] = {
    "year": _("年份"),
    "call": _("征集活动"),
    "category": _("类别"),
    "prize": _("奖项"),
    "unit": _("单位"),
    "extras": _("内容"),
}
_SORT_NAMES: dict[Sort, Text] = {
    Sort.RELEVANCE: _("相关度"),
    Sort.NEWEST: _("最新"),
    Sort.PRIZE: _("奖项"),
}
_NEWEST_OR_PRIZE = {Sort.RELEVANCE: _SORT_NAMES[Sort.NEWEST], Sort.PRIZE: _SORT_NAMES[Sort.PRIZE]}
"""Without a question nothing is more relevant than something else: the newest come first."""


def routes(shelf: Library, word_copy: WordCopy | None = None) -> list[BaseRoute]:
    """The pages. `word_copy` makes the download of a case possible."""
    found: list[BaseRoute] = [
        get("/library", lambda rq: _search(rq, shelf)),
        get("/library/suggestions", lambda rq: _suggestions(rq, shelf)),
        get("/library/{case}", lambda rq: _case(rq, shelf, downloads=word_copy is not None)),
        get("/library/{case}/photos/{photo}", _photo),
    ]
    if word_copy is not None:
        found.append(get("/library/{case}/word", lambda rq: _word(rq, word_copy)))
    return found


def _search(rq: Rq, shelf: Library) -> Response:
    question = asked(rq)
    results = shelf.find(
        rq.db, question.text, filters=question.filters, sort=question.sort, number=question.page
    )
    question = replace(question, page=results.number)
    poor = results.ready and not results.page.complete
    response = rq.render(
        "search/_results.html" if rq.is_htmx else "search/library.html",
        asked=question,
        results=results,
        help=shelf.rescue(rq.db, results, question.filters) if poor else None,
        facet_names=_FACET_NAMES,
        sort_names=_NEWEST_OR_PRIZE if results.query.empty else _SORT_NAMES,
        value_label=_value_label,
        chosen=[(facet, value) for facet in results.page.facets for value in facet.values if value.chosen],
        folded_values=FOLDED_VALUES,
        few=_few,
    )
    if rq.is_htmx:
        response.headers["HX-Replace-Url"] = question.address
    response.headers["Vary"] = "HX-Request, Cookie, Accept-Language"
    return response


def _few(facet: Facet) -> bool:
    """Whether a facet is of no use: nothing to choose between and nothing chosen."""
    return len(facet.values) < (1 if facet.name == "extras" else 2) and not any(
        v.chosen for v in facet.values
    )


def _value_label(name: str, label: str) -> Text | str:
    if name == "extras" and label == HAS_PHOTOS:
        return _("有照片")
    return label


def _suggestions(rq: Rq, shelf: Library) -> Response:
    return rq.render(
        "search/_suggestions.html", suggestions=shelf.suggest(rq.db, rq.query("q")), with_query=with_query
    )


def _case(rq: Rq, shelf: Library, *, downloads: bool) -> Response:
    case = library.case(rq.db, rq.path("case"))
    files = f"/library/{case.id}/photos"
    address = rq.absolute(f"/library/{case.id}")
    return rq.render(
        "search/case.html",
        case=case,
        body=body_shown(library.anchored(case.version.body_html), files),
        contents=library.contents(case.version.body_html),
        photos=library.loose_photos(case),
        files=files,
        related=shelf.related(rq.db, case),
        commendation=commendation_of(rq.db, case.id),
        citation=library.citation(case, address, rq.now.astimezone(ZoneInfo(case.call.timezone))),
        address=address,
        downloads=downloads,
        language="zh-CN" if any(map(is_han, case.version.title)) else "en",
        back=_back(rq),
    )


def _back(rq: Rq) -> str:
    """The search that led here, when it was one of this site."""
    before = rq.request.headers.get("referer", "")
    own = rq.absolute("/library?")
    return "/library?" + before.removeprefix(own) if before.startswith(own) else "/library"


def _photo(rq: Rq) -> Response:
    found = library.photo(rq.db, rq.path("case"), rq.path("photo"))
    return rq.send_file(
        found.sha256, name=found.name, media_type=found.media_type, size=found.size, inline=True
    )


def _word(rq: Rq, word_copy: WordCopy) -> Response:
    case = library.case(rq.db, rq.path("case"))
    return _attachment(word_copy(rq.db, case), f"{case.version.title}.docx")


def _attachment(content: bytes, name: str) -> Response:
    return Response(content, media_type=WORD_TYPE, headers={"Content-Disposition": disposition(name)})
