"""Lists whose items and order are laid down by the Party's documents: 四个意识, 四个自信 and the like.

Where all items follow each other in another order, the right order is proposed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from casebook.aids.rules.marks import slip
from casebook.aids.values import Kind, Line, Seriousness, Slip
from foundation.text import _


@dataclass(frozen=True, slots=True)
class FixedList:
    """`source` is where the order stands."""

    name: str
    items: tuple[str, ...]
    source: str


def _list(name: str, items: str, source: str) -> FixedList:
    return FixedList(name, tuple(items.split("、")), source)


LISTS = (
    _list("四个意识", "政治意识、大局意识、核心意识、看齐意识", "中共中央政治局2016年1月29日会议；党章"),
    _list("四个自信", "道路自信、理论自信、制度自信、文化自信", "党章总纲"),
    _list("五位一体", "经济建设、政治建设、文化建设、社会建设、生态文明建设", "党章总纲"),
    _list("新发展理念", "创新、协调、绿色、开放、共享", "党的十八届五中全会；党章总纲"),
    _list("四风", "形式主义、官僚主义、享乐主义、奢靡之风", "党的群众路线教育实践活动"),
    _list("六大纪律", "政治纪律、组织纪律、廉洁纪律、群众纪律、工作纪律、生活纪律", "中国共产党纪律处分条例"),
    _list("乡村振兴总要求", "产业兴旺、生态宜居、乡风文明、治理有效、生活富裕", "党的十九大报告"),
    _list(
        "五大振兴",
        "产业振兴、人才振兴、文化振兴、生态振兴、组织振兴",
        "2018年3月8日全国人大山东代表团审议时的讲话",
    ),
    _list("四史", "党史、新中国史、改革开放史、社会主义发展史", "党中央关于“四史”学习教育的部署"),
    _list(
        "党史学习教育目标", "学史明理、学史增信、学史崇德、学史力行", "党史学习教育动员大会，2021年2月20日"
    ),
    _list("党史学习教育要求", "学党史、悟思想、办实事、开新局", "党史学习教育动员大会，2021年2月20日"),
    _list("三会一课", "支部党员大会、支部委员会、党小组会、党课", "中国共产党支部工作条例（试行）"),
    _list("核心价值观", "富强、民主、文明、和谐", "党的十八大报告"),
    _list("核心价值观", "自由、平等、公正、法治", "党的十八大报告"),
    _list("核心价值观", "爱国、敬业、诚信、友善", "党的十八大报告"),
    _list(
        "新时代好干部标准",
        "信念坚定、为民服务、勤政务实、敢于担当、清正廉洁",
        "全国组织工作会议，2013年6月28日",
    ),
    _list("四个自我", "自我净化、自我完善、自我革新、自我提高", "党章总纲"),
)
_BETWEEN = "(?:、|，|和|及|以及|”“|”、“)"


def _pattern(listed: FixedList) -> re.Pattern[str]:
    item = "(?:" + "|".join(map(re.escape, listed.items)) + ")"
    count = len(listed.items)
    return re.compile(f"{item}(?:{_BETWEEN}{item}){{{count - 1}}}(?!{_BETWEEN}{item})")


_PATTERNS = tuple((listed, _pattern(listed)) for listed in LISTS)


def find(line: Line) -> Iterator[Slip]:
    for listed, pattern in _PATTERNS:
        if not all(item in line.text for item in listed.items):
            continue
        for found in pattern.finditer(line.text):
            better = _ordered(found[0], listed)
            if better is not None and better != found[0]:
                message = _("“%(name)s”有固定的顺序（%(source)s）。", name=listed.name, source=listed.source)
                yield slip(line, found.span(), Kind.TERMS, "terms.order", Seriousness.MUST, message, better)


def _ordered(written: str, listed: FixedList) -> str | None:
    """The items in their order, with what stood between them."""
    item = re.compile("|".join(map(re.escape, listed.items)))
    if sorted(item.findall(written)) != sorted(listed.items):
        return None
    order = iter(listed.items)
    return item.sub(lambda _found: next(order), written)
