"""Styles and settings of a research paper: A4 after GB/T 9704 (official documents of party and state organs):
margins 37/26/35/28 mm, text 3号仿宋 on 28 points, headings 黑体 and 楷体, the title 2号, folios "— 1 —".

`compact` is the brief: everything smaller, so that it fits on one page.
"""

from __future__ import annotations

from dataclasses import dataclass

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SONG, HEI, KAI, FANG, LATIN = "宋体", "黑体", "楷体", "仿宋", "Times New Roman"
GREY, RULE, DRAFT = "595959", "BFBFBF", "FFF2CC"
_TWIPS = 1440 / 25.4


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page in twips and the type on it in points."""

    top: int
    right: int
    bottom: int
    left: int
    text: float
    line: float
    width: int = 11906
    height: int = 16838

    @property
    def measure(self) -> int:
        return self.width - self.left - self.right

    def xml(self) -> str:
        return (
            f'<w:pgSz w:w="{self.width}" w:h="{self.height}"/><w:pgMar w:top="{self.top}" '
            f'w:right="{self.right}" w:bottom="{self.bottom}" w:left="{self.left}" w:header="850" '
            'w:footer="1134" w:gutter="0"/>'
        )


def _mm(millimetres: float) -> int:
    return round(millimetres * _TWIPS)


FULL = Sheet(_mm(37), _mm(26), _mm(35), _mm(28), 16, 28)
COMPACT = Sheet(_mm(22), _mm(24), _mm(22), _mm(26), 11, 18)


def sheet(*, compact: bool) -> Sheet:
    return COMPACT if compact else FULL


def styles_xml(*, compact: bool) -> str:
    page = sheet(compact=compact)
    size, line = page.text, page.line
    title, small = (18.0, 9.0) if compact else (22.0, 10.5)
    head = size if not compact else 12.0
    found = [
        _style("BodyText", "Body Text", FANG, size, _lines(line), first=2, align="both"),
        _style("Title", "Title", SONG, title, _lines(title + 12, 0, line / 2), align="center", bold=True),
        _style("Byline", "Byline", KAI, size, _lines(line), align="center"),
        _style("Contents", "TOC Heading", HEI, size, _lines(line, line, 6), align="center"),
        _style("TOC1", "toc 1", FANG, size - 2, _lines(line - 2), tab=page.measure),
        _style("TOC2", "toc 2", FANG, size - 2, _lines(line - 2), tab=page.measure, left=2),
        _style("Heading1", "heading 1", HEI, head, _lines(line, 4), first=2, keep=True, outline=0),
        _style("Heading2", "heading 2", KAI, head, _lines(line), first=2, keep=True, outline=1),
        _style("Heading3", "heading 3", FANG, size, _lines(line), first=2, keep=True, outline=2, bold=True),
        _style("Listed", "List Item", FANG, size, _lines(line), left=2, align="both"),
        _style("Quotation", "Quotation", KAI, size, _lines(line, 4), left=2, right=2, align="both"),
        _style("Origin", "Quotation Source", KAI, small + 1, _lines(small + 7, 0, 6), right=2, align="right"),
        _style("Draft", "Draft Mark", HEI, small, _lines(small + 8), shade=DRAFT, keep=True),
        _style(
            "Picture",
            "Picture",
            SONG,
            12,
            'w:before="120" w:line="240" w:lineRule="auto"',
            "center",
            keep=True,
        ),
        _style("Caption", "caption", HEI, small, _lines(small + 8, 2, 6), align="center"),
        _style("TableCaption", "Table Caption", HEI, small, _lines(small + 8, 8, 2), "center", keep=True),
        _style("Cell", "Table Cell", SONG, small, _lines(small + 5), align="left"),
        _style("CellNumber", "Table Number", SONG, small, _lines(small + 5), align="right"),
        _style("Note", "Note", SONG, small - 1, _lines(small + 4, 2, 8), colour=GREY),
        _style("Folio", "footer", SONG, 14 if not compact else 9, 'w:line="240" w:lineRule="auto"'),
        _style("HeadLine", "header", SONG, 9, 'w:line="240" w:lineRule="auto"'),
    ]
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:styles xmlns:w="{W}"><w:docDefaults>'
        f'<w:rPrDefault><w:rPr><w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{SONG}" '
        f'w:cs="{LATIN}"/><w:sz w:val="24"/><w:szCs w:val="24"/><w:lang w:val="en-US" w:eastAsia="zh-CN" '
        'w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="85" w:type="dxa"/>'
        '<w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        f"{''.join(found)}{_CHARACTERS}{_TABLE}</w:styles>"
    )


def _lines(line: float, before: float = 0, after: float = 0) -> str:
    return (
        f'w:before="{before * 20:.0f}" w:after="{after * 20:.0f}" w:line="{line * 20:.0f}" w:lineRule="exact"'
    )


def _style(
    key: str,
    name: str,
    face: str,
    size: float,
    spacing: str,
    align: str = "left",
    *,
    first: int = 0,
    left: int = 0,
    right: int = 0,
    bold: bool = False,
    keep: bool = False,
    outline: int | None = None,
    tab: int = 0,
    shade: str = "",
    colour: str = "",
) -> str:
    own = "" if name in _KNOWN else ' w:customStyle="1"'
    indents = "".join(
        f' w:{side}Chars="{count * 100}" w:{side}="{count * size * 20:.0f}"'
        for side, count in (("left", left), ("right", right), ("firstLine", first))
        if count
    )
    return (
        f'<w:style w:type="paragraph"{own} w:styleId="{key}"><w:name w:val="{name}"/>'
        '<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>'
        + ("<w:keepNext/><w:keepLines/>" if keep else "")
        + "<w:widowControl/>"
        + (f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else "")
        + (f'<w:tabs><w:tab w:val="right" w:leader="dot" w:pos="{tab}"/></w:tabs>' if tab else "")
        + f'<w:snapToGrid w:val="0"/><w:spacing {spacing}/>'
        + (f"<w:ind{indents}/>" if indents else "")
        + f'<w:jc w:val="{align}"/>'
        + ("" if outline is None else f'<w:outlineLvl w:val="{outline}"/>')
        + f'</w:pPr><w:rPr><w:rFonts w:ascii="{LATIN}" w:hAnsi="{LATIN}" w:eastAsia="{face}" w:cs="{LATIN}" '
        + 'w:hint="eastAsia"/>'
        + ("<w:b/><w:bCs/>" if bold else "")
        + (f'<w:color w:val="{colour}"/>' if colour else "")
        + f'<w:sz w:val="{size * 2:.0f}"/><w:szCs w:val="{size * 2:.0f}"/></w:rPr></w:style>'
    )


_KNOWN = {
    *("Body Text", "Title", "TOC Heading", "toc 1", "toc 2", "heading 1", "heading 2", "heading 3"),
    *("caption", "footer", "header"),
}
_CHARACTERS = (
    '<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>'
    '<w:basedOn w:val="DefaultParagraphFont"/><w:rPr><w:color w:val="1F4E79"/><w:u w:val="single"/></w:rPr>'
    "</w:style>"
)
_EDGE = '<w:{0} w:val="single" w:sz="{1}" w:space="0" w:color="{2}"/>'
_TABLE = (
    '<w:style w:type="table" w:customStyle="1" w:styleId="Figures"><w:name w:val="Figures"/>'
    '<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>'
    + _EDGE.format("top", 12, "262626")
    + _EDGE.format("bottom", 12, "262626")
    + _EDGE.format("insideH", 4, RULE)
    + '</w:tblBorders></w:tblPr><w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>'
    + _EDGE.format("bottom", 8, "262626")
    + "</w:tcBorders></w:tcPr></w:tblStylePr></w:style>"
)

SETTINGS = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:settings xmlns:w="{W}">'
    '<w:zoom w:percent="100"/><w:evenAndOddHeaders/><w:defaultTabStop w:val="420"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:useFELayout/><w:compatSetting '
    'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    "</w:settings>"
)
FONTS = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts xmlns:w="{W}">'
    + "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/></w:font>'
        for name, other in ((SONG, "SimSun"), (HEI, "SimHei"), (KAI, "KaiTi"), (FANG, "FangSong"))
    )
    + "</w:fonts>"
)
