"""Builds `reference.docx`, the one source of the book's styles, page geometry, numbering and settings.

Run after a change here: `python -m casebook.docx.make_reference`. The built file is committed beside this
script; `tests/casebook/docx/test_reference.py` fails when the two have drifted apart. A house may edit the
styles in Word instead and use its own file: the renderer knows styles by id and asks for `STYLE_IDS` only.

Typography: trim size 大16开 (210 x 285 mm), mirrored margins, text 12 pt on exactly 22 pt. Exact spacing
makes page breaks independent of the fonts (measured: all labels equal under two wholly different sets).
"""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from docx import Document
from docx.document import Document as DocumentObject
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from lxml import etree

from casebook.docx import zipped
from casebook.docx.numbering import BULLET_NUM, BULLETS, HANGING, ORDERED, TABLE_STYLE, list_indent
from casebook.docx.palette import PALETTE

REFERENCE = Path(__file__).with_name("reference.docx")

SONG, HEI, KAI, FANG = "宋体", "黑体", "楷体", "仿宋"
ALTERNATIVES = {SONG: "SimSun", HEI: "SimHei", KAI: "KaiTi", FANG: "FangSong"}
SERIF, SANS = "Times New Roman", "Arial"

_W = nsdecls("w")
_TAB_RIGHT = 9185  # text width in twips: 11906 - 1474 - 1247


@dataclass(frozen=True, slots=True)
class Face:
    """Fonts and size of a style. `size` in points, `colour` as RRGGBB, `spread` letter-spacing in twips."""

    han: str
    size: float
    latin: str = SERIF
    bold: bool = False
    colour: str = PALETTE.ink
    spread: int = 0

    def xml(self) -> str:
        half_points = round(self.size * 2)
        weight = "<w:b/><w:bCs/>" if self.bold else '<w:b w:val="0"/><w:bCs w:val="0"/>'
        spread = f'<w:spacing w:val="{self.spread}"/>' if self.spread else ""
        return (
            f'<w:rPr><w:rFonts w:ascii="{self.latin}" w:hAnsi="{self.latin}" w:eastAsia="{self.han}" '
            f'w:cs="{self.latin}" w:hint="eastAsia"/>{weight}<w:i w:val="0"/><w:iCs w:val="0"/>'
            f'<w:color w:val="{self.colour}"/>{spread}<w:sz w:val="{half_points}"/>'
            f'<w:szCs w:val="{half_points}"/></w:rPr>'
        )


@dataclass(frozen=True, slots=True)
class Shape:
    """Paragraph form of a style. `line`, `before`, `after` in points, indents in characters of `size`."""

    line: float = 22
    before: float = 0
    after: float = 0
    first: int = 0
    left: float = 0
    right: float = 0
    align: str = "both"
    keep_next: bool = False
    keep_lines: bool = False
    outline: int | None = None
    page_break: bool = False
    tabs: str = ""
    borders: str = ""
    shade: str = ""
    automatic: bool = False
    contextual: bool = False

    def xml(self, size: float) -> str:
        rule = (
            'w:line="240" w:lineRule="auto"'
            if self.automatic
            else f'w:line="{self.line * 20:.0f}" w:lineRule="exact"'
        )
        return (
            "<w:pPr>"
            + ("<w:keepNext/>" if self.keep_next else "")
            + ("<w:keepLines/>" if self.keep_lines or self.keep_next else "")
            + ("<w:pageBreakBefore/>" if self.page_break else "")
            + "<w:widowControl/>"
            + (f"<w:pBdr>{self.borders}</w:pBdr>" if self.borders else "")
            + (f'<w:shd w:val="clear" w:color="auto" w:fill="{self.shade}"/>' if self.shade else "")
            + (f"<w:tabs>{self.tabs}</w:tabs>" if self.tabs else "")
            + '<w:kinsoku/><w:topLinePunct w:val="0"/><w:autoSpaceDE/><w:autoSpaceDN/>'
            + '<w:adjustRightInd w:val="0"/><w:snapToGrid w:val="0"/>'
            + f'<w:spacing w:before="{self.before * 20:.0f}" w:after="{self.after * 20:.0f}" {rule}/>'
            + self._indent(size)
            + ("<w:contextualSpacing/>" if self.contextual else "")
            + f'<w:jc w:val="{self.align}"/>'
            + ("" if self.outline is None else f'<w:outlineLvl w:val="{self.outline}"/>')
            + "</w:pPr>"
        )

    def _indent(self, size: float) -> str:
        parts = []
        for name, characters in (("left", self.left), ("right", self.right), ("firstLine", self.first)):
            if characters:
                twips = characters * size * 20
                parts.append(f'w:{name}Chars="{characters * 100:.0f}" w:{name}="{twips:.0f}"')
        return f"<w:ind {' '.join(parts)}/>" if parts else ""


@dataclass(frozen=True, slots=True)
class Style:
    id: str
    name: str
    face: Face
    shape: Shape
    follows: str = ""
    based_on: str = "Normal"

    def xml(self) -> str:
        custom = "" if self.name in _BUILT_IN else ' w:customStyle="1"'
        follows = f'<w:next w:val="{self.follows}"/>' if self.follows else ""
        return (
            f'<w:style {_W} w:type="paragraph"{custom} w:styleId="{self.id}"><w:name w:val="{self.name}"/>'
            f'<w:basedOn w:val="{self.based_on}"/>{follows}<w:qFormat/>'
            f"{self.shape.xml(self.face.size)}{self.face.xml()}</w:style>"
        )


_BUILT_IN = {
    *(
        "Body Text",
        "heading 1",
        "heading 2",
        "heading 3",
        "heading 4",
        "heading 5",
        "Title",
        "Subtitle",
        "caption",
    ),
    *(
        "toc 1",
        "toc 2",
        "toc 3",
        "TOC Heading",
        "header",
        "footer",
        "List Number",
        "List Bullet",
        "List Continue",
    ),
    *("Block Text",),
}


def _border(side: str, size: int, colour: str, space: int = 0) -> str:
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{colour}"/>'


_LEADER = f'<w:tab w:val="right" w:leader="dot" w:pos="{_TAB_RIGHT}"/>'
_ACCENT, _GOLD, _GREY, _PAPER = PALETTE.accent, PALETTE.gold, PALETTE.grey, PALETTE.paper
_WHITE = "FFFFFF"

STYLES = (
    Style("BodyText", "Body Text", Face(SONG, 12), Shape(first=2)),
    Style(
        "Heading1",
        "heading 1",
        Face(SONG, 28, bold=True, spread=40),
        Shape(line=46, after=10, align="left", left=2.6, keep_next=True, outline=0),
        "DividerNote",
    ),
    Style(
        "Heading2",
        "heading 2",
        Face(SONG, 20, bold=True, spread=10),
        Shape(line=32, before=22, after=10, align="center", keep_next=True, outline=1),
        "CaseUnit",
    ),
    Style(
        "Heading3",
        "heading 3",
        Face(HEI, 14, SANS),
        Shape(line=22, before=11, after=11, align="left", keep_next=True, outline=2),
        "BodyText",
    ),
    Style(
        "Heading4",
        "heading 4",
        Face(KAI, 13, bold=True),
        Shape(line=22, before=5, after=6, first=2, align="left", keep_next=True, outline=3),
        "BodyText",
    ),
    Style(
        "Heading5",
        "heading 5",
        Face(SONG, 12, bold=True),
        Shape(first=2, align="left", keep_next=True, outline=4),
        "BodyText",
    ),
    Style(
        "CasePrize",
        "Case Prize",
        Face(HEI, 10.5, SANS, colour=_ACCENT, spread=40),
        Shape(line=22, before=30, align="center", keep_next=True),
        "Heading2",
    ),
    Style(
        "CaseUnit",
        "Case Unit",
        Face(KAI, 14),
        Shape(line=24, align="center", keep_next=True),
        "BodyText",
    ),
    Style(
        "CaseAuthors",
        "Case Authors",
        Face(KAI, 11, colour=_GREY),
        Shape(line=20, align="center", keep_next=True),
        "BodyText",
    ),
    Style("CaseRule", "Case Rule", Face(SONG, 6), Shape(line=18, align="center", keep_next=True), "BodyText"),
    Style(
        "CaseSummary",
        "Case Summary",
        Face(KAI, 11),
        Shape(
            line=20,
            before=2,
            after=12,
            left=2,
            right=2,
            keep_lines=True,
            shade=_PAPER,
            borders=_border("top", 4, _PAPER, 6)
            + _border("left", 24, _ACCENT, 9)
            + _border("bottom", 4, _PAPER, 6)
            + _border("right", 4, _PAPER, 9),
        ),
        "BodyText",
    ),
    Style(
        "BlockText",
        "Block Text",
        Face(KAI, 12),
        Shape(before=8, after=8, left=3, right=2, borders=_border("left", 12, _GOLD, 10), contextual=True),
    ),
    Style("ListNumber", "List Number", Face(SONG, 12), Shape()),
    Style("ListBullet", "List Bullet", Face(SONG, 12), Shape()),
    Style("ListContinue", "List Continue", Face(SONG, 12), Shape()),
    Style(
        "SourceLine", "Source Line", Face(KAI, 10.5, colour=_GREY), Shape(line=18, before=14, align="right")
    ),
    Style(
        "SignOff",
        "Sign Off",
        Face(FANG, 10.5, colour=_GREY),
        Shape(line=18, before=4, align="right", keep_lines=True),
    ),
    Style(
        "Caption",
        "caption",
        Face(HEI, 9, SANS),
        Shape(line=16, before=2, after=10, align="center", keep_lines=True),
    ),
    Style(
        "TableCaption",
        "Table Caption",
        Face(HEI, 9, SANS),
        Shape(line=16, before=10, after=4, align="center", keep_next=True),
        "TableText",
    ),
    Style(
        "Figure",
        "Figure",
        Face(SONG, 12),
        Shape(before=8, align="center", keep_lines=True, automatic=True),
        "Caption",
    ),
    Style("TableText", "Table Text", Face(SONG, 10.5), Shape(line=17, before=1.5, after=1.5)),
    Style(
        "TableHead",
        "Table Head",
        Face(HEI, 10.5, SANS),
        Shape(line=17, before=1.5, after=1.5, align="center"),
    ),
    Style("TableList", "Table List", Face(SONG, 10.5), Shape(line=17, before=1.5, after=1.5, left=1)),
    Style("AfterTable", "After Table", Face(SONG, 5), Shape(line=10)),
    Style(
        "Title",
        "Title",
        Face(SONG, 36, bold=True, colour=_WHITE, spread=80),
        Shape(line=58, align="left", left=0),
        "Subtitle",
    ),
    Style(
        "Subtitle",
        "Subtitle",
        Face(KAI, 18, colour=PALETTE.cream, spread=30),
        Shape(line=30, before=14, align="left"),
    ),
    Style(
        "CoverFoot",
        "Cover Foot",
        Face(HEI, 13, SANS, colour=_ACCENT, spread=40),
        Shape(line=22, align="left"),
    ),
    Style(
        "CoverYear", "Cover Year", Face(HEI, 30, SANS, colour=_GOLD, spread=40), Shape(line=38, align="left")
    ),
    Style(
        "InnerTitle",
        "Inner Title",
        Face(SONG, 30, bold=True, spread=60),
        Shape(line=48, align="center"),
        "InnerSubtitle",
    ),
    Style("InnerSubtitle", "Inner Subtitle", Face(KAI, 17), Shape(line=28, before=12, align="center")),
    Style("InnerFoot", "Inner Foot", Face(SONG, 14, spread=30), Shape(line=26, align="center")),
    Style(
        "FrontHeading",
        "Front Heading",
        Face(SONG, 22, bold=True),
        Shape(line=36, before=36, after=30, align="center", keep_next=True),
        "BodyText",
    ),
    Style(
        "TOCHeading",
        "TOC Heading",
        Face(SONG, 22, bold=True),
        Shape(line=36, before=36, after=20, align="center", keep_next=True),
        "BodyText",
    ),
    Style(
        "TOC1",
        "toc 1",
        Face(HEI, 12, SANS, colour=_ACCENT),
        Shape(line=26, before=14, after=2, align="left", keep_next=True, tabs=_LEADER),
    ),
    Style(
        "TOC2",
        "toc 2",
        Face(SONG, 11.5),
        Shape(line=21, before=3, align="left", left=1, keep_next=True, tabs=_LEADER),
    ),
    Style(
        "TOC3",
        "toc 3",
        Face(KAI, 10, colour=_GREY),
        Shape(line=16, after=2, align="left", left=1.15, keep_lines=True),
    ),
    Style("ContentsNote", "Contents Note", Face(KAI, 10.5, colour=_GREY), Shape(line=18, after=8, first=2)),
    Style(
        "DividerNumber",
        "Divider Number",
        Face(HEI, 15, SANS, colour=_ACCENT, spread=120),
        Shape(line=26, align="left", left=4.85, keep_next=True),
        "Heading1",
    ),
    Style("DividerNote", "Divider Note", Face(KAI, 13, colour=_GREY), Shape(line=24, align="left", left=5.6)),
    Style("ColophonHead", "Colophon Head", Face(HEI, 10.5, SANS), Shape(line=20, after=4, align="left")),
    Style(
        "Colophon",
        "Colophon",
        Face(SONG, 9.5),
        Shape(line=17, align="left", tabs='<w:tab w:val="left" w:pos="1260"/>'),
    ),
    Style("Spacer", "Spacer", Face(SONG, 6), Shape(line=6)),
    Style(
        "Header",
        "header",
        Face(KAI, 9, colour=_GREY),
        Shape(line=14, align="left", borders=_border("bottom", 4, _GOLD, 3)),
    ),
    Style("Footer", "footer", Face(SONG, 9.5), Shape(line=14, align="left")),
)

CHARACTER_STYLES = (
    ("Hyperlink", "Hyperlink", "<w:rPr/>"),
    ("Strong", "Strong", f'<w:rPr><w:rFonts w:eastAsia="{HEI}"/></w:rPr>'),
    ("Emphasis", "Emphasis", f'<w:rPr><w:rFonts w:eastAsia="{KAI}"/></w:rPr>'),
    (
        "SummaryLabel",
        "Summary Label",
        f'<w:rPr><w:rFonts w:eastAsia="{HEI}"/><w:color w:val="{_ACCENT}"/></w:rPr>',
    ),
    ("Folio", "Folio", f'<w:rPr><w:color w:val="{_ACCENT}"/></w:rPr>'),
)

STYLE_IDS = frozenset({*(style.id for style in STYLES), *(each[0] for each in CHARACTER_STYLES), TABLE_STYLE})

_ORDERED_LEVELS = (
    ("decimal", "%{}."),
    ("decimal", "(%{})"),
    ("decimalEnclosedCircle", "%{}"),
    ("lowerLetter", "%{}."),
)
_BULLET_SIGNS = ("●", "○", "■", "□")


def build() -> bytes:
    """The reference document as bytes, the same each time."""
    document = Document()
    _styles(document)
    _numbering(document)
    _page(document)
    _settings(document)
    _fonts(document)
    _prune(document)
    properties = document.core_properties
    properties.author, properties.title, properties.comments, properties.keywords = "", "", "", ""
    raw = BytesIO()
    document.save(raw)
    return zipped.normalised(raw.getvalue())


def _styles(document: DocumentObject) -> None:
    root = document.styles.element
    defaults = root.find(qn("w:docDefaults"))
    root.replace(
        defaults,
        parse_xml(
            f'<w:docDefaults {_W}><w:rPrDefault><w:rPr><w:rFonts w:ascii="{SERIF}" w:hAnsi="{SERIF}" '
            f'w:eastAsia="{SONG}" w:cs="{SERIF}"/><w:kern w:val="2"/><w:sz w:val="24"/><w:szCs w:val="24"/>'
            '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/>'
            "</w:docDefaults>"
        ),
    )
    for style in root.findall(qn("w:style")):
        if style.get(qn("w:styleId")) not in {"Normal", "DefaultParagraphFont", "TableNormal", "NoList"}:
            root.remove(style)
        elif style.get(qn("w:styleId")) == "Normal":
            for part in [*style.findall(qn("w:pPr")), *style.findall(qn("w:rPr"))]:
                style.remove(part)
    for each in STYLES:
        root.append(parse_xml(each.xml()))
    for identity, name, form in CHARACTER_STYLES:
        custom = "" if identity in ("Hyperlink", "Strong", "Emphasis") else ' w:customStyle="1"'
        root.append(
            parse_xml(
                f'<w:style {_W} w:type="character"{custom} w:styleId="{identity}"><w:name w:val="{name}"/>'
                f'<w:basedOn w:val="DefaultParagraphFont"/><w:qFormat/>{form}</w:style>'
            )
        )
    root.append(parse_xml(_table_style()))


def _table_style() -> str:
    """三线表: heavy rules above and below, a rule under the head, hair lines between."""
    edges = (
        _border("top", 12, PALETTE.ink)
        + _border("bottom", 12, PALETTE.ink)
        + _border("insideH", 4, PALETTE.hair)
        + _border("insideV", 2, PALETTE.hair)
    )
    return (
        f'<w:style {_W} w:type="table" w:customStyle="1" w:styleId="{TABLE_STYLE}">'
        '<w:name w:val="Case Table"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:jc w:val="center"/><w:tblBorders>{edges}</w:tblBorders>'
        '<w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>'
        "</w:tblPr>"
        '<w:tblStylePr w:type="firstRow"><w:tcPr>'
        f"<w:tcBorders>{_border('bottom', 8, PALETTE.ink)}</w:tcBorders>"
        f'<w:shd w:val="clear" w:color="auto" w:fill="{PALETTE.paper}"/></w:tcPr></w:tblStylePr></w:style>'
    )


def _numbering(document: DocumentObject) -> None:
    root = document.part.numbering_part.element
    for child in list(root):
        root.remove(child)
    ordered = "".join(_level(level, *_filled(_ORDERED_LEVELS[min(level, 3)], level)) for level in range(9))
    bullets = "".join(_level(level, "bullet", _BULLET_SIGNS[min(level, 3)], size=14) for level in range(9))
    for identity, levels in ((ORDERED, ordered), (BULLETS, bullets)):
        root.append(
            parse_xml(
                f'<w:abstractNum {_W} w:abstractNumId="{identity}"><w:multiLevelType w:val="multilevel"/>'
                f"{levels}</w:abstractNum>"
            )
        )
    root.append(parse_xml(f'<w:num {_W} w:numId="{BULLET_NUM}"><w:abstractNumId w:val="{BULLETS}"/></w:num>'))


def _filled(form: tuple[str, str], level: int) -> tuple[str, str]:
    return form[0], form[1].format(level + 1)


def _level(level: int, form: str, sign: str, size: int = 0) -> str:
    face = f'<w:rPr><w:rFonts w:ascii="{SONG}" w:hAnsi="{SONG}" w:eastAsia="{SONG}" w:hint="eastAsia"/>'
    face += f'<w:color w:val="{_ACCENT}"/><w:sz w:val="{size}"/></w:rPr>' if size else "</w:rPr>"
    left = list_indent(level)
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="tab"/>'
        f'<w:lvlText w:val="{sign}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:tabs><w:tab w:val="num" w:pos="{left}"/></w:tabs>'
        f'<w:ind w:left="{left}" w:hanging="{HANGING}"/>'
        f"</w:pPr>{face if size else ''}</w:lvl>"
    )


def _page(document: DocumentObject) -> None:
    section = document.sections[0]._sectPr
    for name in ("w:pgSz", "w:pgMar", "w:cols", "w:docGrid"):
        for part in section.findall(qn(name)):
            section.remove(part)
    for xml in (
        '<w:pgSz {} w:w="11906" w:h="16158"/>',
        '<w:pgMar {} w:top="1588" w:right="1247" w:bottom="1361" w:left="1474" w:header="907" w:footer="737" '
        'w:gutter="0"/>',
        '<w:cols {} w:space="425"/>',
    ):
        section.append(parse_xml(xml.format(_W)))


def _settings(document: DocumentObject) -> None:
    root = document.settings.element
    for child in list(root):
        root.remove(child)
    for xml in (
        '<w:zoom {} w:percent="100"/>',
        "<w:mirrorMargins {}/>",
        '<w:defaultTabStop {} w:val="420"/>',
        "<w:evenAndOddHeaders {}/>",
        '<w:characterSpacingControl {} w:val="doNotCompress"/>',
        "<w:compat {}><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/>"
        "<w:ulTrailSpace/><w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/><w:useFELayout/>"
        '<w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
        "</w:compat>",
        '<w:themeFontLang {} w:val="en-US" w:eastAsia="zh-CN"/>',
    ):
        root.append(parse_xml(xml.format(_W)))


def _fonts(document: DocumentObject) -> None:
    """A font table that gives each Chinese family its English name, so that either is found."""
    table = next(rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/fontTable"))
    families = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/><w:family w:val="auto"/>'
        '<w:pitch w:val="variable"/></w:font>'
        for name, other in ALTERNATIVES.items()
    )
    latin = "".join(
        f'<w:font w:name="{name}"><w:charset w:val="00"/><w:family w:val="{family}"/>'
        '<w:pitch w:val="variable"/></w:font>'
        for name, family in ((SERIF, "roman"), (SANS, "swiss"))
    )
    xml = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts {_W}>{families}{latin}</w:fonts>'
    )
    etree.fromstring(xml.encode())
    table._blob = xml.encode()


def _prune(document: DocumentObject) -> None:
    """python-docx's own template carries a thumbnail, a theme, custom XML and a second copy of the styles."""
    unwanted = ("/stylesWithEffects", "/customXml", "/theme", "/webSettings")
    for rels, endings in ((document.part.rels, unwanted), (document.part.package.rels, ("/thumbnail",))):
        for identity, rel in list(rels.items()):
            if rel.reltype.endswith(endings):
                del rels[identity]


if __name__ == "__main__":
    REFERENCE.write_bytes(build())
