"""A case's body as the reader's page sets it: headings with anchors, tables in boxes of their own that
scroll, pictures that can be enlarged; the list of contents, the lead photo, how long reading takes.

Stored bodies are canonical (`foundation.richtext`), so what is changed here is found by its spelling.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from markupsafe import Markup

from foundation import richtext
from foundation.richtext import Block, Figure, Heading, Table
from foundation.text import _
from search.language import ENGLISH
from submissions.values import AttachmentView

CHARACTERS_A_MINUTE = 400
"""What adults read of Chinese text without hurry; of English, words."""
WORDS_A_MINUTE = 220
LEAD_WIDTH = 800
"""Pixels that a photo needs to open an article across the column."""

_IMAGE = re.compile(r'<img src="attachment:([0-9A-Za-z]+)" alt="([^"]*)">')


@dataclass(frozen=True, slots=True)
class Section:
    """A line of a case's list of contents; `anchor` is the id of the heading on the page."""

    level: int
    text: str
    anchor: str


@lru_cache(maxsize=128)
def _blocks(body_html: str) -> tuple[Block, ...]:
    """Read once for all parts of a page; versions never change, so there is nothing to forget."""
    return richtext.blocks(body_html)


def contents(body_html: str) -> tuple[Section, ...]:
    """The headings of a body, for the list of contents. The anchors are those of `set_body`."""
    headings = [block for block in _blocks(body_html) if isinstance(block, Heading)]
    return tuple(
        Section(heading.level, richtext.text(heading.runs).replace("\n", " "), f"s{place}")
        for place, heading in enumerate(headings, start=1)
    )


def set_body(body_html: str, photos: Iterable[AttachmentView], files: str) -> Markup:
    """The body for the page; pictures are at `files`/id and lead to themselves, so that they enlarge without
    a script too."""
    shown = {photo.id: photo for photo in photos}
    written = "".join(_set(_blocks(body_html)))
    return Markup(_IMAGE.sub(lambda found: _picture(found, shown, files), written))  # noqa: S704  # cleaned before it was stored


def _set(body: Iterable[Block]) -> Iterator[str]:
    headings = tables = 0
    for block in body:
        written = richtext.html((block,))
        if isinstance(block, Heading):
            headings += 1
            yield written.replace(">", f' id="s{headings}">', 1)
        elif isinstance(block, Table):
            tables += 1
            name = block.caption or str(_("表格 %(number)s", number=tables))
            opening = f'<div class="table-box" role="region" tabindex="0" aria-label="{escape(name)}">'
            yield f"{opening}{written}</div>"
        else:
            yield written


def _picture(found: re.Match[str], shown: dict[str, AttachmentView], files: str) -> str:
    identity, words = found[1], found[2]
    photo = shown.get(identity)
    if photo is None:
        return ""
    alt = words or escape(photo.caption) or escape(str(_("案例照片")))
    size = f' width="{photo.width}" height="{photo.height}"' if photo.width and photo.height else ""
    address = f"{files}/{identity}"
    image = f'<img src="{address}" alt="{alt}"{size} loading="lazy">'
    return f'<a class="enlarge" href="{address}" data-enlarge>{image}</a>'


def lead_photo(body_html: str, loose: Iterable[AttachmentView]) -> AttachmentView | None:
    """The photo that opens the article: the first wide one that the text does not show itself, unless the
    text begins with a picture of its own."""
    body = _blocks(body_html)
    if any(isinstance(block, Figure) for block in body[:3]):
        return None
    wide = (
        photo
        for photo in loose
        if photo.width and photo.height and photo.width >= LEAD_WIDTH and photo.width > photo.height
    )
    return next(wide, None)


def minutes(words: int, language: str) -> int:
    """How long reading takes, at least a minute; `words` as Word counts them."""
    return max(1, round(words / (WORDS_A_MINUTE if language == ENGLISH else CHARACTERS_A_MINUTE)))
