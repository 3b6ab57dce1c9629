"""The library's search and its suggestions. Open to everybody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from starlette.responses import Response
from starlette.routing import BaseRoute

from foundation.text import Text, _
from foundation.web import Rq, get, with_query
from search.asking import Asked, asked
from search.curation.pages.synonyms import Tried
from search.curation.policy.curating import may_curate
from search.explaining import Nearness, Where
from search.holdings import Shelved
from search.library import Library, Results
from search.pages.collections import front
from search.relief import LeftOut, Looser
from search.slots import Filled, Place, Slot
from search.values import HAS_EVIDENCE, HAS_PACK, HAS_PHOTOS, Facet, Sort

FOLDED_VALUES = 6
"""Values of a facet that are shown at once; the others behind "more"."""
OPEN_FACETS = ("year", "prize", "category", "topic")
"""Facets that are open at first; the others show their names."""

FACET_NAMES: dict[str, Text] = {
    "year": _("年份"),
    "call": _("征集活动"),
    "prize": _("奖项"),
    "category": _("类别"),
    "region": _("地区"),
    "unit": _("单位"),
    "topic": _("主题"),
    "length": _("篇幅"),
    "extras": _("内容"),
}
_VALUE_LABELS: dict[tuple[str, str], Text] = {
    ("extras", HAS_PHOTOS): _("有照片"),
    ("extras", HAS_EVIDENCE): _("有证明材料"),
    ("extras", HAS_PACK): _("有教学包"),
    ("length", "under-1500"): _("1500 字以内"),
    ("length", "1500-3000"): _("1500—3000 字"),
    ("length", "3000-5000"): _("3000—5000 字"),
    ("length", "over-5000"): _("5000 字以上"),
}
_SORT_NAMES: dict[Sort, Text] = {
    Sort.RELEVANCE: _("相关度"),
    Sort.NEWEST: _("最新"),
    Sort.PRIZE: _("奖项"),
    Sort.MOST_USED: _("使用最多"),
}
WHERE_NAMES: dict[Where, Text] = {
    Where.TITLE: _("标题"),
    Where.SUMMARY: _("摘要"),
    Where.HEADING: _("小标题"),
    Where.BODY: _("正文"),
    Where.UNIT: _("单位"),
    Where.TOPIC: _("主题"),
    Where.CATEGORY: _("类别"),
}
NEARNESS: dict[Nearness, Text] = {
    Nearness.TOGETHER: _("这些词连在一起出现"),
    Nearness.SENTENCE: _("这些词出现在同一句话里"),
    Nearness.NEAR: _("这些词出现在相邻的句子里"),
    Nearness.APART: _("这些词分散在不同的地方"),
}


def routes(shelf: Library, slots: Iterable[Slot] = ()) -> list[BaseRoute]:
    """`slots` of Place.HIT are shown with each hit."""
    on_hits = tuple(slot for slot in slots if slot.place is Place.HIT)
    return [
        get("/library", lambda rq: _search(rq, shelf, on_hits)),
        get("/library/suggestions", lambda rq: _suggestions(rq, shelf)),
    ]


def _search(rq: Rq, shelf: Library, slots: tuple[Slot, ...]) -> Response:
    question = asked(rq)
    results = shelf.find(
        rq.db,
        question.text,
        filters=question.filters,
        sort=question.sort,
        number=question.page,
        exact=question.exact,
    )
    question = replace(question, page=results.number)
    poor = results.ready and not results.page.complete
    response = rq.render(
        "search/_results.html" if rq.is_htmx else "search/library.html",
        asked=question,
        results=results,
        help=shelf.rescue(rq.db, results, question.filters) if poor else None,
        facet_names=FACET_NAMES,
        where_names=WHERE_NAMES,
        nearness_names=NEARNESS,
        sort_names=_sorts(results, shelf),
        value_label=value_label,
        chosen=[(facet, value) for facet in results.page.facets for value in facet.values if value.chosen],
        folded_values=FOLDED_VALUES,
        open_facets=OPEN_FACETS,
        few=_few,
        looser_label=lambda each: _looser_label(results, each),
        looser_address=lambda each: _looser_address(question, each),
        hit_slots=lambda case: _filled(slots, rq, case),
        collections=() if rq.is_htmx else front(rq.db),
        curates=rq.actor.signed_in and may_curate(rq.actor) is None,
    )
    if rq.is_htmx:
        response.headers["HX-Replace-Url"] = question.address
    response.headers["Vary"] = "HX-Request, Cookie, Accept-Language"
    return response


def _sorts(results: Results, shelf: Library) -> dict[Sort, Text]:
    """Without a question nothing is more relevant than something else: the newest come first."""
    names = {
        sort: name for sort, name in _SORT_NAMES.items() if sort is not Sort.MOST_USED or shelf.counts_uses
    }
    if results.query.empty:
        names[Sort.RELEVANCE] = names.pop(Sort.NEWEST)
        names = {sort: names[sort] for sort in Sort if sort in names}
    return names


def _few(facet: Facet) -> bool:
    """Whether a facet is of no use: nothing to choose between and nothing chosen."""
    least = 1 if facet.name in ("extras", "topic") else 2
    return len(facet.values) < least and not any(value.chosen for value in facet.values)


def value_label(name: str, label: str) -> Text | str:
    """A value of a facet in words."""
    return _VALUE_LABELS.get((name, label), label)


def _looser_label(results: Results, each: Looser) -> Text:
    """What a looser question leaves out."""
    if each.kind is LeftOut.FILTERS:
        return _("去掉所有筛选条件")
    if each.kind is LeftOut.WORD:
        return _("去掉“%(word)s”", word=each.value)
    labels = {
        value.value: value.label
        for facet in results.page.facets
        if facet.name == each.name
        for value in facet.values
    }
    label = value_label(each.name, labels.get(each.value, each.value))
    return _("去掉条件“%(facet)s：%(label)s”", facet=FACET_NAMES[each.name], label=label)


def _looser_address(question: Asked, each: Looser) -> str:
    text = each.query.text if each.kind is LeftOut.WORD else None
    return question.with_(text=text, filters=each.filters, page=1)


def _filled(slots: tuple[Slot, ...], rq: Rq, case: Shelved) -> list[Filled]:
    loaded = ((slot, slot.load(rq, case)) for slot in slots)
    return [Filled(slot.template, content) for slot, content in loaded if content is not None]


def _suggestions(rq: Rq, shelf: Library) -> Response:
    return rq.render(
        "search/_suggestions.html", suggestions=shelf.suggest(rq.db, rq.query("q")), with_query=with_query
    )


def try_out(shelf: Library, rq: Rq, text: str) -> Tried:
    """What the list of synonyms does to a question."""
    reading, plain = shelf.read(rq.db, text), shelf.read(rq.db, text, exact=True)
    return Tried(
        text=text,
        found=shelf.count(rq.db, reading),
        without=shelf.count(rq.db, plain),
        others=[(group.word, group.others) for group in reading.synonyms],
    )
