"""Names of the parts of a pack, for pages, papers and refusals."""

from __future__ import annotations

from collections.abc import Mapping

from foundation.text import Text, _
from search.teaching.packs.values import Again, Level, Sharing, StepKind

SECTION_NAMES: Mapping[str, Text] = {
    "title": _("名称"),
    "minutes": _("课时"),
    "audience": _("教学对象"),
    "cases": _("案例"),
    "aims": _("学习目标"),
    "preparation": _("课前准备"),
    "steps": _("课堂安排"),
    "questions": _("讨论题"),
    "key_points": _("讲评要点"),
    "board": _("板书设计"),
    "slides": _("幻灯片提纲"),
    "handout": _("学员任务"),
    "references": _("参考资料"),
}
LEVEL_NAMES: Mapping[Level, Text] = {
    Level.FACTS: _("弄清事实"),
    Level.ANALYSIS: _("分析原因"),
    Level.JUDGEMENT: _("权衡判断"),
    Level.TRANSFER: _("联系实际"),
}
STEP_NAMES: Mapping[StepKind, Text] = {
    StepKind.OPENING: _("引入"),
    StepKind.READING: _("阅读"),
    StepKind.LECTURE: _("讲解"),
    StepKind.DISCUSSION: _("讨论"),
    StepKind.REPORT: _("汇报交流"),
    StepKind.CLOSE: _("小结"),
}
SHARING_NAMES: Mapping[Sharing, Text] = {
    Sharing.PRIVATE: _("仅自己可见"),
    Sharing.TRAINERS: _("全体教师可见"),
    Sharing.LINK: _("持链接可见"),
}
AGAIN_NAMES: Mapping[Again, Text] = {
    Again.YES: _("会，原样再用"),
    Again.CHANGED: _("会，但要先修改"),
    Again.NO: _("不会"),
}
UNNAMED = _("未命名教学包")


def section_names(names: tuple[str, ...]) -> str:
    """The sections' names in a row."""
    return str(_("、")).join(str(SECTION_NAMES[name]) for name in names)
