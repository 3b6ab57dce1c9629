"""The page on which a pack is built; the cases found for it and what they offer to quote."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.responses import Response
from starlette.routing import BaseRoute

from foundation.permission import require
from foundation.web import Rq, get
from search import holdings
from search.library import Library
from search.teaching.packs import codec, policy
from search.teaching.packs.pages.showing import NAMES, opened, teacher
from search.teaching.packs.papers import kept_back, title_of
from search.teaching.packs.rules.limits import LINE_HIGHEST, TITLE_HIGHEST
from search.teaching.packs.rules.proposing import COLUMNS, SUMMARY, quotation
from search.teaching.packs.rules.sections import Section, sections
from search.values import Sort

FOUND = 8
"""Cases shown for a search inside the page."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A section of a case with what its heading says it is about; `quotes` pairs each sentence with the words
    that quote it."""

    section: Section
    about: str
    quotes: tuple[tuple[str, str], ...]


def routes(shelf: Library) -> list[BaseRoute]:
    return [
        get("/teaching/packs/find", lambda rq: _find(rq, shelf)),
        get("/teaching/packs/material/{case}", _material),
        get("/teaching/packs/{pack}/edit", _edit),
    ]


def _edit(rq: Rq) -> Response:
    shown = opened(rq)
    require(policy.may_change(rq.actor, owner_id=shown.pack.owner_id))
    return rq.render(
        "teaching/pack_edit.html",
        shown=shown,
        title=title_of(shown),
        data={
            "revision": shown.pack.revision,
            "content": codec.to_json(shown.content),
            "cases": {
                case.id: {
                    "title": case.version.title,
                    "about": f"{case.version.unit_name} · {case.call.year} · {case.award.prize_name}",
                }
                for case in shown.cases.values()
            },
        },
        kept_back=kept_back(shown.missing) if shown.missing else None,
        line_limit=LINE_HIGHEST,
        title_limit=TITLE_HIGHEST,
        names=NAMES,
    )


def _find(rq: Rq, shelf: Library) -> Response:
    teacher(rq)
    results = shelf.find(rq.db, rq.query("q"), filters={}, sort=Sort.RELEVANCE)
    return rq.render("teaching/_pack_found.html", cards=results.cards[:FOUND], query=rq.query("q"))


def _material(rq: Rq) -> Response:
    """What a case offers: its sections to be read, its sentences to be quoted."""
    teacher(rq)
    case = holdings.case(rq.db, rq.path("case"))
    offers = [
        Offer(each, COLUMNS[each.kind], tuple((one, quotation(one, each.heading)) for one in each.sentences))
        for each in sections(case.version.body_html)
    ]
    summary = case.version.summary
    return rq.render(
        "teaching/_pack_material.html",
        case=case,
        offers=offers,
        summary=(summary, quotation(summary, SUMMARY)) if summary else None,
    )
