"""The library through the JSON API."""

from __future__ import annotations

from html import escape

from foundation.api import Operation
from foundation.web import Rq
from search import forms, library
from search.asking import asked
from search.highlight import Marked
from search.library import Card, Library, Shelved


def operations(shelf: Library) -> list[Operation]:
    """Search, one case, suggestions; open to everybody."""
    return [
        Operation(
            "GET",
            "/library",
            lambda rq, _body: _search(rq, shelf),
            summary="Search the library of awarded cases",
            tag="library",
            reply=forms.SearchAnswer,
            public=True,
            query={
                "q": "Question: words, “phrases”, +must, -not, OR, 单位: 年份:2024..2026 奖项: 类别: 标题:",
                "sort": "relevance, newest or prize",
                "page": "Page, from 1",
                "year": "Filter; may be repeated, like the filters below",
                "call": "Id of a call",
                "category": "Name of a category",
                "prize": "Name of a prize",
                "unit": "Id of a unit",
                "extras": "photos: only cases with photos",
            },
        ),
        Operation(
            "GET",
            "/library/suggestions",
            lambda rq, _body: [
                forms.SuggestionReply(text=each.text, kind=each.kind, case_id=each.case_id)
                for each in shelf.suggest(rq.db, rq.query("q"))
            ],
            summary="Suggestions for a half-typed question, also by pinyin and initials",
            tag="library",
            reply=forms.SuggestionReply,
            many=True,
            public=True,
            query={"q": "What has been typed so far"},
        ),
        Operation(
            "GET",
            "/library/{case}",
            lambda rq, _body: _case(rq),
            summary="One case of the library",
            tag="library",
            reply=forms.LibraryCase,
            public=True,
        ),
    ]


def _search(rq: Rq, shelf: Library) -> forms.SearchAnswer:
    question = asked(rq)
    results = shelf.find(
        rq.db, question.text, filters=question.filters, sort=question.sort, number=question.page
    )
    facets = [
        forms.FacetCounts(
            name=facet.name,
            values=[
                forms.FacetCount(value=v.value, label=v.label, count=v.count, chosen=v.chosen)
                for v in facet.values
            ],
        )
        for facet in results.page.facets
    ]
    return forms.SearchAnswer(
        query=results.query.text,
        total=results.page.total,
        complete=results.page.complete,
        page=results.number,
        pages=results.pages,
        hits=[_hit(rq, card) for card in results.cards],
        facets=facets,
    )


def _hit(rq: Rq, card: Card) -> forms.CaseHit:
    case = card.case
    return forms.CaseHit(
        id=case.id,
        title=case.version.title,
        unit=case.version.unit_name,
        call=case.call.title,
        year=case.call.year,
        category=case.category,
        prize=case.award.prize_name,
        word_count=case.version.word_count,
        granted_at=case.award.granted_at,
        complete=card.complete,
        snippets=[_html(snippet) for snippet in card.snippets],
        url=rq.absolute(f"/library/{case.id}"),
    )


def _html(snippet: Marked) -> str:
    return "".join(f"<mark>{escape(p.text)}</mark>" if p.marked else escape(p.text) for p in snippet)


def _case(rq: Rq) -> forms.LibraryCase:
    case: Shelved = library.case(rq.db, rq.path("case"))
    version = case.version
    address = rq.absolute(f"/library/{case.id}")
    return forms.LibraryCase(
        id=case.id,
        version_id=version.id,
        number=version.number,
        title=version.title,
        summary=version.summary,
        body_html=version.body_html,
        unit=version.unit_name,
        call=case.call.title,
        year=case.call.year,
        category=case.category,
        prize=case.award.prize_name,
        word_count=version.word_count,
        source_line=version.source_line,
        signoff_line=version.signoff_line,
        granted_at=case.award.granted_at,
        content_hash=version.content_hash,
        photos=[
            forms.PhotoReply(
                id=photo.id,
                caption=photo.caption,
                width=photo.width,
                height=photo.height,
                url=f"{address}/photos/{photo.id}",
            )
            for photo in case.photos
        ],
        citation=library.citation(case, address, rq.now),
        url=address,
    )
