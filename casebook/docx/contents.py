"""The contents: a real TOC field whose cached lines carry the printed folios.

Word rebuilds the same lines when the field is updated: level 1 chapters and foreword, level 2 cases, level 3
the unit under each case, without a number. Nothing asks the reader to update: the numbers are there already.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from casebook.docx.draft import Draft
from casebook.docx.elements import Xml, field, link_to_bookmark, paragraph, plain, run

_INSTRUCTION = 'TOC \\o "1-2" \\n "3-3" \\h \\z \\t "Front Heading,1,Case Unit,3"'
_BEGIN = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    f'<w:r><w:instrText xml:space="preserve"> {_INSTRUCTION.replace(chr(34), "&quot;")} </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
)
_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its level, the bookmark it leads to, its text, and the unit printed under it."""

    level: int
    name: str
    text: str
    unit: str = ""


def contents_xml(draft: Draft, found: list[Line], folios: Mapping[str, str] | None) -> Xml:
    """`folios` are the printed page numbers by bookmark; None when they are not known: the lines then end
    without a number and a note above them says so."""
    parts = [plain("TOCHeading", draft.wording.contents)]
    if folios is None:
        parts.append(plain("ContentsNote", draft.wording.unpaginated))
    for index, line in enumerate(found):
        begin = _BEGIN if index == 0 else ""
        number = ""
        if folios is not None:
            number = "<w:r><w:tab/></w:r>" + field(f"PAGEREF {line.name} \\h", folios.get(line.name, ""))
        linked = link_to_bookmark(line.name, run(line.text) + number)
        last_of_entry = not line.unit
        form = "" if not last_of_entry or line.level == 1 else '<w:keepNext w:val="0"/>'
        parts.append(paragraph(f"TOC{line.level}", Xml(begin + linked), form))
        if line.unit:
            parts.append(paragraph("TOC3", link_to_bookmark(line.name, run(line.unit))))
    if found:
        parts.append(Xml(f'<w:p><w:pPr><w:pStyle w:val="Spacer"/></w:pPr>{_END}</w:p>'))
    return Xml("".join(parts))
