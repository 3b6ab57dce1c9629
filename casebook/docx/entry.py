"""One case as printed: prize, title, unit, authors, summary, text, photos, source and sign-off lines."""

from casebook.book import Entry
from casebook.docx.body import Place, blocks_xml
from casebook.docx.draft import Draft
from casebook.docx.elements import Xml, bookmark, paragraph, plain, run
from casebook.docx.figures import Numbers, figure_xml
from casebook.docx.front import balanced
from casebook.docx.palette import PALETTE

_TITLE_SIZE, _TITLE_SPREAD, _AUTHORS_SIZE = 20.0, 0.5, 11.0
_MARGIN = 600
"""Twips that a balanced title leaves free."""
_RULE = (
    f'<w:pBdr><w:bottom w:val="single" w:sz="8" w:space="1" w:color="{PALETTE.gold}"/></w:pBdr>'
    '<w:spacing w:before="0" w:after="200"/>'
)


def entry_xml(draft: Draft, entry: Entry, name: str, *, first: bool) -> Xml:
    """`name` is the bookmark of the title; all but the first of a section begin on a new page."""
    numbers = Numbers()
    parts = [
        _heading(draft, entry, name, "" if first else "<w:pageBreakBefore/>"),
        blocks_xml(draft, numbers, entry.blocks, Place(draft.measure)),
    ]
    for photo in entry.photos:
        parts.append(figure_xml(draft, numbers, photo.src, "", photo.caption, draft.measure))
    if entry.source_line:
        parts.append(plain("SourceLine", entry.source_line))
    if entry.signoff_line:
        parts.append(plain("SignOff", entry.signoff_line))
    return Xml("".join(parts))


def _heading(draft: Draft, entry: Entry, name: str, begin: str) -> Xml:
    words, room = draft.wording, draft.measure - _MARGIN
    # A paragraph of its own holds the head down: space before is cut at the top of a page here and there.
    parts = [plain("CaseTop", "", begin)]
    if entry.prize:
        parts.append(plain("CasePrize", entry.prize))
    title = bookmark(name, draft.next_bookmark(), run(entry.title))
    parts.append(paragraph("Heading2", title, balanced(entry.title, _TITLE_SIZE, room, _TITLE_SPREAD)))
    parts.append(plain("CaseUnit", entry.unit))
    if entry.authors:
        authors = words.authors.format(words.joint.join(entry.authors))
        parts.append(plain("CaseAuthors", authors, balanced(authors, _AUTHORS_SIZE, room)))
    side = draft.measure // 2 - 700
    parts.append(paragraph("CaseRule", "", f'{_RULE}<w:ind w:left="{side}" w:right="{side}"/>'))
    if entry.summary:
        label = run(f"{words.summary}{words.caption_gap}", style="SummaryLabel")
        parts.append(paragraph("CaseSummary", label + run(entry.summary)))
    return Xml("".join(parts))
