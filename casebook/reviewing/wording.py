"""The words of the trade: names of steps, states and parts of a report, for pages and files."""

from __future__ import annotations

from casebook.book import Language
from casebook.reviewing.values import ErrorState, State, Step, Verdict
from foundation.text import Text, _

STEP_NAMES: dict[Step, Text] = {
    Step.FIRST: _("初审"),
    Step.SECOND: _("复审"),
    Step.FINAL: _("终审"),
    Step.PROOF1: _("一校"),
    Step.PROOF2: _("二校"),
    Step.PROOF3: _("三校"),
    Step.READING: _("通读"),
}
STATE_NAMES: dict[State, tuple[Text, str]] = {
    State.NOT_YET: (_("未到"), "no"),
    State.OPEN: (_("待办"), "todo"),
    State.SIGNED: (_("已签"), "ok"),
    State.CHANGED: (_("签后有改动"), "err"),
    State.RETURNED: (_("退修"), "err"),
}
"""Each with the kind of its tag."""

REPORT_NAMES: dict[str, tuple[Text, Text]] = {
    "value": (_("价值"), _("这篇案例值得收入的理由：做法新不新，别处能不能用。")),
    "politics": (_("政治导向"), _("政治性、政策性把关：提法、领导人和机构名称、民族宗教、涉密、地图。")),
    "facts": (_("事实与数据"), _("事实、数据、引文核对了哪些，有什么存疑。")),
    "structure": (_("结构"), _("层次、标题、篇幅，是否需要调整。")),
    "language": (_("语言文字"), _("文字、标点、数字用法的情况。")),
    "changes": (_("加工情况"), _("编辑加工时改了什么，有没有经单位同意。")),
}
"""Parts of the first report with what belongs into each."""

VERDICT_NAMES: dict[Verdict, Text] = {
    Verdict.ACCEPT: _("采用"),
    Verdict.REVISE: _("修改后采用"),
    Verdict.REJECT: _("不采用"),
}
ERROR_STATES: dict[ErrorState, tuple[Text, str]] = {
    ErrorState.OPEN: (_("待处理"), "todo"),
    ErrorState.CORRECTED: (_("已更正，待核红"), "info"),
    ErrorState.DISMISSED: (_("不改"), "no"),
    ErrorState.VERIFIED: (_("已核红"), "ok"),
}

_LINE = {
    "zh": "（编辑：{first}　签审：{second}　签发：{final}）",
    "en": "(Edited by {first}; reviewed by {second}; released by {final})",
}
_ROLES = {
    "zh": ("责任编辑", "复审", "终审", "责任校对"),
    "en": ("Editors", "Second review", "Final review", "Proofreaders"),
}


def signoff_line(language: Language, *, first: str, second: str, final: str) -> str:
    """The line under a case, in the book's language."""
    return _LINE[language].format(first=first, second=second, final=final)


def colophon_roles(language: Language) -> tuple[str, str, str, str]:
    """What the colophon calls editors, second and final reviewers and proofreaders."""
    return _ROLES[language]
