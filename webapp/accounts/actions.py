"""The journal's actions in words."""

from foundation.text import Text, _, verbatim

_NAMES: dict[str, Text] = {
    "account.signed_in": _("登录"),
    "account.password_changed": _("修改密码"),
    "account.token_created": _("新建令牌"),
    "account.created": _("开通账号"),
    "account.changed": _("修改账号"),
    "unit.created": _("添加单位"),
    "unit.changed": _("修改单位"),
    "call.created": _("新建征集活动"),
    "call.updated": _("修改征集活动"),
    "call.published": _("发布征集活动"),
    "call.window_extended": _("延长征集时间"),
    "call.closed": _("征集截止"),
    "case.mailed": _("邮件送来案例"),
    "case.mail_decided": _("处理邮件里的案例"),
    "import.started": _("上传导入文件"),
    "import.confirmed": _("确认导入"),
    "import.finished": _("导入完成"),
    "case.started": _("新建案例草稿"),
    "case.discarded": _("删除案例草稿"),
    "case.submitted": _("提交案例"),
    "case.withdrawn": _("撤回案例"),
    "case.returned": _("退回修改"),
    "case.recommended": _("推荐案例"),
    "case.recommendation_withdrawn": _("撤销推荐"),
    "case.formally_checked": _("形式审查"),
    "case.late_arrival_ruled": _("裁定迟到的案例"),
    "case.identity_confirmed": _("核对遮盖"),
    "judging.opened": _("开始评审"),
    "judging.cases_taken": _("案例进入评审"),
    "judging.changed": _("修改评审安排"),
    "judging.closed": _("结束评审"),
    "judging.reopened": _("重新开放评审"),
    "juror.invited": _("邀请评委"),
    "juror.answered": _("评委答复邀请"),
    "juror.removed": _("移除评委"),
    "juror.reminded": _("提醒评委"),
    "conflict.declared": _("登记利益冲突"),
    "reads.assigned": _("分配案例"),
    "read.removed": _("取消分配"),
    "read.recused": _("评委回避"),
    "read.flagged": _("评委提出疑问"),
    "scorecard.handed_in": _("交评分表"),
    "scorecard.reopened": _("退回评分表"),
    "prizes.decided": _("确定奖项"),
    "award.granted": _("授奖"),
    "award.revoked": _("撤销授奖"),
    "edition.created": _("新建选编"),
    "edition.build_requested": _("编排成书"),
}


def action_name(action: str) -> Text:
    """The action as people say it; one that has no words yet by its code."""
    return _NAMES.get(action) or verbatim(action)
