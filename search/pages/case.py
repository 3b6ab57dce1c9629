"""A case of the library as it is read, its photos, its Word file. Open to whoever may read the case."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session
from starlette.responses import Response
from starlette.routing import BaseRoute

from foundation.web import Rq, disposition, get
from judging.queries.honours import commendation_of
from search import library
from search.analysis import is_han
from search.library import Library, Shelved
from search.slots import Slot, filled
from submissions.pages.showing import body_shown

WordCopy = Callable[[Session, Shelved], bytes]
"""A Word file of one case; given by whoever can write one."""
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def routes(shelf: Library, word_copy: WordCopy | None = None, slots: Sequence[Slot] = ()) -> list[BaseRoute]:
    """The pages. `word_copy` makes the download of a case possible."""
    found: list[BaseRoute] = [
        get("/library/{case}", lambda rq: _case(rq, shelf, slots, downloads=word_copy is not None)),
        get("/library/{case}/photos/{photo}", _photo),
    ]
    if word_copy is not None:
        found.append(get("/library/{case}/word", lambda rq: _word(rq, word_copy)))
    return found


def _case(rq: Rq, shelf: Library, slots: Sequence[Slot], *, downloads: bool) -> Response:
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
        slots=filled(slots, rq, case),
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
