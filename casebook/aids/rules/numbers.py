"""Numbers, dates and units of measure: GB/T 15835-2011 出版物上数字用法, GB 3100-1993 国际单位制及其应用.

Each rule is a pattern with what should stand there. What is written in title marks is a name and left alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from casebook.aids.rules.marks import DIGITS, arabic, chinese, inside, slip, titled
from casebook.aids.values import Kind, Line, Role, Script, Seriousness, Slip
from foundation.text import Text, _

Match = re.Match[str]
_COUNTED = (
    "个|名|位|人|户|次|天|年|岁|里|元|万|千|百|家|项|条|件|场|期|批|亩|吨|米|公里|公斤|小时|分钟|倍|件次|人次"
)
_NEVER = "系年|工龄|党龄|有期徒刑|历时|长达|服刑"


@dataclass(frozen=True, slots=True)
class _Style:
    """A pattern, why it is wrong, and what should stand there (None: only a person can say)."""

    rule: str
    pattern: re.Pattern[str]
    message: Text
    better: Callable[[Match], str | None]
    how: Seriousness = Seriousness.MUST
    only_prose: bool = False


def _same(_found: Match) -> None:
    return None


def _century(found: Match) -> str | None:
    decade = int(found[1]) if found[1].isdigit() else arabic(found[1])
    return f"20世纪{decade}年代" if decade and decade >= 30 else None


def _month(found: Match) -> str | None:
    month, rest = arabic(found[2]), found[3] or ""
    return f"{found[1]}{month}月{rest}" if month and month <= 12 else None


def _bare_month(found: Match) -> str | None:
    month = arabic(found[1])
    return f"{month}月{found[2]}日" if month and month <= 12 else None


def _written_date(found: Match) -> str | None:
    year, month, day = found[1], int(found[2]), int(found[3])
    return f"{year}年{month}月{day}日" if 1 <= month <= 12 and 1 <= day <= 31 else None


def _short_year(found: Match) -> str:
    return f"{'20' if int(found[1]) < 50 else '19'}{found[1]}年{found[2]}"


def _full_range(found: Match) -> str:
    century = int(found[1][:2]) + (int(found[2]) < int(found[1][2:]))
    return f"{found[1]}—{century}{found[2]}年"


def _range(found: Match) -> str | None:
    """Years have a dash of their own."""
    years = len(found[1]) > 2 and found.string[found.end() :].startswith("年")
    return None if years else f"{found[1]}～{found[2]}"


def _round(found: Match) -> str | None:
    size = {"百": 100, "千": 1000}[found[2]]
    return f"{int(found[1]) * size}{found[3] or ''}"


def _about(found: Match) -> str | None:
    first, second = int(found[1]), int(found[2])
    return DIGITS[first] + DIGITS[second] + found[3] if second == first + 1 else None


_STYLES = (
    _Style(
        "numbers.zero",
        re.compile("(?<![零〇一二三四五六七八九十百千万])[一二][零〇一二三四五六七八九]{3}(?=年(?!级))"),
        _("汉字年份里的零写作“%(better)s”（GB/T 15835）。", better="〇"),
        lambda found: found[0].replace("零", "〇") if "零" in found[0] else None,
    ),
    _Style(
        "numbers.percent_range",
        re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)[%％]?(?:-|–|—|~)(\d+(?:\.\d+)?)[%％]"),
        _("百分数的范围用浪纹线连接，前后两个百分号都写（GB/T 15835）。"),
        lambda found: f"{found[1]}%～{found[2]}%",
    ),
    _Style(
        "numbers.percent_range",
        re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)(～|至|到)(\d+(?:\.\d+)?)[%％]"),
        _("百分数的范围用浪纹线连接，前后两个百分号都写（GB/T 15835）。"),
        lambda found: f"{found[1]}%{found[2]}{found[3]}%",
    ),
    _Style(
        "numbers.range",
        re.compile(
            r"(?<![\d.A-Za-z\-—/])(\d+(?:\.\d+)?)[-–~](\d+(?:\.\d+)?)(?=(?:余|多)?(?:"
            + _COUNTED
            + r")(?!级))"
        ),
        _("数值的范围用浪纹线连接（GB/T 15834）。"),
        _range,
        Seriousness.SHOULD,
    ),
    _Style(
        "numbers.ten_thousands_range",
        re.compile(
            r"(?<![\d.])(\d+(?:\.\d+)?)(～|—)(\d+(?:\.\d+)?)(万|亿)(?=元|人|户|亩|吨|公里|公斤|平方米)"
        ),
        _("范围前面的数也要写“%(unit)s”，否则会读错（GB/T 15835）。", unit="万、亿"),
        lambda found: f"{found[1]}{found[4]}～{found[3]}{found[4]}",
        Seriousness.SHOULD,
    ),
    _Style(
        "numbers.year_range",
        re.compile(r"(?<!\d)((?:19|20)\d\d)[-–—~～至](\d\d)年(?!代)"),
        _("年份写全四位（GB/T 15835）。"),
        _full_range,
    ),
    _Style(
        "numbers.year_dash",
        re.compile(r"(?<!\d)((?:19|20)\d\d)[-–~]((?:19|20)\d\d)(?=年)"),
        _("时间的起止用一字线连接（GB/T 15834）。"),
        lambda found: f"{found[1]}—{found[2]}",
        Seriousness.SHOULD,
    ),
    _Style(
        "numbers.short_year",
        re.compile(rf"(?<![\d.])(?<!{_NEVER.replace('|', ')(?<!')})[’'‘]?(\d\d)年(\d{{1,2}}月)"),
        _("年份写全四位（GB/T 15835）。"),
        _short_year,
        Seriousness.SHOULD,
    ),
    _Style(
        "numbers.mixed_date",
        re.compile(r"((?:19|20)\d\d年)([一二三四五六七八九十]{1,2})月(\d{1,2}日)?"),
        _("同一个日期里数字的写法要一致（GB/T 15835）。"),
        _month,
    ),
    _Style(
        "numbers.mixed_date",
        re.compile(r"(?<!年)(?<![一二三四五六七八九十])([一二三四五六七八九十]{1,2})月(\d{1,2})日"),
        _("同一个日期里数字的写法要一致（GB/T 15835）。"),
        _bare_month,
    ),
    _Style(
        "numbers.dotted_date",
        re.compile(r"(?<![\d.])((?:19|20)\d\d)[./](\d{1,2})[./](\d{1,2})(?![\d.])"),
        _("行文里的日期写年、月、日（GB/T 15835）。"),
        _written_date,
        Seriousness.SHOULD,
        only_prose=True,
    ),
    _Style(
        "numbers.thousands",
        re.compile(r"(?<!\d)\d{1,3}(?:，\d{3})+(?!\d)(?=" + _COUNTED + ")"),
        _("千分撇用半角逗号（GB/T 15835）。"),
        lambda found: found[0].replace("，", ","),
    ),
    _Style(
        "numbers.thousands",
        re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})*(?:,\d{1,2}|,\d{4,})(?:,\d{3})*(?=" + _COUNTED + ")"),
        _("分节从个位起每三位一节，请核对这个数（GB/T 15835）。"),
        _same,
        Seriousness.LOOK,
    ),
    _Style(
        "numbers.hundreds",
        re.compile(
            r"(?<![\d.])(\d{1,2})([百千])([多余几]?)(?=[个名位人户次元家项条件场亩吨多余几])(?!(?:千|百)?[克米瓦卡帕])"
        ),
        _(
            "阿拉伯数字后面只能接“%(units)s”，不接“%(not)s”（GB/T 15835）。",
            units="万、亿",
            **{"not": "十、百、千"},
        ),
        _round,
    ),
    _Style(
        "numbers.hundreds",
        re.compile(r"(?<![\d.])(\d)([千百])(万)(?=[个名位人户次元家亩吨多余])"),
        _(
            "阿拉伯数字后面只能接“%(units)s”，不接“%(not)s”（GB/T 15835）。",
            units="万、亿",
            **{"not": "十、百、千"},
        ),
        _round,
    ),
    _Style(
        "numbers.about",
        re.compile(r"(?<![\d、.第])([1-9])、([2-9])(个|名|位|天|年|岁|里|户|次|家|分钟|小时)(?!级|月)"),
        _("相邻两个数字表示概数时用汉字，中间不用顿号（GB/T 15835）。"),
        _about,
        Seriousness.SHOULD,
    ),
    _Style(
        "numbers.about",
        re.compile("([几数])10(?=" + _COUNTED + ")"),
        _("带“%(word)s”的概数用汉字（GB/T 15835）。", word="几、数"),
        lambda found: found[1] + "十",
    ),
    _Style(
        "numbers.about",
        re.compile(r"(?<![\d.])([1-9])0几(?=" + _COUNTED + ")"),
        _("带“%(word)s”的概数用汉字（GB/T 15835）。", word="几、数"),
        lambda found: chinese(int(found[1]) * 10) + "几",
    ),
    _Style(
        "numbers.about_twice",
        re.compile(
            r"(?:大约|约|近|将近|接近|超过|逾)\s?[\d.,]+(?:万|亿)?(?:余|多)?(?:"
            + _COUNTED
            + r"|%)?(?:左右|上下)"
            r"|(?:大约|约|近|将近|超过|逾)\s?[\d.,]+(?:万|亿)?(?:余|多)(?=" + _COUNTED + ")"
        ),
        _("前后两个词都表示概数，只留一个。"),
        _same,
        Seriousness.SHOULD,
    ),
    _Style(
        "numbers.two",
        re.compile(
            "(?<![零〇一二三四五六七八九十百千万第其之])二(?=[个名项种件条户])(?!个(?:一百年|百年|阶段性))"
        ),
        _("量词前用“%(better)s”。", better="两"),
        lambda _found: "两",
        Seriousness.SHOULD,
    ),
    _Style(
        "numbers.decade",
        re.compile(
            "(?<!世纪)(?<!世紀)(?<!年)(?<![\\d—～至\\-–])([1-9]0)(?:年代)(?=[初中末以，。的后前起]|\\Z)"
        ),
        _("年代前要写明世纪（GB/T 15835）。"),
        _century,
        Seriousness.SHOULD,
    ),
    _Style(
        "numbers.decade",
        re.compile("(?:上个?世纪|20世纪|二十世纪)([三四五六七八九]十)年代"),
        _("世纪、年代用阿拉伯数字，并写明是哪个世纪（GB/T 15835）。"),
        _century,
        Seriousness.SHOULD,
    ),
    _Style(
        "numbers.decade",
        re.compile("上个?世纪([3-9]0)年代"),
        _("世纪、年代用阿拉伯数字，并写明是哪个世纪（GB/T 15835）。"),
        _century,
        Seriousness.SHOULD,
    ),
)

_UNITS = {
    "公分": "厘米", "公升": "升", "公尺": "米", "公厘": "毫米", "平米": "平方米", "立米": "立方米",
    "公方": "立方米", "市斤": "斤", "市亩": "亩",
}  # fmt: skip
_NOT_UNITS = re.compile(
    r"(?<=[\d一二三四五六七八九十百千万亿两几余多每])(" + "|".join(_UNITS) + ")(?![之的]一|子)"
)
_SYMBOLS = {
    "KM": "km", "Km": "km", "kM": "km", "KG": "kg", "Kg": "kg", "kG": "kg", "KW": "kW", "Kw": "kW",
    "kw": "kW", "ML": "mL", "CM": "cm", "Cm": "cm", "MM": "mm", "KWH": "kW·h", "Kwh": "kW·h", "kwh": "kW·h",
    "m2": "m²", "M2": "m²", "m3": "m³", "M3": "m³", "KV": "kV", "Kv": "kV",
}  # fmt: skip
_NOT_SYMBOLS = re.compile(
    r"(?<=\d)\s?(" + "|".join(sorted(_SYMBOLS, key=len, reverse=True)) + r")(?![A-Za-z0-9])"
)


def find(line: Line) -> Iterator[Slip]:
    names = titled(line.text)
    for style in _STYLES:
        if style.only_prose and line.role in (Role.CELL, Role.CAPTION, Role.SOURCE, Role.SIGNOFF):
            continue
        for found in style.pattern.finditer(line.text):
            proposal = style.better(found)
            if inside(names, *found.span()) or (proposal is None and style.better is not _same):
                continue
            yield slip(line, found.span(), Kind.NUMBERS, style.rule, style.how, style.message, proposal)
    for pattern, table in ((_NOT_UNITS, _UNITS), (_NOT_SYMBOLS, _SYMBOLS)):
        for found in pattern.finditer(line.text):
            better = table[found[1]]
            message = _("法定计量单位写作“%(better)s”（GB 3100）。", better=better)
            if not inside(names, *found.span()):
                span = found.span(1)
                yield slip(line, span, Kind.NUMBERS, "numbers.unit", Seriousness.MUST, message, better)


_ORDINAL = re.compile(
    "第(?:([0-9]{1,2})|([二三四五六七八九十]{1,3}))(次|批|期|季度|阶段|轮)(?!全国|代表|党代)"
)
"""第一 is a word more than a number and left out."""


def ordinals(script: Script) -> Iterator[Slip]:
    """第2批 in a text that has 第三批: the rarer way is shown."""
    places = [
        (line, found)
        for line in script.lines
        for found in _ORDINAL.finditer(line.text)
        if not inside(titled(line.text), *found.span())
    ]
    for measure in {found[3] for _line, found in places}:
        of_measure = [(line, found) for line, found in places if found[3] == measure]
        digits = [pair for pair in of_measure if pair[1][1]]
        words = [pair for pair in of_measure if pair[1][2]]
        if digits and words:
            for line, found in min(words, digits, key=len):
                message = _("同一篇里序数的写法要一致（GB/T 15835）。")
                better = _other_way(found)
                span = found.span()
                yield slip(line, span, Kind.NUMBERS, "numbers.ordinal", Seriousness.SHOULD, message, better)


def _other_way(found: Match) -> str | None:
    number = int(found[1]) if found[1] else arabic(found[2])
    if not number:
        return None
    return f"第{chinese(number) if found[1] else number}{found[3]}"
