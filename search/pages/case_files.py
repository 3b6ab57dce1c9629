"""What a reader takes along of a case: Word, PDF, photos, released evidence, citations, the QR code."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from foundation import qr
from foundation.actor import ANONYMOUS
from foundation.downloads import safe_name, send_zip
from foundation.errors import NotFound
from foundation.files import stored_chunks
from foundation.web import Rq, disposition, edge_of, get, open_rq
from search import holdings
from search.harvest import citation
from search.holdings import Shelved
from search.pdf_copies import PdfCopies
from search.readers.values.usage import Use

WordCopy = Callable[[Session, Shelved], bytes]
"""A Word file of one case; given by whoever can write one."""

WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ZIP_HIGHEST = 80_000_000
"""Bytes of photos that are offered as one archive."""

_CITATIONS: dict[str, tuple[Callable[[citation.Reference], str], str]] = {
    "bib": (citation.bibtex, "application/x-bibtex"),
    "ris": (citation.ris, "application/x-research-info-systems"),
    "json": (citation.csl_json, "application/vnd.citationstyles.csl+json"),
}


@dataclass(frozen=True, slots=True)
class Copies:
    """Who makes files of a case; None where the installation cannot."""

    word: WordCopy | None = None
    pdf: PdfCopies | None = None
    taken: Callable[[Rq, Shelved, Use], None] = lambda _rq, _case, _use: None
    """Told of each file that is taken along."""


def routes(copies: Copies) -> list[BaseRoute]:
    found: list[BaseRoute] = [
        get("/c/{number}", short),
        get("/library/{case}/photos.zip", photos_zip),
        get("/library/{case}/photos/{photo}", photo),
        get("/library/{case}/evidence/{file}", evidence),
        get("/library/{case}/citation.{form}", cited),
        get("/library/{case}/qr.png", code),
        get("/library/{case}/print.css", running_head),
    ]
    if copies.word is not None:
        writer = copies.word
        found.append(get("/library/{case}/word", lambda rq: word(rq, writer, copies)))
        if copies.pdf is not None:
            found.append(_pdf_route(writer, copies.pdf, copies))
    return found


def reference(rq: Rq, case: Shelved) -> citation.Reference:
    """The case as it is cited today, by its page's full address."""
    address = rq.absolute(f"/library/{case.id}")
    return citation.reference(case, url=address, publisher=rq.edge.site_name, now=rq.now)


def zip_offered(case: Shelved) -> bool:
    """Whether the photos may be had together."""
    return len(case.photos) > 1 and sum(each.size for each in case.photos) <= ZIP_HIGHEST


def short(rq: Rq) -> Response:
    """The short address leads to the page."""
    return RedirectResponse(
        f"/library/{holdings.case_numbered(rq.db, rq.path('number')).id}", status_code=302
    )


def photo(rq: Rq) -> Response:
    found = holdings.photo(rq.db, rq.path("case"), rq.path("photo"))
    return rq.send_file(
        found.sha256, name=found.name, media_type=found.media_type, size=found.size, inline=True
    )


def photos_zip(rq: Rq) -> Response:
    """All photos as they are shown, in their order."""
    case = holdings.case(rq.db, rq.path("case"))
    if not zip_offered(case):
        raise NotFound
    members = [
        (safe_name(f"{number:02d} {each.name}"), stored_chunks(rq.files, each.sha256))
        for number, each in enumerate(case.photos, start=1)
        if rq.files.exists(each.sha256)
    ]
    return send_zip(members, case.version.title)


def evidence(rq: Rq) -> Response:
    """A file that its unit has released, as it was handed in: photos, drawn anew when they came in, in the
    page; everything else only to be saved."""
    found = holdings.evidence(rq.db, rq.path("case"), rq.path("file"))
    return rq.send_file(
        found.sha256,
        name=found.name,
        media_type=found.media_type,
        size=found.size,
        inline=found.kind == "photo",
    )


def cited(rq: Rq) -> Response:
    """The citation as a file for reference managers."""
    case = holdings.case(rq.db, rq.path("case"))
    form = rq.path("form")
    if form not in _CITATIONS:
        raise NotFound
    write, media_type = _CITATIONS[form]
    name = f"{safe_name(case.version.title)}.{form}"
    return _attachment(write(reference(rq, case)).encode(), name, f"{media_type}; charset=utf-8")


def code(rq: Rq) -> Response:
    """The QR code of the short address, for slides and posters."""
    case = holdings.case(rq.db, rq.path("case"))
    name = f"{safe_name(case.version.title)}.png"
    return _attachment(qr.png(rq.absolute(case.short_path)), name, "image/png")


def running_head(rq: Rq) -> Response:
    """Title and short address at the head of each printed page, for browsers that print margins; a style
    sheet of its own, because the page may hold no style."""
    case = holdings.case(rq.db, rq.path("case"))
    title, address = (_css(each) for each in (case.version.title, rq.absolute(case.short_path)))
    boxes = f"@top-left {{ content: {title}; {_HEAD} }} @top-right {{ content: {address}; {_HEAD} }}"
    first = "@top-left { content: none } @top-right { content: none }"
    return Response(f"@page {{ {boxes} }} @page :first {{ {first} }}\n", media_type="text/css; charset=utf-8")


def word(rq: Rq, writer: WordCopy, copies: Copies) -> Response:
    case = holdings.case(rq.db, rq.path("case"))
    copies.taken(rq, case, Use.WORD)
    return _attachment(writer(rq.db, case), f"{safe_name(case.version.title)}.docx", WORD_TYPE)


def _pdf_route(writer: WordCopy, kept: PdfCopies, copies: Copies) -> Route:
    """The case is read and written as Word in a transaction, as any page is; the PDF is made after it."""

    def load(request: Request) -> tuple[str, str, bytes | None, bytes]:
        with edge_of(request).database.read(ANONYMOUS) as db:
            rq = open_rq(request, db)
            case = holdings.case(db, rq.path("case"))
            key, name = kept.key_of(case), f"{safe_name(case.version.title)}.pdf"
            copies.taken(rq, case, Use.PDF)
            found = kept.kept(key)
            return key, name, found, b"" if found is not None else writer(db, case)

    async def endpoint(request: Request) -> Response:
        key, name, found, source = await run_in_threadpool(load, request)
        content = found if found is not None else await kept.made(key, source)
        response = _attachment(content, name, "application/pdf")
        response.headers["Cache-Control"] = "private, no-cache"
        return response

    return Route("/library/{case}/pdf", endpoint, methods=["GET"])


_HEAD = "font-size: 8.5pt; color: #444; vertical-align: bottom; padding-bottom: 4mm"


def _css(text: str) -> str:
    """A CSS string: everything that could end it, or mean something in it, as its number."""
    kept = "".join(c if c.isalnum() or c in " ：，。、（）《》“”·-./:" else f"\\{ord(c):x} " for c in text)
    return f'"{kept}"'


def _attachment(content: bytes, name: str, media_type: str) -> Response:
    return Response(content, media_type=media_type, headers={"Content-Disposition": disposition(name)})
