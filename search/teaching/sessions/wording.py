"""Names of states and kinds, and the rule of a series as a sentence."""

from __future__ import annotations

from foundation.text import Text, _, n_
from search.teaching.sessions.values import QuestionKind, Rhythm, SessionState, StepKind

STATES: dict[SessionState, tuple[Text, str]] = {
    SessionState.PLANNED: (_("待开始"), "todo"),
    SessionState.OPEN: (_("签到中"), "info"),
    SessionState.RUNNING: (_("进行中"), "ok"),
    SessionState.CLOSED: (_("已结束"), "no"),
    SessionState.CANCELLED: (_("已取消"), "err"),
}
KINDS: dict[StepKind, Text] = {
    StepKind.SECTION: _("案例原文"),
    StepKind.NOTE: _("讲解页"),
    StepKind.PROMPT: _("讨论"),
    StepKind.QUESTION: _("题目"),
}
QUESTION_KINDS: dict[QuestionKind, Text] = {
    QuestionKind.SINGLE: _("单选题"),
    QuestionKind.MULTIPLE: _("多选题"),
    QuestionKind.TRUE_FALSE: _("判断题"),
    QuestionKind.SHORT: _("简答题"),
}
WEEKDAYS: tuple[Text, ...] = (
    _("星期一"),
    _("星期二"),
    _("星期三"),
    _("星期四"),
    _("星期五"),
    _("星期六"),
    _("星期日"),
)


def rhythm(rule: Rhythm) -> Text:
    """When a series meets, as a sentence."""
    days = Joined(tuple(WEEKDAYS[day] for day in rule.weekdays))
    at = rule.at.strftime("%H:%M")
    if rule.every == 1:
        return _("每周%(days)s %(at)s", days=days, at=at)
    return n_("每 %(n)s 周的%(days)s %(at)s", "每 %(n)s 周的%(days)s %(at)s", rule.every, days=days, at=at)


class Joined:
    """Several words as a list, in the language in which they are printed."""

    def __init__(self, parts: tuple[Text, ...]) -> None:
        self._parts = parts

    def __str__(self) -> str:
        return str(_("、")).join(str(part) for part in self._parts)
