"""How much a pack may hold: far above what a class needs, far below what would hurt."""

from __future__ import annotations

from foundation.errors import FieldError
from foundation.text import _
from search.teaching.packs.rules.lines import PLAIN, lines
from search.teaching.packs.values import Content

CASES_HIGHEST = 12
ITEMS_HIGHEST = 60
LINE_HIGHEST = 2_000
TITLE_HIGHEST = 120
MINUTES_HIGHEST = 24 * 60
LISTS = (*PLAIN, "steps", "questions", "board", "slides")


def excess(content: Content) -> list[FieldError]:
    """What is too much, each with its section."""
    found = []
    if len(content.title) > TITLE_HIGHEST:
        found.append(FieldError("title", _("教学包名称不能超过 %(limit)s 个字。", limit=TITLE_HIGHEST)))
    if len(content.cases) > CASES_HIGHEST:
        found.append(
            FieldError(
                "cases", _("一个教学包最多放 %(limit)s 个案例，请分成几个教学包。", limit=CASES_HIGHEST)
            )
        )
    if not 0 < content.minutes <= MINUTES_HIGHEST:
        found.append(FieldError("minutes", _("课时请填 1 到 %(limit)s 分钟。", limit=MINUTES_HIGHEST)))
    if any(not 0 <= step.minutes <= MINUTES_HIGHEST for step in content.steps):
        found.append(FieldError("steps", _("每一步的时间请填 0 到 %(limit)s 分钟。", limit=MINUTES_HIGHEST)))
    found += [
        FieldError(name, _("这一部分最多 %(limit)s 条，请合并或删减。", limit=ITEMS_HIGHEST))
        for name in LISTS
        if len(getattr(content, name)) > ITEMS_HIGHEST
    ]
    if sum(1 for _line in lines(content)) > 10 * ITEMS_HIGHEST:
        found.append(FieldError("questions", _("教学包的条目太多，请删减后再保存。")))
    if any(len(text) > LINE_HIGHEST for text in _texts(content)):
        found.append(
            FieldError("questions", _("每一条不能超过 %(limit)s 个字，请分成几条。", limit=LINE_HIGHEST))
        )
    return found


def _texts(content: Content) -> list[str]:
    return [
        content.audience,
        *(line.text for line in lines(content)),
        *(each.note for each in content.cases),
        *(each.text for each in content.steps),
        *(each.text for each in content.questions),
        *(each.title for each in content.board),
        *(each.title for each in content.slides),
    ]
