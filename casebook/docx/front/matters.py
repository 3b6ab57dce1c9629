"""Editorial board, forewords, appendices and afterwords."""

from casebook.book import BoardLine, Matter
from casebook.docx.body import Place, blocks_xml
from casebook.docx.draft import Draft
from casebook.docx.elements import Xml, bookmark, paragraph, plain, run
from casebook.docx.figures import Numbers
from casebook.imprint_words import imprint_words

_FULL = "　"


def board(draft: Draft, lines: tuple[BoardLine, ...], name: str) -> Xml:
    """Offices in one column, names in the other, two characters of a short name spread to three."""
    heading = bookmark(name, draft.next_bookmark(), run(imprint_words(draft.wording.language).board))
    parts = [paragraph("BoardHeading", heading)]
    widest = max((len(line.office) for line in lines), default=4)
    tab = 2 * 240 + max(4, widest) * 240 + 360
    form = (
        f'<w:tabs><w:tab w:val="left" w:pos="{tab}"/></w:tabs><w:ind w:left="{tab}" w:hanging="{tab - 480}"/>'
    )
    for line in lines:
        names = _FULL.join(_spread(each) for each in line.names)
        parts.append(paragraph("BoardLine", Xml(f"{run(line.office)}<w:r><w:tab/></w:r>{run(names)}"), form))
    return Xml("".join(parts))


def _spread(name: str) -> str:
    """张三 stands as wide as 张三丰."""
    return _FULL.join(name) if len(name) == 2 and "\u4e00" <= name[0] <= "\u9fff" else name


def matter(draft: Draft, found: Matter, name: str) -> Xml:
    heading = bookmark(name, draft.next_bookmark(), run(spaced(found.heading)))
    text = blocks_xml(draft, Numbers(), found.blocks, Place(draft.measure))
    return Xml(paragraph("FrontHeading", heading) + (text or plain("BodyText", "")))


def spaced(heading: str) -> str:
    """A heading of two characters is set with a gap: 前　言."""
    return _FULL.join(heading) if len(heading) == 2 and "\u4e00" <= heading[0] <= "\u9fff" else heading
