"""The fonts of a book for its printer: which it asks for, what stands in for them here, what that cannot do.

Word files carry no fonts; a PDF embeds the letters it uses. What is installed is asked of fontconfig, which
also decides what LibreOffice takes.
"""

import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from fontTools.ttLib import TTFont
from lxml import etree

from casebook.book import Book, FontRole, Format
from casebook.docx.look import Look
from casebook.docx.reference import Reference, reference
from casebook.docx.template import adopted
from casebook.typefaces import LICENCES, substitutes
from foundation.richtext import lines

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SHOWN_BY = {
    FontRole.BODY: "BodyText",
    FontRole.DISPLAY: "Heading2",
    FontRole.HEADING: "Heading3",
    FontRole.CAPTION: "Caption",
    FontRole.ASIDE: "CaseUnit",
    FontRole.NOTES: "FootnoteText",
}
"""A style of each role: with a house's template the role's font is that style's."""
_RARE_FROM = "\u3400"
_UNSEEN = re.compile("[\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]")
"""Variation selectors and the mark of the byte order: nothing is drawn for them."""

Script = Literal["han", "latin"]


@dataclass(frozen=True, slots=True)
class FontUse:
    """`substitute` is what stands in for `wanted` here, "" where it is installed itself or nothing is known;
    `licence` is the substitute's."""

    role: FontRole
    script: Script
    wanted: str
    installed: bool
    substitute: str = ""
    licence: str = ""
    embedded: bool = False


@dataclass(frozen=True, slots=True)
class Rare:
    """A character that the text's font cannot write here, and where it stands."""

    character: str
    places: tuple[str, ...]

    @property
    def code(self) -> str:
        return f"U+{ord(self.character):04X}"


def fonts_of(form: Format) -> tuple[FontUse, ...]:
    """The fonts that a book asks for, by role and script."""
    styles = etree.fromstring(_source(form).parts["word/styles.xml"])
    by_id = {style.get(_W + "styleId"): style for style in styles.iter(_W + "style")}
    found = []
    for role, identity in _SHOWN_BY.items():
        for script, slot in (("han", "eastAsia"), ("latin", "ascii")):
            found.append(_use(role, script, _asked(by_id, identity, slot)))  # type: ignore[arg-type]  # of two
    return tuple(found)


def _source(form: Format) -> Reference:
    look = Look.of(form)
    return adopted(form.reference, look) if form.reference else reference(look)


def _asked(styles: dict[str | None, etree._Element], identity: str, slot: str) -> str:
    """The style's font, or that of the one it is based on."""
    for _step in range(12):
        style = styles.get(identity)
        if style is None:
            break
        fonts = style.find(f"{_W}rPr/{_W}rFonts")
        if fonts is not None and fonts.get(_W + slot):
            return str(fonts.get(_W + slot))
        base = style.find(_W + "basedOn")
        identity = "" if base is None else str(base.get(_W + "val"))
    return "宋体" if slot == "eastAsia" else "Times New Roman"


def _use(role: FontRole, script: Script, wanted: str) -> FontUse:
    if _installed(wanted) is not None:
        return FontUse(role, script, wanted, installed=True)
    chosen = _chosen(wanted)
    return FontUse(role, script, wanted, False, chosen, LICENCES.get(chosen, ""))


def _chosen(wanted: str) -> str:
    """The first free family for this font that is installed."""
    return next((each for each in substitutes(wanted) if _installed(each) is not None), "")


@lru_cache(maxsize=256)
def _installed(family: str) -> tuple[str, int] | None:
    """File and number of a family inside it, None where it is not installed or nobody can be asked."""
    program = shutil.which("fc-list")
    if program is None or not family or set(family) & set(":\\,-"):
        return None
    done = subprocess.run(  # noqa: S603 - fontconfig's own program, the name is one argument
        [program, family, "--format", "%{file}\t%{index}\t%{weight}\n"],
        capture_output=True,
        text=True,
        timeout=20,
        check=False,
    )
    files = sorted(
        (_regular(line.split("\t")), line.split("\t")) for line in done.stdout.splitlines() if line
    )
    if not files:
        return None
    file, index, _weight = files[0][1]
    return file, int(index) & 0xFFFF if index.isdigit() else 0


def _regular(found: list[str]) -> int:
    """How far a font's weight is from that of text (80)."""
    try:
        return round(abs(float(found[2]) - 80))
    except ValueError:
        return 1000


def rare_characters(book: Book) -> tuple[Rare, ...]:
    """Characters of the book that the text's font here does not have, in order; none where the fonts cannot
    be asked."""
    use = next(each for each in fonts_of(book.format) if each.role is FontRole.BODY and each.script == "han")
    letters = _letters(use.wanted if use.installed else use.substitute)
    if not letters:
        return ()
    found: dict[str, dict[str, None]] = {}
    for place, text in _texts(book):
        for character in set(text):
            if character >= _RARE_FROM and ord(character) not in letters and not _UNSEEN.match(character):
                found.setdefault(character, {})[place] = None
    return tuple(Rare(character, tuple(places)) for character, places in sorted(found.items()))


@lru_cache(maxsize=8)
def _letters(family: str) -> frozenset[int]:
    place = _installed(family) if family else None
    if place is None:
        return frozenset()
    with TTFont(place[0], fontNumber=place[1], lazy=True) as font:
        return frozenset(font.getBestCmap() or ())


def _texts(book: Book) -> Iterable[tuple[str, str]]:
    yield book.title, book.title + book.subtitle + book.imprint.compiler + book.publisher
    for line in (*book.board, *book.imprint.staff):
        yield line.office, line.office + "".join(line.names)
    for matter in (*book.front, *book.back):
        yield matter.heading, matter.heading + "".join(lines(matter.blocks))
    for entry in book.entries:
        words = (
            entry.title,
            entry.unit,
            *entry.authors,
            entry.summary,
            entry.source_line,
            entry.signoff_line,
        )
        yield entry.title, "".join(words) + "".join(lines(entry.blocks))
