"""One case as printed: prize, title, unit, authors, summary, text, photos, source and sign-off lines."""

import re
from collections.abc import Sequence
from dataclasses import replace

from casebook.book import Entry
from casebook.docx.balancing import balanced
from casebook.docx.body import Place, blocks_xml
from casebook.docx.draft import Draft
from casebook.docx.elements import Xml, bookmark, paragraph, plain, run
from casebook.docx.figures import Numbers, figure_xml
from casebook.notes import noted
from foundation.richtext import Block, Heading

_TITLE_SIZE, _TITLE_SPREAD, _AUTHORS_SIZE = 20.0, 0.5, 11.0
_MARGIN = 600
"""Twips that a balanced title leaves free."""
_PARAGRAPH = "<w:p><w:pPr><w:pStyle "
_KEEP_NEXT = "<w:keepNext/>"
_TAGS = re.compile("<[^>]*>")
_SHORT = 230
"""Characters of a paragraph of six lines."""
_RULE = (
    '<w:pBdr><w:bottom w:val="single" w:sz="8" w:space="1" w:color="{gold}"/></w:pBdr>'
    '<w:spacing w:before="0" w:after="200"/>'
)


def entry_xml(draft: Draft, entry: Entry, name: str, *, first: bool) -> Xml:
    """`name` is the bookmark of the title; all but the first of a section begin on a new page."""
    numbers = Numbers()
    content = noted(entry.blocks)
    draft.notes = content.notes
    followed = bool(entry.photos or entry.commendation or entry.source_line or entry.signoff_line)
    text = _text(draft, numbers, content.blocks, followed)
    draft.notes = ()
    photos = (
        figure_xml(draft, numbers, photo.src, "", photo.caption, draft.measure) for photo in entry.photos
    )
    body = text + "".join(photos) + _commendation(draft, entry.commendation)
    lines = [("SourceLine", entry.source_line), ("SignOff", entry.signoff_line), ("SourceLine", entry.origin)]
    closing = closing_xml([(style, line) for style, line in lines if line])
    begin = "" if first else "<w:pageBreakBefore/>"
    return Xml(_heading(draft, entry, name, begin) + (kept_with_next(body) if closing else body) + closing)


def _text(draft: Draft, numbers: Numbers, blocks: tuple[Block, ...], followed: bool) -> Xml:
    """A page turned for a wide table at an entry's end would leave an empty one behind it: `followed`."""
    place, end = Place(draft.measure), len(blocks) - 1
    while end > 0 and isinstance(blocks[end - 1], Heading):
        end -= 1
    most = blocks_xml(draft, numbers, blocks[: max(end, 0)], replace(place, may_turn=True))
    return Xml(most + blocks_xml(draft, numbers, blocks[max(end, 0) :], replace(place, may_turn=followed)))


def _commendation(draft: Draft, words: str) -> str:
    """What the jury says of the case, in a box; neighbours of one style share the box."""
    if not words.strip():
        return ""
    label = run(f"{draft.wording.commendation}{draft.wording.caption_gap}", style="SummaryLabel")
    first, *rest = [line.strip() for line in words.splitlines() if line.strip()]
    return paragraph("Commendation", label + run(first)) + "".join(
        plain("Commendation", line) for line in rest
    )


def closing_xml(lines: Sequence[tuple[str, str]]) -> str:
    """The lines under the text, which stay together."""
    last = len(lines) - 1
    return "".join(
        plain(style, line, "" if place == last else _KEEP_NEXT) for place, (style, line) in enumerate(lines)
    )


def kept_with_next(paragraphs: str) -> str:
    """The last paragraph takes what follows to its own page: no closing line stands on a page alone.

    A long one is left alone: LibreOffice would move it as a whole and leave half a page empty before it.
    """
    start = paragraphs.rfind(_PARAGRAPH)
    if start < 0 or len(_TAGS.sub("", paragraphs[start:])) > _SHORT:
        return paragraphs
    end = paragraphs.index("/>", start) + 2
    if paragraphs.startswith(_KEEP_NEXT, end):
        return paragraphs
    return paragraphs[:end] + _KEEP_NEXT + paragraphs[end:]


def _heading(draft: Draft, entry: Entry, name: str, begin: str) -> Xml:
    words, room = draft.wording, draft.measure - _MARGIN
    # A paragraph of its own holds the head down: space before is cut at the top of a page at times.
    parts = [plain("CaseTop", "", begin)]
    if entry.prize:
        parts.append(plain("CasePrize", entry.prize))
    title = bookmark(name, draft.next_bookmark(), run(entry.title))
    parts.append(paragraph("Heading2", title, balanced(entry.title, _TITLE_SIZE, room, _TITLE_SPREAD)))
    if entry.unit:
        parts.append(plain("CaseUnit", entry.unit))
    if entry.authors:
        authors = words.authors.format(words.joint.join(entry.authors))
        parts.append(plain("CaseAuthors", authors, balanced(authors, _AUTHORS_SIZE, room)))
    side, rule = draft.measure // 2 - 700, _RULE.format(gold=draft.palette.gold)
    parts.append(paragraph("CaseRule", "", f'{rule}<w:ind w:left="{side}" w:right="{side}"/>'))
    if entry.summary:
        label = run(f"{words.summary}{words.caption_gap}", style="SummaryLabel")
        parts.append(paragraph("CaseSummary", label + run(entry.summary)))
    return Xml("".join(parts))
