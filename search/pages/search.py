"""The library's search and its suggestions. Open to everybody."""

from __future__ import annotations

from dataclasses import replace

from starlette.responses import Response
from starlette.routing import BaseRoute

from foundation.text import Text, _
from foundation.web import Rq, get, with_query
from search.asking import asked
from search.library import Library
from search.values import HAS_PHOTOS, Facet, Sort

FOLDED_VALUES = 8
"""Values of a facet that are shown at once; the others behind "more"."""

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


def routes(shelf: Library) -> list[BaseRoute]:
    return [
        get("/library", lambda rq: _search(rq, shelf)),
        get("/library/suggestions", lambda rq: _suggestions(rq, shelf)),
    ]


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
