"""Styles and automatic numbers of a Word file: what a paragraph is, and the label Word prints before it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

_HEADING = re.compile(r"(?:heading|标题)\s?([1-9])\Z")
_DIGITS = "零一二三四五六七八九"
CHINESE_FORMATS = frozenset(
    {
        "chineseCounting",
        "chineseCountingThousand",
        "chineseLegalSimplified",
        "japaneseCounting",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
        "ideographDigital",
        "ideographTraditional",
        "ideographZodiac",
    }
)
_DEEPEST_STYLE = 20


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style with what it inherits; `num_id` and `level` are "" where it has no numbering."""

    name: str = ""
    outline: int | None = None
    num_id: str = ""
    level: str = ""
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list definition; `pattern` is like `%1.%2、`."""

    form: str = "decimal"
    pattern: str = ""
    start: int = 1

    @property
    def is_bullet(self) -> bool:
        return self.form == "bullet"

    @property
    def is_chinese(self) -> bool:
        return self.form in CHINESE_FORMATS


class Styles:
    """The paragraph styles of a document by id."""

    def __init__(self, root: etree._Element | None, ns: str) -> None:
        self._ns = ns
        self._raw = (
            {}
            if root is None
            else {each.get(f"{ns}styleId"): each for each in root.iterchildren(f"{ns}style")}
        )
        self._known: dict[str, Style] = {}

    def style(self, style_id: str) -> Style:
        if style_id not in self._known:
            self._known[style_id] = self._resolved(style_id)
        return self._known[style_id]

    def _resolved(self, style_id: str) -> Style:
        """Follows basedOn, the nearest definition wins; a circle ends after `_DEEPEST_STYLE` steps."""
        name, outline, num_id, level, bold = "", None, "", "", False
        current: str | None = style_id
        for step in range(_DEEPEST_STYLE):
            element = self._raw.get(current)
            if element is None:
                break
            own = _style_of(element, self._ns)
            name = own.name if step == 0 else name
            outline = own.outline if outline is None else outline
            num_id, level = (num_id, level) if num_id else (own.num_id, own.level)
            bold = bold or own.bold
            current = value(element.find(f"{self._ns}basedOn"), self._ns)
        return Style(name, outline, num_id, level, bold)


def _style_of(element: etree._Element, ns: str) -> Style:
    name = (value(element.find(f"{ns}name"), ns) or "").lower()
    heading = _HEADING.match(name)
    outline = value(element.find(f"{ns}pPr/{ns}outlineLvl"), ns)
    number = element.find(f"{ns}pPr/{ns}numPr")
    return Style(
        name=name,
        outline=int(heading[1]) - 1 if heading else outline_level(outline),
        num_id="" if number is None else value(number.find(f"{ns}numId"), ns) or "",
        level="" if number is None else value(number.find(f"{ns}ilvl"), ns) or "",
        bold=is_on(element.find(f"{ns}rPr/{ns}b"), ns),
    )


class Numbering:
    """Automatic numbers. `label` counts, so it must be asked once for each numbered paragraph, in order."""

    def __init__(self, root: etree._Element | None, ns: str) -> None:
        self._levels: dict[str, dict[str, Level]] = {}
        self._abstract: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = {}
        if root is None:
            return
        abstract = {
            each.get(f"{ns}abstractNumId") or "": {
                level.get(f"{ns}ilvl") or "0": _level_of(level, ns) for level in each.iterchildren(f"{ns}lvl")
            }
            for each in root.iterchildren(f"{ns}abstractNum")
        }
        for each in root.iterchildren(f"{ns}num"):
            num_id = each.get(f"{ns}numId") or ""
            self._abstract[num_id] = value(each.find(f"{ns}abstractNumId"), ns) or ""
            self._levels[num_id] = abstract.get(self._abstract[num_id], {})

    def level(self, num_id: str, level: str) -> Level | None:
        """None where the paragraph has no number after all."""
        levels = self._levels.get(num_id)
        return None if not levels or num_id == "0" else levels.get(level or "0", Level())

    def label(self, num_id: str, level: str) -> str:
        """The next label of this list at this level."""
        own = self.level(num_id, level)
        if own is None or own.is_bullet:
            return ""
        depth = int(level) if level.isdigit() else 0
        counts = self._counts.setdefault(self._abstract[num_id], {})
        counts[depth] = counts.get(depth, own.start - 1) + 1
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]
        return re.sub(r"%([1-9])", lambda place: self._number(num_id, int(place[1]) - 1, counts), own.pattern)

    def _number(self, num_id: str, depth: int, counts: dict[int, int]) -> str:
        level = self.level(num_id, str(depth)) or Level()
        return written_number(counts.get(depth, level.start), level.form)


def _level_of(element: etree._Element, ns: str) -> Level:
    start = value(element.find(f"{ns}start"), ns) or "1"
    return Level(
        value(element.find(f"{ns}numFmt"), ns) or "decimal",
        value(element.find(f"{ns}lvlText"), ns) or "",
        int(start) if re.fullmatch(r"\d{1,6}", start) else 1,
    )


def written_number(number: int, form: str) -> str:
    """A count in one of Word's number formats (ST_NumberFormat); decimal for those nobody uses here."""
    if form in CHINESE_FORMATS:
        return chinese_number(number)
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman"):
        return _roman(number) if form == "upperRoman" else _roman(number).lower()
    if form.startswith("decimalEnclosedCircle") and 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    return "" if form == "none" else str(number)


def chinese_number(number: int) -> str:
    """1 to 99 as they are written in headings: 九, 十, 十一, 二十."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")


def _roman(number: int) -> str:
    written = ""
    for size, sign in (
        (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ):  # fmt: skip
        while number >= size and len(written) < 20:
            written, number = written + sign, number - size
    return written


def value(element: etree._Element | None, ns: str) -> str | None:
    """The element's w:val."""
    return None if element is None else element.get(f"{ns}val")


def is_on(element: etree._Element | None, ns: str) -> bool:
    """A toggle property: there, and not switched off."""
    return element is not None and (value(element, ns) or "1") not in ("0", "false", "off", "none")


def outline_level(written: str | None) -> int | None:
    return int(written) if written and re.fullmatch("[0-8]", written) else None
