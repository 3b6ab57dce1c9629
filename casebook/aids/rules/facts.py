"""What cannot be true as it stands: dates that no calendar has, wrong days of the week, shares that miss 100,
totals that are no sums, numbers that differ between summary and text. Which of the two is wrong only the unit
knows, so nothing is proposed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from casebook.aids.rules.marks import slip
from casebook.aids.values import PROSE, Grid, Kind, Line, Role, Script, Seriousness, Slip
from foundation.folding import HAN
from foundation.text import Text, _

_DATE = re.compile(r"(?:(?<!\d)((?:19|20)\d\d)年)?(?<!\d)(\d{1,2})月(?:(\d{1,2})日)?")
_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_WEEKDAY = re.compile(r"(?<!\d)((?:19|20)\d\d)年(\d{1,2})月(\d{1,2})日[（(]?(?:星期|周)([一二三四五六日天])")
_WEEK = "一二三四五六日"
_DAY_NAMES = (
    _("星期一"), _("星期二"), _("星期三"), _("星期四"), _("星期五"), _("星期六"), _("星期日"),
)  # fmt: skip
_SHARE = re.compile(r"占(?:比|总数的?|全部的?)?(?:达到?|为)?(\d+(?:\.\d+)?)[%％]")
_SENTENCE = re.compile("[^。！？；\n]+")
_NEAR = Decimal(3)
"""Shares that together miss 100 by no more are meant to be all of it."""
_PAIR = re.compile(
    r"(?:共有?|有|现有)(?:正式)?党员(\d+)[名人][^。；]{0,12}?其中[，：]?"
    r"(?:(男)(?:性|党员|性党员)?(\d+)[名人][，、和](女)(?:性|党员|性党员)?(\d+)[名人]"
    r"|(正式)党员(\d+)[名人][，、和](预备)党员(\d+)[名人])"
)
_PART = re.compile(
    r"(?:共有?|现有)(?:党员|职工|村民|干部|学生|教师|居民)?(\d+)([名人户])[^。；\d]{0,12}其中[^。；\d]{0,12}?(\d+)\2"
)
_TOTALS = ("合计", "总计", "共计", "总和")
_PARTIAL = "小计"
_NUMBER = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?|-?\d+(?:\.\d+)?")
_SAID = re.compile(
    rf"([{HAN}]{{3,8}}?)(?:了|约|近|达到?|共|为|至|超过?|累计|有)*(?<![\d.])(\d+(?:\.\d+)?)((?:万|亿)?(?:[%％]|人次|平方米|公里|[名个户人元家项条件场亩吨次篇件]))"
)


def find(script: Script) -> Iterator[Slip]:
    for line in script.lines:
        yield from _dates(line)
        if line.role in PROSE:
            yield from _shares(line)
            yield from _parts(line)
    for table in script.tables:
        yield from _totals(table)
    yield from _summary(script)


def _look(line: Line, span: tuple[int, int], rule: str, message: Text) -> Slip:
    return slip(line, span, Kind.FACTS, rule, Seriousness.LOOK, message)


def _dates(line: Line) -> Iterator[Slip]:
    for found in _DATE.finditer(line.text):
        if not _exists(found[1], int(found[2]), found[3]):
            message = _("日历上没有这个日期，请核对。")
            yield slip(line, found.span(), Kind.FACTS, "facts.date", Seriousness.MUST, message)
    for found in _WEEKDAY.finditer(line.text):
        if not _exists(found[1], int(found[2]), found[3]):
            continue
        right = date(int(found[1]), int(found[2]), int(found[3])).weekday()
        if _WEEK[right] != found[4].replace("天", "日"):
            message = _("这一天是%(day)s，日期和星期有一个不对。", day=_DAY_NAMES[right])
            yield slip(line, found.span(), Kind.FACTS, "facts.weekday", Seriousness.MUST, message)


def _exists(year: str | None, month: int, day: str | None) -> bool:
    if not 1 <= month <= 12:
        return _is_duration(year, day)
    if day is None:
        return True
    if year and month == 2 and int(day) == 29:
        return int(year) % 4 == 0 and (int(year) % 100 != 0 or int(year) % 400 == 0)
    return 1 <= int(day) <= _DAYS[month - 1]


def _is_duration(year: str | None, day: str | None) -> bool:
    """ "历时18月" is clumsy, but no date."""
    return year is None and day is None


def _shares(line: Line) -> Iterator[Slip]:
    for sentence in _SENTENCE.finditer(line.text):
        shares = list(_SHARE.finditer(sentence[0]))
        if len(shares) < 3:
            continue
        total = sum((Decimal(each[1]) for each in shares), Decimal(0))
        rounding = Decimal("0.1") * len(shares)
        if rounding < abs(total - 100) <= _NEAR:
            start = sentence.start() + shares[0].start()
            end = sentence.start() + shares[-1].end()
            message = _("这几项占比加起来是 %(total)s%%，不是 100%%。", total=total)
            yield _look(line, (start, end), "facts.shares", message)


def _parts(line: Line) -> Iterator[Slip]:
    for found in _PAIR.finditer(line.text):
        parts = [int(found[number]) for number in (3, 5, 7, 9) if found[number]]
        if sum(parts) != int(found[1]):
            message = _("两部分加起来是 %(sum)s，和总数 %(total)s 不符。", sum=sum(parts), total=found[1])
            yield _look(line, found.span(), "facts.parts", message)
    for found in _PART.finditer(line.text):
        if int(found[3]) > int(found[1]):
            message = _("其中的一部分 %(part)s 比总数 %(total)s 还多。", part=found[3], total=found[1])
            yield _look(line, found.span(), "facts.parts", message)


def _totals(table: Grid) -> Iterator[Slip]:
    """The last row's or column's totals; tables with joined cells are left alone."""
    if not table.regular or len(table.rows) < 3 or len({len(row) for row in table.rows}) != 1:
        return
    if _is_total(table.rows[-1][0].text):
        yield from _sums(table.rows[1:])
    columns = tuple(zip(*table.rows, strict=True))
    if _is_total(columns[-1][0].text):
        yield from _sums(tuple(zip(*columns[1:], strict=True))[1:], across=True)


def _is_total(label: str) -> bool:
    return "".join(label.split()) in _TOTALS


def _sums(rows: tuple[tuple[Line, ...], ...], *, across: bool = False) -> Iterator[Slip]:
    """The last cell of each column (of each row when `across`) beside the sum of those before it."""
    lanes = rows if across else tuple(zip(*rows, strict=True))[1:]
    if not across and any(_PARTIAL in row[0].text for row in rows):
        return
    for lane in lanes:
        *parts, total = (_value(cell.text) for cell in lane)
        if total is None or any(part is None for part in parts) or len(parts) < 2 or "%" in lane[-1].text:
            continue
        added = sum((part for part in parts if part is not None), Decimal(0))
        if added != total and lane[-1].place:
            message = _("按表里的数加起来是 %(sum)s，这里是 %(total)s。", sum=added, total=total)
            yield _look(lane[-1], (0, len(lane[-1].text)), "facts.total", message)


def _value(written: str) -> Decimal | None:
    found = _NUMBER.fullmatch(written.strip().rstrip("%％"))
    return Decimal(found[0].replace(",", "")) if found else None


def _summary(script: Script) -> Iterator[Slip]:
    """A number of the summary whose words stand in the text once, with another number."""
    summary = next((line for line in script.lines if line.role is Role.SUMMARY), None)
    if summary is None:
        return
    said: dict[tuple[str, str], set[str]] = {}
    for line in script.lines:
        if line.role in PROSE and line is not summary:
            for found in _SAID.finditer(line.text):
                said.setdefault((found[1][-4:], found[3]), set()).add(found[2])
    for found in _SAID.finditer(summary.text):
        others = said.get((found[1][-4:], found[3]), set())
        if len(found[1]) >= 4 and len(others) == 1 and found[2] not in others:
            message = _("正文里同一件事写的是 %(other)s。", other=next(iter(others)) + found[3])
            yield _look(summary, (found.start(2), found.end(3)), "facts.summary", message)
