"""The book's styles, one style one role: fonts, sizes, spacing, borders; `make_reference` writes them down.

Typography: text 12 pt on exactly 22 pt. Exact spacing makes page breaks independent of the fonts (measured:
all labels equal under two wholly different sets). Chinese families go by the names that Word and LibreOffice
both resolve; the font table gives their English names too.
"""

from dataclasses import dataclass

from docx.oxml.ns import nsdecls

from casebook.docx.numbering import TABLE_STYLE
from casebook.docx.palette import PALETTE

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
    *("Block Text", "footnote text", "index heading", "index 1"),
}


def border(side: str, size: int, colour: str, space: int = 0) -> str:
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
    Style("CaseTop", "Case Top", Face(SONG, 6), Shape(line=30, align="center", keep_next=True), "CasePrize"),
    Style(
        "CasePrize",
        "Case Prize",
        Face(HEI, 10.5, SANS, colour=_ACCENT, spread=40),
        Shape(line=22, align="center", keep_next=True),
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
            borders=border("top", 4, _PAPER, 6)
            + border("left", 24, _ACCENT, 9)
            + border("bottom", 4, _PAPER, 6)
            + border("right", 4, _PAPER, 9),
        ),
        "BodyText",
    ),
    Style(
        "BlockText",
        "Block Text",
        Face(KAI, 12),
        Shape(before=8, after=8, left=3, right=2, borders=border("left", 12, _GOLD, 10), contextual=True),
    ),
    Style("ListNumber", "List Number", Face(SONG, 12), Shape()),
    Style("ListBullet", "List Bullet", Face(SONG, 12), Shape()),
    Style("ListContinue", "List Continue", Face(SONG, 12), Shape()),
    Style(
        "Commendation",
        "Commendation",
        Face(KAI, 11),
        Shape(
            line=20,
            before=16,
            after=10,
            left=1.5,
            right=1.5,
            keep_lines=True,
            borders="".join(border(side, 6, _GOLD, 8) for side in ("top", "left", "bottom", "right")),
        ),
        "BodyText",
    ),
    Style("FootnoteText", "footnote text", Face(SONG, 9), Shape(line=14, first=2)),
    Style(
        "IndexHeading",
        "index heading",
        Face(HEI, 12, SANS, colour=_ACCENT),
        Shape(line=20, before=8, after=2, align="left", keep_next=True),
        "Index1",
    ),
    Style(
        "Index1",
        "index 1",
        Face(SONG, 10.5),
        Shape(line=17, align="left", keep_lines=True),
    ),
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
    Style("TableSmall", "Table Small", Face(SONG, 9), Shape(line=14, before=1, after=1)),
    Style("TableFine", "Table Fine", Face(SONG, 7.5), Shape(line=11.5, before=1, after=1)),
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
        Shape(line=14, align="left", borders=border("bottom", 4, _GOLD, 3)),
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
    ("FootnoteReference", "footnote reference", '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'),
    ("Folio", "Folio", f'<w:rPr><w:color w:val="{_ACCENT}"/></w:rPr>'),
)

STYLE_IDS = frozenset({*(style.id for style in STYLES), *(each[0] for each in CHARACTER_STYLES), TABLE_STYLE})
