"""A house's own Word template: looked through when it is uploaded, its styles taken when a book is made.

Only styles and page are ever taken out of it: text, heads, feet, lists, settings and pictures stay behind, so
nothing that somebody hid in a template can reach a book. What could act (macros, objects, links to elsewhere)
is refused all the same, because the file is handed out again.

Word for another language writes other ids ("a3" for a heading), so styles are known by their names, which
Word keeps in English for its own ones.
"""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import lru_cache

from lxml import etree

from casebook.book import Trim
from casebook.docx.look import Look
from casebook.docx.reference import Reference, reference
from casebook.docx.styles import CHARACTER_STYLES, STYLES
from casebook.docx.trims import MILLIMETRES, TWIPS_PER_MM, Geometry
from foundation.errors import Refused
from foundation.text import Text, _
from submissions.intake.errors import Unreadable
from submissions.intake.guard import Package, Relationship, parse_xml

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_OBJECTS = ("oleobject", "package", "control", "activexcontrolbinary", "vbaproject", "frame", "subdocument")
_STYLES_PART = "word/styles.xml"
_OWN_NAMES = {
    **{style.name.lower(): style.id for style in STYLES},
    **{name.lower(): identity for identity, name, _form in CHARACTER_STYLES},
    "case table": "CaseTable",
}
_REFERENCES = ("basedOn", "next", "link")
_THEMED = {"ascii": "asciiTheme", "hAnsi": "hAnsiTheme", "eastAsia": "eastAsiaTheme", "cs": "cstheme"}
SIZE_LIMIT = 5_000_000
STYLES_LIMIT = 3_000_000
"""Bytes of the styles as XML: ten times those of a large template."""
_FEWEST = 5
"""Styles of ours that a template has at least: every Word file has a few by chance."""


@dataclass(frozen=True, slots=True)
class TemplateReport:
    """What was found. `missing` are names of styles that ours stand in for; `trim` is the size that the page
    has, "" when it is none of ours; sizes and margins are in millimetres; `dropped` counts what is left
    behind."""

    found: tuple[str, ...]
    missing: tuple[str, ...]
    trim: str
    width: float
    height: float
    margins: tuple[float, ...]
    sections: int
    fonts: tuple[str, ...]
    dropped: tuple[str, ...] = ()


def inspect(data: bytes) -> TemplateReport:
    """Look a template through.

    Raises:
        Refused: it is no Word file, carries what may act, or has none of the book's styles.
    """
    package = _opened(data)
    styles = _styles(package)
    if styles is None:
        raise Refused(_("这个 Word 文件没有样式，不能作为模板。请下载起始模板，在它上面修改。"))
    names = {_name(style) for style in styles.iter(_W + "style")}
    found = tuple(name for name in _OWN_NAMES if name in names)
    if len(found) < _FEWEST:
        raise Refused(
            _("这个文件里没有书中用到的样式，不能作为模板。请下载起始模板，在它上面修改字体、字号和颜色。")
        )
    document = package.xml(package.main)
    page = _page(document)
    size = (page.width / TWIPS_PER_MM, page.height / TWIPS_PER_MM) if page else (0.0, 0.0)
    edges = (page.top, page.bottom, page.left, page.right) if page else (0, 0, 0, 0)
    fonts = _fonts(_resolved(styles, _theme(package)))
    return TemplateReport(
        found=found,
        missing=tuple(name for name in _OWN_NAMES if name not in names),
        trim=(_trim(page) or "") if page else "",
        width=round(size[0], 1),
        height=round(size[1], 1),
        margins=tuple(round(edge / TWIPS_PER_MM, 1) for edge in edges),
        sections=0 if document is None else sum(1 for _s in document.iter(_W + "sectPr")),
        fonts=fonts,
        dropped=_dropped(package, document),
    )


@lru_cache(maxsize=4)
def adopted(data: bytes, look: Look) -> Reference:
    """Our reference document with a house's styles in the place of ours, and its page where the size is the
    one that the book is to have."""
    ours = reference(look)
    package = _opened(data)
    theirs = _styles(package)
    if theirs is None:
        return ours
    merged = _merged(_resolved(theirs, _theme(package)), etree.fromstring(ours.parts[_STYLES_PART]))
    page = _page(package.xml(package.main))
    kept = page if page is not None and _trim(page) is look.trim else None
    xml = etree.tostring(merged, xml_declaration=True, encoding="UTF-8", standalone=True)
    return replace(ours, parts={**ours.parts, _STYLES_PART: xml}, page=kept)


def _opened(data: bytes) -> Package:
    if len(data) > SIZE_LIMIT:
        raise Refused(_("模板超过 %(limit)s MB。模板里只需要样式，请删去图片和正文后再上传。", limit=5))
    try:
        package = Package(data)
        relations = [
            each
            for name in package.names
            if name.endswith(".rels")
            for each in package.relationships(_owner(name)).values()
        ]
    except Unreadable as error:
        raise Refused(error.reason) from error
    if (reason := _harmful(package.names, relations)) is not None:
        raise Refused(reason)
    return package


def _styles(package: Package) -> etree._Element | None:
    content = package.part(_STYLES_PART, STYLES_LIMIT)
    return None if content is None else parse_xml(content)


def _owner(rels: str) -> str:
    folder, _slash, name = rels.rpartition("_rels/")
    return folder + name.removesuffix(".rels")


def _harmful(names: frozenset[str], relations: list[Relationship]) -> Text | None:
    for each in relations:
        kind = each.kind.lower()
        if kind == "attachedtemplate":
            return _(
                "这个文件链接着另一个模板（%(target)s），不能接收。请在 Word 的“开发工具”“文档模板”里"
                "改回 Normal，保存后再上传。",
                target=each.target[:80],
            )
        if kind in _OBJECTS and (kind != "package" or "embeddings" in each.target):
            return _("这个文件里嵌有对象（OLE 或控件），不能作为模板。请删除后再上传。")
        if each.external:
            return _(
                "这个文件引用了外部的内容（%(target)s），不能作为模板。请删除这个链接或图片后再上传。",
                target=each.target[:80],
            )
    if any(name.endswith(("vbaproject.bin", "vbadata.xml")) or "/activex/" in name for name in names):
        return _("这个文件含有宏或控件，不能作为模板。请另存为不含宏的“Word 文档（*.docx）”后再上传。")
    return None


def _dropped(package: Package, document: etree._Element | None) -> tuple[str, ...]:
    """What stays behind: text, heads and feet, pictures, embedded fonts."""
    found = []
    if document is not None and any((each.text or "").strip() for each in document.iter(_W + "t")):
        found.append("text")
    for kind, part in (("edges", "header"), ("edges", "footer"), ("pictures", "media/"), ("fonts", "fonts/")):
        if any(name.startswith(f"word/{part}") for name in package.names) and kind not in found:
            found.append(kind)
    return tuple(found)


def _name(style: etree._Element) -> str:
    name = style.find(_W + "name")
    return "" if name is None else str(name.get(_W + "val", "")).strip().lower()


def _page(document: etree._Element | None) -> Geometry | None:
    """The page of the last section, which is the document's own."""
    sections = [] if document is None else list(document.iter(_W + "sectPr"))
    if not sections:
        return None
    size, margins = sections[-1].find(_W + "pgSz"), sections[-1].find(_W + "pgMar")
    if size is None or margins is None:
        return None
    number = {name: _number(margins, name) for name in ("top", "right", "bottom", "left", "header", "footer")}
    page = Geometry(width=_number(size, "w"), height=_number(size, "h"), **number)
    room = page.measure > page.width // 3 and page.height - page.top - page.bottom > page.height // 3
    return page if room and min(number.values()) > 0 else None


def _number(element: etree._Element, name: str) -> int:
    written = element.get(_W + name, "0")
    return int(written) if re.fullmatch(r"\d{1,6}", written) else 0


def _trim(page: Geometry) -> Trim | None:
    """The size that the page has, to a millimetre."""
    wide, high = page.size
    for trim, (width, height) in MILLIMETRES.items():
        if abs(wide - width) <= 1 and abs(high - height) <= 1:
            return trim
    return None


def _theme(package: Package) -> dict[str, str]:
    """Fonts that a theme stands for: majorEastAsia -> 宋体."""
    part = package.related("theme")
    root = package.xml(part) if part else None
    found: dict[str, str] = {}
    for kind in ("major", "minor"):
        fonts = None if root is None else root.find(f".//{_A}{kind}Font")
        if fonts is None:
            continue
        latin, han = fonts.find(_A + "latin"), fonts.find(_A + "ea")
        hans = fonts.find(f"{_A}font[@script='Hans']")
        western, eastern = _typeface(latin), _typeface(han) or _typeface(hans)
        found |= {f"{kind}HAnsi": western, f"{kind}Ascii": western, f"{kind}Bidi": western}
        found[f"{kind}EastAsia"] = eastern
    return found


def _typeface(font: etree._Element | None) -> str:
    return "" if font is None else str(font.get("typeface", ""))


def _resolved(styles: etree._Element, theme: dict[str, str]) -> etree._Element:
    """Fonts and colours by name instead of by a theme that is left behind, and no lists of the template's."""
    copy = deepcopy(styles)
    for fonts in copy.iter(_W + "rFonts"):
        for slot, attribute in _THEMED.items():
            name = theme.get(str(fonts.get(_W + attribute, "")))
            if name:
                fonts.set(_W + slot, name)
    for element in copy.iter():
        for themed in [key for key in element.attrib if "theme" in str(key).lower()]:
            del element.attrib[themed]
    for listed in list(copy.iter(_W + "numPr")):
        parent = listed.getparent()
        if parent is not None:
            parent.remove(listed)
    return copy


def _fonts(styles: etree._Element) -> tuple[str, ...]:
    names = {
        str(fonts.get(_W + slot))
        for fonts in styles.iter(_W + "rFonts")
        for slot in ("eastAsia", "ascii", "hAnsi")
        if fonts.get(_W + slot)
    }
    return tuple(sorted(names))


def _merged(theirs: etree._Element, ours: etree._Element) -> etree._Element:
    """Their styles under our ids, and ours where they have none."""
    renamed: dict[str, str] = {}
    own_ids = set(_OWN_NAMES.values())
    for style in theirs.iter(_W + "style"):
        old, own = str(style.get(_W + "styleId", "")), _OWN_NAMES.get(_name(style))
        renamed[old] = own or (f"House{old}" if old in own_ids else old)
    for style in theirs.iter(_W + "style"):
        style.set(_W + "styleId", renamed[str(style.get(_W + "styleId", ""))])
        for reference_name in _REFERENCES:
            other = style.find(_W + reference_name)
            if other is None:
                continue
            if other.get(_W + "val") in renamed:
                other.set(_W + "val", renamed[str(other.get(_W + "val"))])
            else:
                style.remove(other)
    present = {style.get(_W + "styleId") for style in theirs.iter(_W + "style")}
    for style in ours.iter(_W + "style"):
        if style.get(_W + "styleId") not in present:
            theirs.append(_rooted(style, theirs))
    return theirs


def _rooted(style: etree._Element, theirs: etree._Element) -> etree._Element:
    """A style of ours that leans on one under the name that theirs has for plain text."""
    copy = deepcopy(style)
    base = copy.find(_W + "basedOn")
    if base is not None and base.get(_W + "val") == "Normal":
        normal = next((each for each in theirs.iter(_W + "style") if _name(each) == "normal"), None)
        if normal is not None:
            base.set(_W + "val", str(normal.get(_W + "styleId")))
    return copy
