"""Typed builders of WordprocessingML fragments. Text goes in through `escaped` and nowhere else; everything
that returns `Xml` is well-formed on its own (checked by tests), so fragments can be joined freely."""

import re
from functools import cache
from typing import NewType

Xml = NewType("Xml", str)

EMPTY = Xml("")

# Not characters of XML 1.0: python-docx and Word refuse the whole file for one of them.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_NEEDS_CARE = re.compile('[&<>"\n\r\t\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]')
_HAN = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
# Quotation marks, dashes, ellipses: the same code points serve both scripts. The hint makes Word take the
# Chinese face (full width) where the run is Chinese.
_SHARED = re.compile("[“”‘’…—·×÷°±‰§]")

_HINT = '<w:rFonts w:hint="eastAsia"/>'
_TEXT = '<w:t xml:space="preserve">'


def escaped(text: str) -> str:
    """Text as XML character data or attribute value; characters that XML does not have are dropped."""
    if _NEEDS_CARE.search(text):
        return (
            _NOT_XML.sub("", text)
            .replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace('"', "&quot;")
        )
    return text


def dropped(text: str) -> str:
    """The characters of a text that no XML file can hold, each once: they are not printed."""
    return "".join(dict.fromkeys(_NOT_XML.findall(text)))


def has_han(text: str) -> bool:
    return _HAN.search(text) is not None


def text_xml(text: str) -> Xml:
    """The content of a run: text with its line breaks and tabs as Word's own elements."""
    if "\n" not in text and "\t" not in text and "\r" not in text:
        return Xml(f"{_TEXT}{escaped(text)}</w:t>")
    pieces = []
    for piece in re.split("(\r\n|[\n\r\t])", text):
        if piece == "\t":
            pieces.append("<w:tab/>")
        elif piece in ("\n", "\r", "\r\n"):
            pieces.append("<w:br/>")
        elif piece:
            pieces.append(f"{_TEXT}{escaped(piece)}</w:t>")
    return Xml("".join(pieces))


def run(text: str, properties: str = "", style: str = "") -> Xml:
    """Characters of one form. `properties` are elements of `w:rPr` after `w:rFonts`, in schema order."""
    hint = _HINT if _SHARED.search(text) and _HAN.search(text) else ""
    styled = f'<w:rStyle w:val="{style}"/>' if style else ""
    if hint or styled or properties:
        return Xml(f"<w:r><w:rPr>{styled}{hint}{properties}</w:rPr>{text_xml(text)}</w:r>")
    return Xml(f"<w:r>{text_xml(text)}</w:r>")


@cache
def _opening(style: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>'


def paragraph(style: str, content: str, properties: str = "") -> Xml:
    """`properties` are elements of `w:pPr` after `w:pStyle`, in schema order."""
    return Xml(f"{_opening(style)}{properties}</w:pPr>{content}</w:p>")


def plain(style: str, text: str, properties: str = "") -> Xml:
    """A paragraph of one run."""
    return paragraph(style, run(text), properties)


def field(instruction: str, result: str, style: str = "") -> Xml:
    """A complex field with its cached result, which is what a reader sees until the field is updated."""
    form = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return Xml(
        f'<w:r>{form}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{form}<w:instrText xml:space="preserve"> {escaped(instruction)} </w:instrText></w:r>'
        f'<w:r>{form}<w:fldChar w:fldCharType="separate"/></w:r>'
        f"<w:r>{form}<w:t>{escaped(result)}</w:t></w:r>"
        f'<w:r>{form}<w:fldChar w:fldCharType="end"/></w:r>'
    )


def bookmark(name: str, number: int, content: str) -> Xml:
    """`name` and `number` are unique in the document."""
    return Xml(f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{number}"/>')


def link_to_bookmark(name: str, content: str) -> Xml:
    return Xml(f'<w:hyperlink w:anchor="{name}" w:history="1">{content}</w:hyperlink>')


def link_out(relation: str, content: str) -> Xml:
    return Xml(f'<w:hyperlink r:id="{relation}" w:history="1">{content}</w:hyperlink>')


_RAISED = '<w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'


def note_call(number: int) -> Xml:
    """The raised number in the text; `number` is the note's id."""
    return Xml(f'<w:r>{_RAISED}<w:footnoteReference w:id="{number}"/></w:r>')


def note_paragraph(content: str) -> Xml:
    """A note at the foot of a page: its own number, then its text."""
    return paragraph("FootnoteText", f"<w:r>{_RAISED}<w:footnoteRef/></w:r>{run(' ')}{content}")


def indent(left: int = 0, right: int = 0, hanging: int = 0) -> str:
    """Indents in twips that override the style's, including its first line."""
    last = (
        f' w:hangingChars="0" w:hanging="{hanging}"' if hanging else ' w:firstLineChars="0" w:firstLine="0"'
    )
    return f'<w:ind w:leftChars="0" w:left="{left}" w:rightChars="0" w:right="{right}"{last}/>'


def frame(x: int, y: int, width: int) -> str:
    """A place on the page, in twips from its upper left corner; neighbours with the same frame share it."""
    place = f'w:hAnchor="page" w:vAnchor="page" w:x="{x}" w:y="{y}"'
    return f'<w:framePr w:w="{width}" w:wrap="around" {place}/>'


def align(value: str) -> str:
    return f'<w:jc w:val="{value}"/>'


_GRAPHIC = (
    '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
    '<pic:nvPicPr><pic:cNvPr id="{number}" name="{name}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
    '<a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>'
    '<a:off x="0" y="0"/><a:ext cx="{cx}" cy="{cy}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    "</pic:spPr></pic:pic></a:graphicData></a:graphic>"
)


def inline_picture(relation: str, number: int, cx: int, cy: int, description: str) -> Xml:
    """A picture in the line of text; extents in EMU (360,000 a centimetre), `number` unique."""
    name = f"Picture {number}"
    graphic = _GRAPHIC.format(number=number, name=name, relation=relation, cx=cx, cy=cy)
    alt = escaped(description)
    return Xml(
        '<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0">'
        f'<wp:extent cx="{cx}" cy="{cy}"/><wp:docPr id="{number}" name="{name}" descr="{alt}"/>'
        '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
        f"{graphic}</wp:inline></w:drawing></w:r>"
    )


def page_field(relation: str, number: int, x: int, y: int, cx: int, cy: int) -> Xml:
    """A coloured field behind the text, placed by its distance from the page's corner, all in EMU."""
    name = f"Field {number}"
    graphic = _GRAPHIC.format(number=number, name=name, relation=relation, cx=cx, cy=cy)
    return Xml(
        '<w:r><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" '
        f'relativeHeight="{number}" behindDoc="1" locked="1" layoutInCell="1" allowOverlap="1">'
        '<wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="page"><wp:posOffset>{x}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{y}</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{cx}" cy="{cy}"/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        f'<wp:docPr id="{number}" name="{name}" descr=""/><wp:cNvGraphicFramePr/>{graphic}'
        "</wp:anchor></w:drawing></w:r>"
    )
