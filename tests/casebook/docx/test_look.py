"""Sizes, colours and fonts: pages that hold whole lines, greys that print, styles that follow."""

import re
from dataclasses import asdict, fields

import pytest
from lxml import etree

from casebook.book import Colours, FontRole, Format, Trim, Typeface
from casebook.docx.look import FONTS, Look
from casebook.docx.palette import GREYS, PALETTE, Palette
from casebook.docx.reference import reference
from casebook.docx.trims import BODY, GEOMETRIES, LEADING, MILLIMETRES

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.mark.parametrize("trim", Trim)
def test_a_page_holds_whole_characters_and_lines(trim: Trim) -> None:
    page = GEOMETRIES[trim]
    assert page.measure == page.per_line * BODY
    assert 0 <= page.height - page.top - page.bottom - page.lines * LEADING < LEADING
    assert tuple(round(side) for side in page.size) == MILLIMETRES[trim]
    assert page.left > page.right > 0  # the inner margin is the wider one
    assert page.header + 280 < page.top
    assert page.footer + 280 < page.bottom


def _light(rgb: str) -> float:
    parts = [int(rgb[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_light(one), _light(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colours", [PALETTE, GREYS])
def test_words_can_be_read_on_their_grounds(colours: Palette) -> None:
    for ink in (colours.ink, colours.accent, colours.grey):
        assert _contrast(ink, "FFFFFF") >= 7
        assert _contrast(ink, colours.paper) >= 4.5
    for ground in (colours.accent, colours.deep):
        assert _contrast("FFFFFF", ground) >= 7
        assert _contrast(colours.cream, ground) >= 4.5


def test_greys_are_neutral() -> None:
    assert [rgb for rgb in asdict(GREYS).values() if len({rgb[:2], rgb[2:4], rgb[4:]}) > 1] == []


def test_a_grey_book_names_no_colour() -> None:
    look = Look.of(Format(colours=Colours.GREY))
    written = b"".join(reference(look).parts.values()).decode("utf-8", "ignore")
    used = set(re.findall(r'w:(?:color|fill)(?: w:val)?="([0-9A-F]{6})"', written))
    assert used - {"FFFFFF"} <= set(asdict(GREYS).values())
    assert not used & (set(asdict(PALETTE).values()) - set(asdict(GREYS).values()))


def test_fonts_by_role_reach_the_styles_and_the_font_table() -> None:
    face = Typeface("思源宋体 & <甲>", "Source Serif")
    look = Look.of(Format(fonts=((FontRole.BODY, face), (FontRole.NOTES, FONTS[FontRole.NOTES]))))
    assert look.fonts == ((FontRole.BODY, face),)
    parts = reference(look).parts
    styles = etree.fromstring(parts["word/styles.xml"])
    fonts = {
        style.get(_W + "styleId"): style.find(f"{_W}rPr/{_W}rFonts") for style in styles.iter(_W + "style")
    }
    body, caption = fonts["BodyText"], fonts["Caption"]
    assert body is not None
    assert caption is not None
    assert (body.get(_W + "eastAsia"), body.get(_W + "ascii")) == (face.han, face.latin)
    assert caption.get(_W + "eastAsia") == "黑体"
    named = {each.get(_W + "name") for each in etree.fromstring(parts["word/fontTable.xml"])}
    assert {face.han, face.latin, "黑体", "Arial"} <= named


def test_a_palette_has_a_word_for_each_colour() -> None:
    assert {each.name for each in fields(Palette)} == set(asdict(PALETTE))
