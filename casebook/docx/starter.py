"""The template that a house begins from: our styles on its size, each shown on a line of its own."""

from io import BytesIO

from casebook.book import Trim
from casebook.docx.draft import Draft
from casebook.docx.elements import plain
from casebook.docx.look import Look
from casebook.docx.media import MediaShelf
from casebook.docx.package import Binding, Properties
from casebook.docx.reference import reference
from casebook.docx.sections import Sections
from casebook.docx.styles import STYLES
from casebook.renderer import NoPictures
from casebook.wording import wording

_SAMPLE = "{}：请修改样式本身（右键样式“修改”），不要直接改这行文字。Aa 123"
_UNSEEN = frozenset({"Spacer", "CaseTop", "CaseRule", "AfterTable", "Title", "Subtitle", "CoverMark"})
"""Styles that show nothing on white paper."""


def starter(trim: Trim) -> bytes:
    source = reference(Look(trim))
    draft = Draft(MediaShelf(NoPictures()), wording("zh"), source.geometry.measure)
    sections = Sections(source.geometry)
    section = sections.bare("nextPage")
    lines = (plain(each.id, _SAMPLE.format(each.name)) for each in STYLES if each.id not in _UNSEEN)
    out = BytesIO()
    about = Properties("", "", "", "zh-CN")
    Binding(source, sections, draft).write(out, about, (piece for piece in (*lines, section)))
    return out.getvalue()
