"""What was right in a report to one's superior and is not in a book: 我局, 本单位, 今年, 近日.

A reader of the book does not know whose 我局 it is, nor when 今年 was. Direct speech keeps its words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from casebook.aids.rules.marks import inside, quoted, slip, titled, whole_words
from casebook.aids.values import Kind, Line, Role, Seriousness, Slip
from foundation.text import _

_BODIES = (
    "党支部|支部|党委|党总支|总支|党组|局|院|校|厅|处|委|办|中心|公司|集团|厂|所|站|镇|乡|村|街道|社区|区|县|市|州|省"
    "|单位|部门|行|社|队|学院|医院"
)
_OURS = re.compile(
    rf"(?<![自你他为让使令给对])我({_BODIES})(?![有们的党国军人])(?=[\u4e00-\u9fff，。、；：“（]|\Z)"
)
_THIS = re.compile(
    "本(单位|部门|支部|党支部)|(?<![\u4e00-\u9fff])(?<!《)本(局|院|校|厅|中心|公司|集团|镇|乡|街道|社区|区|县|市)"
    "|(?<=[在对由以将把向从到于与和及给按让使为是])本(局|院|校|厅|中心|公司|集团|镇|乡|街道|社区|区|县|市)"
)
_GENERAL = re.compile("[、，]?(?:部门|系统|行业|地区|级|单位)|人|身|着")
"""What makes 本 a word of rules: 本地区、本部门."""
_WHEN = re.compile(
    "(?<![到从至])((?:今年|去年|前年|明年)(?:上半年|下半年|年初|年底)?|近日|日前|目前|昨日|前不久|不久前|上个?月|本月|这个月|下个?月|上周|本周"
    "|上季度|本季度|上半年|下半年)"
)
_HALF_YEAR = re.compile(r"(?:\d{4}\s?年?|[翌次当同每前后]年)的?\Z")
_ROLES = (Role.TITLE, Role.SUMMARY, Role.HEADING, Role.PARAGRAPH, Role.ITEM, Role.CAPTION, Role.CELL)


def find(line: Line) -> Iterator[Slip]:
    if line.role not in _ROLES:
        return
    spoken = [*quoted(line.text), *titled(line.text)]
    for pattern in (_OURS, _THIS):
        for found in pattern.finditer(line.text):
            if pattern is _THIS and _is_general(line.text, found):
                continue
            if whole_words(line.text, *found.span()) and not inside(spoken, *found.span()):
                message = _("书里没有“我们单位”，请写明是哪个单位。")
                yield slip(line, found.span(), Kind.LEFTOVERS, "leftovers.ours", Seriousness.SHOULD, message)
    for found in _WHEN.finditer(line.text):
        before = line.text[max(0, found.start() - 8) : found.start()]
        if inside(spoken, *found.span()) or _is_dated(found[0], before) or not _is_word(line.text, found):
            continue
        message = _("读者不知道这是哪一年，请写明时间。")
        how = Seriousness.LOOK if found[0] == "目前" else Seriousness.SHOULD
        yield slip(line, found.span(), Kind.LEFTOVERS, "leftovers.when", how, message)


def _is_general(text: str, found: re.Match[str]) -> bool:
    listed = re.search("本(?:地区|部门|单位|级|系统|行业)、\\Z", text[: found.start()])
    return bool(listed or _GENERAL.match(text, found.end()))


def _is_word(text: str, found: re.Match[str]) -> bool:
    """年近日本 has no 近日; 今年以来 is one word to the cutter."""
    return text.startswith("以来", found.end()) or whole_words(text, *found.span())


def _is_dated(word: str, before: str) -> bool:
    """ "2021年上半年" says when."""
    return word in ("上半年", "下半年") and bool(_HALF_YEAR.search(before))
