"""A case of the library as it is read. Open to whoever may read the case; to others there is no such page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup
from starlette.responses import Response
from starlette.routing import BaseRoute

from foundation import qr
from foundation.audience import Audience
from foundation.web import Rq, get
from judging.queries.honours import commendation_of
from search import holdings, typeset
from search.harvest import citation
from search.holdings import Shelved
from search.kinship import shared_phrases
from search.library import Alike, Library
from search.pages import case_files, metadata
from search.pages.case_files import Copies
from search.pages.walking import walk
from search.slots import Slot, filled
from submissions.rules.releasing import claims_behind
from submissions.values import AttachmentView, Claim


@dataclass(frozen=True, slots=True)
class Evidence:
    """A released file with the claims of the text that it stands behind."""

    file: AttachmentView
    claims: tuple[Claim, ...]

    @property
    def ending(self) -> str:
        """ "PDF", "XLSX": what kind of file it is, as people say it."""
        _stem, dot, ending = self.file.name.rpartition(".")
        return ending.upper() if dot else ""


@dataclass(frozen=True, slots=True)
class Related:
    """A case like this one and what both dwell on."""

    case: Shelved
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Company:
    """Where to read on from a case."""

    related: tuple[Related, ...]
    unit: Alike
    call: Alike


def routes(shelf: Library, copies: Copies, slots: Sequence[Slot] = ()) -> list[BaseRoute]:
    """The page and what can be taken along from it."""
    return [
        *case_files.routes(copies),
        get("/library/{case}", lambda rq: _page(rq, shelf, copies, slots)),
    ]


def _page(rq: Rq, shelf: Library, copies: Copies, slots: Sequence[Slot]) -> Response:
    case = holdings.case(rq.db, rq.path("case"))
    version, files = case.version, f"/library/{case.id}/photos"
    cited = case_files.reference(rq, case)
    loose = holdings.loose_photos(case)
    lead = typeset.lead_photo(version.body_html, loose)
    pictures = [
        rq.absolute(f"{files}/{photo.id}") for photo in sorted(case.photos, key=lambda each: each is not lead)
    ]
    call_url = rq.absolute(f"/calls/{case.call.slug}")
    short = rq.absolute(case.short_path)
    response = rq.render(
        "search/case.html",
        case=case,
        cited=cited,
        gbt7714=citation.gbt7714(cited),
        citations=_citations(cited),
        named_tags=[pair for pair in metadata.named_tags(case, cited, call_url=call_url) if pair[1]],
        shared_tags=[pair for pair in metadata.shared_tags(case, cited, next(iter(pictures), "")) if pair[1]],
        structured=metadata.structured(case, cited, call_url=call_url, pictures=pictures),
        body=typeset.set_body(version.body_html, case.photos, files),
        contents=typeset.contents(version.body_html),
        minutes=typeset.minutes(version.word_count, cited.language),
        lead=lead,
        photos=[photo for photo in loose if photo is not lead],
        files=files,
        evidence=[Evidence(each, claims_behind(version, each.id)) for each in case.evidence],
        commendation=commendation_of(rq.db, case.id),
        recommended_by=holdings.recommended_by(rq.db, case),
        company=_company(rq, shelf, case),
        walk=walk(rq, shelf, case.id),
        address=cited.url,
        short=short,
        code=_code(short),
        copies=copies,
        zip_offered=case_files.zip_offered(case),
        is_public=case.audience is Audience.PUBLIC,
        slots=filled(slots, rq, case),
    )
    response.headers["Vary"] = "Cookie, Accept-Language, Referer"
    return response


@lru_cache(maxsize=512)
def _code(address: str) -> Markup:
    return qr.svg(address)


def _citations(cited: citation.Reference) -> list[tuple[str, str, str]]:
    """Name, ending and text of each form that programs read."""
    return [
        ("BibTeX", "bib", citation.bibtex(cited)),
        ("RIS", "ris", citation.ris(cited)),
        ("CSL-JSON", "json", citation.csl_json(cited)),
    ]


def _company(rq: Rq, shelf: Library, case: Shelved) -> Company:
    onward = shelf.onward(rq.db, case)
    return Company(
        related=tuple(
            Related(other, shared_phrases(case.version, other.version)) for other in onward.related
        ),
        unit=onward.unit,
        call=onward.call,
    )
