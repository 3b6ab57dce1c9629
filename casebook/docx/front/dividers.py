"""The page that opens a chapter."""

from casebook.book import Chapter
from casebook.docx.balancing import balanced
from casebook.docx.draft import Draft
from casebook.docx.elements import Xml, bookmark, indent, paragraph, plain, run
from casebook.docx.front.shapes import Field, Panel, before, fields
from casebook.docx.trims import Geometry

_LEFT = 1456
"""Twips from the inner margin to the words, which stand clear of the band."""


def divider(draft: Draft, chapter: Chapter, number: int, name: str, page: Geometry) -> Xml:
    """A right-hand page: a band of colour at the spine, the chapter's number, title and extent.

    Its blank back is a page of its own: LibreOffice sets the first page of a section that begins on an odd
    page 16 points too high, so the cases simply begin on the next page.
    """
    words, colours, panel = draft.wording, draft.palette, Panel.of(page)
    band = panel.across(34)
    shapes = fields(
        draft,
        Field(0, 0, panel.width, panel.height, colours.paper),
        Field(0, 0, band, panel.height, colours.accent),
        Field(band, 0, 1.2, panel.height, colours.gold),
    )
    title = balanced(chapter.title, 28, page.measure - _LEFT, 2, centred=False)
    shifted = title.replace('w:left="0"', f'w:left="{_LEFT}"') if title else ""
    rule = (
        f'<w:pBdr><w:bottom w:val="single" w:sz="18" w:space="1" w:color="{colours.gold}"/></w:pBdr>'
        + before(4)
        + indent(_LEFT, page.measure - _LEFT - 1250)
    )
    drop = panel.down(74) * 72 / 25.4
    parts = [
        paragraph("Spacer", shapes),
        plain("DividerNumber", words.chapter.format(words.number(number)), before(drop)),
        paragraph("Heading1", bookmark(name, draft.next_bookmark(), run(chapter.title)), shifted),
        paragraph("CaseRule", "", rule),
        plain("DividerNote", words.entries.format(len(chapter.entries)), before(16)),
        plain("Spacer", "", "<w:pageBreakBefore/>"),
    ]
    return Xml("".join(parts))
