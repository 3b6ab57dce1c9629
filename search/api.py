"""The library through the JSON API."""

from __future__ import annotations

from html import escape

from foundation.api import Operation
from foundation.web import Rq
from search import curated_api, forms, holdings
from search.asking import asked
from search.curation import api as curation
from search.explaining import Explanation
from search.harvest.citation import gbt7714, reference
from search.highlight import Marked
from search.holdings import Shelved
from search.library import Card, Help, Library
from search.readers import api as readers
from search.teaching.packs import api as packs
from search.teaching.sessions import api as sessions
from search.values import EXTRAS, LENGTHS
from submissions.rules.releasing import claims_behind


def operations(shelf: Library) -> list[Operation]:
    """Search, one case, suggestions, open to everybody; and what looks after the library."""
    return [
        *curation.operations(),
        *curated_api.operations(),
        *readers.operations(),
        *packs.operations(),
        *sessions.operations(),
        Operation(
            "GET",
            "/library",
            lambda rq, _body: _search(rq, shelf),
            summary="Search the library of awarded cases",
            tag="library",
            reply=forms.SearchAnswer,
            public=True,
            query={
                "q": "Question: words, pinyin, “phrases”, +must, -not, OR, unit: year:2024..2026 prize: "
                "category: title: call: region: topic: words:1500..3000 has:photos (also 单位: ...)",
                "sort": "relevance, newest, prize or most_used",
                "page": "Page, from 1",
                "exact": "1: only what was typed, without synonyms and pinyin",
                "year": "Filter; may be repeated, like the filters below",
                "call": "Id of a call",
                "prize": "Name of a prize",
                "category": "Name of a category",
                "region": "Id of a region",
                "unit": "Id of a unit",
                "topic": "A topic",
                "length": ", ".join(LENGTHS),
                "extras": ", ".join(EXTRAS),
            },
        ),
        Operation(
            "GET",
            "/library/suggestions",
            lambda rq, _body: [
                forms.SuggestionReply(
                    text=each.text, kind=each.kind, case_id=each.case_id, address=each.address
                )
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
        rq.db,
        question.text,
        filters=question.filters,
        sort=question.sort,
        number=question.page,
        exact=question.exact,
    )
    poor = results.ready and not results.page.complete
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
        query=results.reading.typed,
        searched=results.query.text,
        synonyms={group.word: list(group.others) for group in results.reading.synonyms},
        total=results.page.total,
        complete=results.page.complete,
        page=results.number,
        pages=results.pages,
        hits=[_hit(rq, card) for card in results.cards],
        facets=facets,
        help=_help(shelf.rescue(rq.db, results, question.filters)) if poor else None,
    )


def _help(found: Help) -> forms.HelpReply:
    return forms.HelpReply(
        did_you_mean=found.correction,
        did_you_mean_total=found.corrected,
        looser=[
            forms.LooserReply(
                leaves_out=each.kind.value,
                facet=each.name,
                value=each.value,
                q=each.query.text,
                total=each.total,
            )
            for each in found.looser
        ],
        topics=list(found.topics),
        newest=[card.case.id for card in found.newest],
    )


def _why(why: Explanation) -> forms.WhyReply:
    return forms.WhyReply(
        found=[
            forms.FoundReply(
                word=each.word,
                spelling=each.spelling,
                times={where.value: times for where, times in each.times.items()},
            )
            for each in why.found
        ],
        missing=list(why.missing),
        nearness=why.nearness.value if why.nearness else "",
        prize_percent=why.prize,
        recency_percent=why.recency,
        score=round(why.score, 4),
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
        topics=list(card.topics),
        why=_why(card.why) if card.why else None,
        url=rq.absolute(f"/library/{case.id}"),
    )


def _html(snippet: Marked) -> str:
    return "".join(f"<mark>{escape(p.text)}</mark>" if p.marked else escape(p.text) for p in snippet)


def _case(rq: Rq) -> forms.LibraryCase:
    case: Shelved = holdings.case(rq.db, rq.path("case"))
    version = case.version
    address = rq.absolute(f"/library/{case.id}")
    cited = reference(case, url=address, publisher=rq.edge.site_name, now=rq.now)
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
        evidence=[
            forms.EvidenceReply(
                id=each.id,
                name=each.name,
                caption=each.caption,
                size=each.size,
                claims=[claim.quote for claim in claims_behind(version, each.id)],
                url=f"{address}/evidence/{each.id}",
            )
            for each in case.evidence
        ],
        recommended_by=list(holdings.recommended_by(rq.db, case)),
        authors=[each.name for each in version.authors],
        language=cited.language,
        citation=gbt7714(cited),
        citation_files={form: f"{address}/citation.{form}" for form in ("bib", "ris", "json")},
        short_url=rq.absolute(case.short_path),
        url=address,
    )
