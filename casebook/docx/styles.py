"""The book's styles, one style one role: fonts, sizes, spacing, borders; `make_reference` writes them down.

Typography: text 12 pt on exactly 22 pt. Exact spacing makes page breaks independent of the fonts (measured:
all labels equal under two wholly different sets). Chinese families go by the names that Word and LibreOffice
both resolve; the font table gives their English names too.
"""

from casebook.book import FontRole
from casebook.docx.numbering import TABLE_STYLE
from casebook.docx.style_forms import Face, Shape, Style, border

ALTERNATIVES = {"宋体": "SimSun", "黑体": "SimHei", "楷体": "KaiTi", "仿宋": "FangSong"}
_BODY, _DISPLAY, _HEADING = FontRole.BODY, FontRole.DISPLAY, FontRole.HEADING
_CAPTION, _ASIDE, _NOTES = FontRole.CAPTION, FontRole.ASIDE, FontRole.NOTES


_LEADER = '<w:tab w:val="right" w:leader="dot" w:pos="{measure}"/>'
_ACCENT, _GOLD, _GREY, _PAPER = "{accent}", "{gold}", "{grey}", "{paper}"
"""Tokens that `Look.filled` replaces."""
_WHITE = "FFFFFF"

STYLES = (
    Style("BodyText", "Body Text", Face(_BODY, 12), Shape(first=2)),
    Style(
        "Heading1",
        "heading 1",
        Face(_DISPLAY, 28, bold=True, spread=40),
        Shape(line=46, after=10, align="left", left=2.6, keep_next=True, outline=0),
        "DividerNote",
    ),
    Style(
        "Heading2",
        "heading 2",
        Face(_DISPLAY, 20, bold=True, spread=10),
        Shape(line=32, before=22, after=10, align="center", keep_next=True, outline=1),
        "CaseUnit",
    ),
    Style(
        "Heading3",
        "heading 3",
        Face(_HEADING, 14),
        Shape(line=22, before=11, after=11, align="left", keep_next=True, outline=2),
        "BodyText",
    ),
    Style(
        "Heading4",
        "heading 4",
        Face(_ASIDE, 13, bold=True),
        Shape(line=22, before=5, after=6, first=2, align="left", keep_next=True, outline=3),
        "BodyText",
    ),
    Style(
        "Heading5",
        "heading 5",
        Face(_BODY, 12, bold=True),
        Shape(first=2, align="left", keep_next=True, outline=4),
        "BodyText",
    ),
    Style("CaseTop", "Case Top", Face(_BODY, 6), Shape(line=30, align="center", keep_next=True), "CasePrize"),
    Style(
        "CasePrize",
        "Case Prize",
        Face(_HEADING, 10.5, colour=_ACCENT, spread=40),
        Shape(line=22, align="center", keep_next=True),
        "Heading2",
    ),
    Style(
        "CaseUnit",
        "Case Unit",
        Face(_ASIDE, 14),
        Shape(line=24, align="center", keep_next=True),
        "BodyText",
    ),
    Style(
        "CaseAuthors",
        "Case Authors",
        Face(_ASIDE, 11, colour=_GREY),
        Shape(line=20, align="center", keep_next=True),
        "BodyText",
    ),
    Style(
        "CaseRule", "Case Rule", Face(_BODY, 6), Shape(line=18, align="center", keep_next=True), "BodyText"
    ),
    Style(
        "CaseSummary",
        "Case Summary",
        Face(_ASIDE, 11),
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
        Face(_ASIDE, 12),
        Shape(before=8, after=8, left=3, right=2, borders=border("left", 12, _GOLD, 10), contextual=True),
    ),
    Style("ListNumber", "List Number", Face(_BODY, 12), Shape()),
    Style("ListBullet", "List Bullet", Face(_BODY, 12), Shape()),
    Style("ListContinue", "List Continue", Face(_BODY, 12), Shape()),
    Style(
        "Commendation",
        "Commendation",
        Face(_ASIDE, 11),
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
    Style("FootnoteText", "footnote text", Face(_NOTES, 9), Shape(line=14, first=2)),
    Style(
        "IndexHeading",
        "index heading",
        Face(_HEADING, 12, colour=_ACCENT),
        Shape(line=20, before=8, after=2, align="left", keep_next=True),
        "Index1",
    ),
    Style(
        "Index1",
        "index 1",
        Face(_BODY, 10.5),
        Shape(line=17, align="left", keep_lines=True),
    ),
    Style(
        "SourceLine",
        "Source Line",
        Face(_ASIDE, 10.5, colour=_GREY),
        Shape(line=18, before=14, align="right"),
    ),
    Style(
        "SignOff",
        "Sign Off",
        Face(_ASIDE, 10.5, colour=_GREY),
        Shape(line=18, before=4, align="right", keep_lines=True),
    ),
    Style(
        "Caption",
        "caption",
        Face(_CAPTION, 9),
        Shape(line=16, before=2, after=10, align="center", keep_lines=True),
    ),
    Style(
        "TableCaption",
        "Table Caption",
        Face(_CAPTION, 9),
        Shape(line=16, before=10, after=4, align="center", keep_next=True),
        "TableText",
    ),
    Style(
        "Figure",
        "Figure",
        Face(_BODY, 12),
        Shape(before=8, align="center", keep_lines=True, automatic=True),
        "Caption",
    ),
    Style("TableText", "Table Text", Face(_BODY, 10.5), Shape(line=17, before=1.5, after=1.5)),
    Style(
        "TableHead",
        "Table Head",
        Face(_CAPTION, 10.5),
        Shape(line=17, before=1.5, after=1.5, align="center"),
    ),
    Style("TableSmall", "Table Small", Face(_BODY, 9), Shape(line=14, before=1, after=1)),
    Style("TableFine", "Table Fine", Face(_BODY, 7.5), Shape(line=11.5, before=1, after=1)),
    Style("TableList", "Table List", Face(_BODY, 10.5), Shape(line=17, before=1.5, after=1.5, left=1)),
    Style("AfterTable", "After Table", Face(_BODY, 5), Shape(line=10)),
    Style(
        "Title",
        "Title",
        Face(_DISPLAY, 36, bold=True, colour=_WHITE, spread=80),
        Shape(line=58, align="left", left=0),
        "Subtitle",
    ),
    Style(
        "Subtitle",
        "Subtitle",
        Face(_ASIDE, 18, colour="{cream}", spread=30),
        Shape(line=30, before=14, align="left"),
    ),
    Style(
        "CoverFoot",
        "Cover Foot",
        Face(_HEADING, 13, colour=_ACCENT, spread=40),
        Shape(line=22, align="left"),
    ),
    Style(
        "CoverYear", "Cover Year", Face(_HEADING, 30, colour=_GOLD, spread=40), Shape(line=38, align="left")
    ),
    Style(
        "CoverMark",
        "Cover Mark",
        Face(_HEADING, 12, colour="{cream}", spread=20),
        Shape(line=22, align="left"),
    ),
    Style(
        "SpineTitle", "Spine Title", Face(_DISPLAY, 12, colour=_WHITE), Shape(align="left", automatic=True)
    ),
    Style("SlugLine", "Slug Line", Face(_NOTES, 7), Shape(line=10, align="left")),
    Style("BackText", "Back Text", Face(_ASIDE, 12), Shape(line=22, after=6, first=2)),
    Style(
        "BackMark", "Back Mark", Face(_HEADING, 13, colour=_ACCENT, spread=30), Shape(line=28, align="left")
    ),
    Style("BackLine", "Back Line", Face(_NOTES, 10), Shape(line=17, align="left")),
    Style("HalfTitle", "Half Title", Face(_DISPLAY, 18, spread=60), Shape(line=32, align="center")),
    Style(
        "InnerMark",
        "Inner Mark",
        Face(_HEADING, 12, colour=_ACCENT, spread=20),
        Shape(line=24, align="center"),
    ),
    Style(
        "InnerTitle",
        "Inner Title",
        Face(_DISPLAY, 30, bold=True, spread=60),
        Shape(line=48, align="center"),
        "InnerSubtitle",
    ),
    Style("InnerSubtitle", "Inner Subtitle", Face(_ASIDE, 17), Shape(line=28, before=12, align="center")),
    Style("InnerFoot", "Inner Foot", Face(_BODY, 14, spread=30), Shape(line=26, align="center")),
    Style(
        "FrontHeading",
        "Front Heading",
        Face(_DISPLAY, 22, bold=True),
        Shape(line=36, before=36, after=30, align="center", keep_next=True),
        "BodyText",
    ),
    Style(
        "TOCHeading",
        "TOC Heading",
        Face(_DISPLAY, 22, bold=True),
        Shape(line=36, before=36, after=20, align="center", keep_next=True),
        "BodyText",
    ),
    Style(
        "TOC1",
        "toc 1",
        Face(_HEADING, 12, colour=_ACCENT),
        Shape(line=26, before=14, after=2, align="left", keep_next=True, tabs=_LEADER),
    ),
    Style(
        "TOC2",
        "toc 2",
        Face(_BODY, 11.5),
        Shape(line=21, before=3, align="left", left=1, keep_next=True, tabs=_LEADER),
    ),
    Style(
        "TOC3",
        "toc 3",
        Face(_ASIDE, 10, colour=_GREY),
        Shape(line=16, after=2, align="left", left=1.15, keep_lines=True),
    ),
    Style(
        "ContentsNote", "Contents Note", Face(_ASIDE, 10.5, colour=_GREY), Shape(line=18, after=8, first=2)
    ),
    Style(
        "DividerNumber",
        "Divider Number",
        Face(_HEADING, 15, colour=_ACCENT, spread=120),
        Shape(line=26, align="left", left=4.85, keep_next=True),
        "Heading1",
    ),
    Style(
        "DividerNote", "Divider Note", Face(_ASIDE, 13, colour=_GREY), Shape(line=24, align="left", left=5.6)
    ),
    Style(
        "BoardHeading",
        "Board Heading",
        Face(_DISPLAY, 22, bold=True),
        Shape(line=36, before=36, after=30, align="center", keep_next=True),
        "BoardLine",
    ),
    Style("BoardLine", "Board Line", Face(_ASIDE, 13), Shape(line=30, align="left")),
    Style("CipData", "CIP Data", Face(_NOTES, 10), Shape(line=18, before=1, after=1, align="left")),
    Style(
        "ColophonMark",
        "Colophon Mark",
        Face(_HEADING, 11, colour=_ACCENT, spread=20),
        Shape(line=22, after=4, align="left"),
    ),
    Style("ColophonHead", "Colophon Head", Face(_HEADING, 10.5), Shape(line=20, after=4, align="left")),
    Style(
        "Colophon",
        "Colophon",
        Face(_NOTES, 9.5),
        Shape(line=17, align="left", tabs='<w:tab w:val="left" w:pos="1260"/>'),
    ),
    Style("Spacer", "Spacer", Face(_BODY, 6), Shape(line=6)),
    Style(
        "Header",
        "header",
        Face(_ASIDE, 9, colour=_GREY),
        Shape(line=14, align="left", borders=border("bottom", 4, _GOLD, 3)),
    ),
    Style("Footer", "footer", Face(_NOTES, 9.5), Shape(line=14, align="left")),
)

CHARACTER_STYLES = (
    ("Hyperlink", "Hyperlink", "<w:rPr/>"),
    ("Strong", "Strong", '<w:rPr><w:rFonts w:eastAsia="{han_heading}"/></w:rPr>'),
    ("Emphasis", "Emphasis", '<w:rPr><w:rFonts w:eastAsia="{han_aside}"/></w:rPr>'),
    (
        "SummaryLabel",
        "Summary Label",
        '<w:rPr><w:rFonts w:eastAsia="{han_heading}"/><w:color w:val="{accent}"/></w:rPr>',
    ),
    ("FootnoteReference", "footnote reference", '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'),
    ("Folio", "Folio", '<w:rPr><w:color w:val="{accent}"/></w:rPr>'),
)

STYLE_IDS = frozenset({*(style.id for style in STYLES), *(each[0] for each in CHARACTER_STYLES), TABLE_STYLE})
