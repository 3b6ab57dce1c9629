"""How scopes, flags, changes and rounds are called."""

from __future__ import annotations

from casebook.reports.rules import changes
from casebook.reports.values import BuildState, Change, FileKind, Flag, Scope
from foundation.text import Text, _

SCOPES: dict[Scope, Text] = {
    Scope.SUBMITTED: _("征集中提交的全部案例"),
    Scope.AWARDED: _("征集中获奖的案例"),
    Scope.SEARCH: _("案例库的一次检索"),
    Scope.PICKED: _("手工选定的案例"),
}

FLAGS: dict[Flag, Text] = {
    Flag.REVOKED: _("所在案例已撤销授奖"),
    Flag.OFF_SHELF: _("所在案例已从案例库下架"),
    Flag.LEFT: _("所在案例已不在报告的统计范围内"),
    Flag.CHANGED: _("获奖版本已更换，其中没有这段话"),
}

BUILD_STATES: dict[BuildState, tuple[Text, str]] = {
    BuildState.QUEUED: (_("正在生成"), "info"),
    BuildState.DONE: (_("已完成"), "ok"),
    BuildState.FAILED: (_("生成失败"), "err"),
}

FILES: dict[FileKind, Text] = {
    FileKind.REPORT: _("研究报告（Word）"),
    FileKind.BRIEF: _("一页简报（Word）"),
    FileKind.ANNEX: _("数据附表（Excel）"),
}

ROUNDS: dict[str, Text] = {
    "opened": _("建立报告，生成草稿"),
    "section": _("编辑"),
    "added": _("增加一节"),
    "removed": _("删除一节"),
    "ordered": _("调整顺序"),
    "title": _("修改标题和署名"),
    "quoted": _("加入引文"),
    "dropped": _("删除引文"),
    "confirmed": _("确认保留引文"),
    "restored": _("恢复以前的一稿"),
    "drafted": _("按现在的数据重写草稿"),
}

_CHANGES: dict[str, Text] = {
    changes.CASE_IN: _("新进入统计的案例：%(what)s"),
    changes.CASE_OUT: _("不再统计的案例：%(what)s"),
    changes.AWARD_NEW: _("新的授奖：%(what)s（%(after)s）"),
    changes.AWARD_GONE: _("撤销的授奖：%(what)s（原为%(before)s）"),
    changes.AWARD_OTHER: _("授奖有变：%(what)s（%(before)s → %(after)s）"),
    changes.VERSION: _("案例换了版本：%(what)s（%(before)s → %(after)s）"),
    changes.NUMBER: _("%(what)s：%(before)s → %(after)s"),
    changes.FIGURE: _("“%(what)s”有 %(after)s 行数据不同"),
}
_UNNAMED = _("一个未获奖案例")


def change_line(change: Change) -> Text:
    """A difference as a sentence. Cases without an award have no name here."""
    what: object = _UNNAMED if change.what == changes.UNNAMED else change.what
    if change.kind in (changes.CASE_IN, changes.CASE_OUT, changes.AWARD_NEW) and what is not _UNNAMED:
        what = f"《{change.what}》"
    return Text(_CHANGES[change.kind].msgid, {"what": what, "before": change.before, "after": change.after})
