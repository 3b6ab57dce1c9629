"""A pack as files and as the participants' page."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from io import BytesIO

from starlette.responses import Response
from starlette.routing import BaseRoute

from foundation import qr, richtext
from foundation.text import _
from foundation.web import Rq, disposition, get
from search.teaching.packs import queries
from search.teaching.packs.pages.showing import citations, opened
from search.teaching.packs.papers import (
    deck,
    handout_blocks,
    handout_of,
    participants_paper,
    readings,
    title_of,
    trainers_book,
)
from search.teaching.packs.ports import PackWriters
from search.teaching.packs.queries import Shown
from submissions.pages.showing import body_shown

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
Opened = Callable[[Rq], Shown]


def routes(writers: PackWriters) -> list[BaseRoute]:
    found: list[BaseRoute] = [get("/study/handout/{key}", _study)]
    for base, open_ in (("/teaching/packs/link/{key}", _by_link), ("/teaching/packs/{pack}", opened)):
        found += _files(base, open_, writers)
    return found


def _files(base: str, open_: Opened, writers: PackWriters) -> list[BaseRoute]:
    return [
        get(f"{base}/handout", lambda rq: _handout(rq, open_(rq), "")),
        get(f"{base}/book.docx", lambda rq: _sent(open_(rq), _book(rq, open_(rq), writers), "book", WORD)),
        get(
            f"{base}/handout.docx", lambda rq: _sent(open_(rq), _paper(rq, open_(rq), writers), "paper", WORD)
        ),
        get(
            f"{base}/slides.pptx",
            lambda rq: _sent(open_(rq), writers.slides(deck(open_(rq))), "slides", SLIDES),
        ),
        get(
            f"{base}/all.zip",
            lambda rq: _sent(open_(rq), _zip(rq, open_(rq), writers), "all", "application/zip"),
        ),
    ]


def _by_link(rq: Rq) -> Shown:
    return queries.shown(rq.db, queries.pack_by_link(rq.db, rq.path("key")))


def _book(rq: Rq, shown: Shown, writers: PackWriters) -> bytes:
    return writers.document(trainers_book(shown, citations(rq, shown.cases)), rq.files)


def _paper(rq: Rq, shown: Shown, writers: PackWriters) -> bytes:
    return writers.document(participants_paper(shown, citations(rq, shown.cases)), rq.files)


def _zip(rq: Rq, shown: Shown, writers: PackWriters) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed:
        packed.writestr(_name(shown, "book"), _book(rq, shown, writers))
        packed.writestr(_name(shown, "paper"), _paper(rq, shown, writers))
        packed.writestr(_name(shown, "slides"), writers.slides(deck(shown)))
    return out.getvalue()


def _name(shown: Shown, kind: str) -> str:
    title = "".join(each for each in title_of(shown) if each not in '<>:"/\\|?*\n\t')[:60]
    names = {
        "book": _("%(title)s（教师用书）.docx", title=title),
        "paper": _("%(title)s（学员讲义）.docx", title=title),
        "slides": _("%(title)s（幻灯片）.pptx", title=title),
        "all": _("%(title)s.zip", title=title),
    }
    return str(names[kind])


def _sent(shown: Shown, content: bytes, kind: str, media_type: str) -> Response:
    headers = {"Content-Disposition": disposition(_name(shown, kind))}
    return Response(content, media_type=media_type, headers=headers)


def _study(rq: Rq) -> Response:
    """The hand-out as participants find it: without an account, by the address their teacher gave them."""
    shown = queries.shown(rq.db, queries.pack_by_handout(rq.db, rq.path("key")))
    return _handout(rq, shown, rq.absolute(rq.request.url.path))


def _handout(rq: Rq, shown: Shown, address: str) -> Response:
    given = handout_of(shown)
    cases = readings(given, shown.cases)
    return rq.render(
        "teaching/handout.html",
        title=given.title,
        minutes=given.minutes,
        blocks=body_shown(richtext.html(handout_blocks(given, citations(rq, shown.cases))), ""),
        cases=[(each, body_shown(each.version.body_html, f"/library/{each.id}/photos")) for each in cases],
        missing=shown.missing,
        address=address,
        back="" if address else rq.request.url.path.removesuffix("/handout"),
        code=qr.svg(address) if address else "",
    )
