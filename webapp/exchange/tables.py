"""The tables that can be taken out. Each reads by the session of whoever asks: no row beyond what he sees."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from foundation import journal, people
from foundation.actor import Actor
from foundation.errors import Forbidden
from foundation.people import Unit, User
from foundation.sheets import Cell, Table
from foundation.text import Text, _
from judging import queries as judging
from submissions import queries
from submissions.queries.exchange import CaseLine, case_lines
from submissions.values import Author, CallView, CaseStatus
from webapp.accounts import actions, directory
from webapp.exchange.units import CATEGORY, CODE, PARENT, SHORT, category_name
from webapp.exchange.units import NAME as UNIT_NAME
from webapp.exchange.users import EMAIL, LANGUAGE, LANGUAGE_NAMES, ROLES, UNIT, role_names
from webapp.exchange.users import NAME as USER_NAME

STATUS: Mapping[CaseStatus, Text] = {
    CaseStatus.DRAFT: _("草稿"),
    CaseStatus.SUBMITTED: _("已提交"),
    CaseStatus.RETURNED: _("退回修改"),
    CaseStatus.WITHDRAWN: _("已撤回"),
    CaseStatus.CHECKED: _("审查通过"),
    CaseStatus.REJECTED: _("未通过审查"),
}


# --- units and users: as they are imported --------------------------------------------------------


def units(db: Session) -> Table:
    """All units, in the columns of the import."""
    nodes = directory.unit_tree(db)
    names = {node.unit.id: node.unit.name for node in nodes}

    def rows() -> Iterator[list[Cell]]:
        for node in nodes:
            unit = node.unit
            above = names.get(unit.parent_id or "", "")
            category = category_name(unit.category_key)
            yield [unit.name, unit.code, above, unit.short_name, category, node.people]

    heads = [UNIT_NAME.name, CODE.name, PARENT.name, SHORT.name, CATEGORY.name, _("账号数")]
    return Table(str(_("单位")), heads, rows(), widths=(40, 14, 40, 16, 16, 10))


def users(db: Session) -> Table:
    """All accounts, in the columns of the import."""

    def rows() -> Iterator[list[Cell]]:
        for user in db.scalars(select(User).order_by(User.name, User.id)).unique():
            unit = user.unit.name if user.unit else ""
            language = LANGUAGE_NAMES.get(user.language, user.language)
            state = _("正常") if user.active else _("已停用")
            yield [user.name, user.email, unit, role_names(user.roles), language, state, user.created_at]

    heads = [
        USER_NAME.name, EMAIL.name, UNIT.name, ROLES.name, LANGUAGE.name, _("状态"), _("开通时间")
    ]  # fmt: skip
    return Table(str(_("用户")), heads, rows(), widths=(14, 30, 40, 24, 10, 10, 20))


# --- cases ------------------------------------------------------------------------------------------

_CASE_HEADS = (
    _("编号"), _("标题"), _("单位"), _("隶属关系"), _("类别"), _("作者"),
    _("实践开始日期"), _("实践结束日期"),
    _("字数"), _("照片和附件"), _("状态"), _("版本"), _("收到时间"), _("推荐单位"), _("推荐意见"),
    _("形式审查时间"), _("形式审查人"), _("形式审查意见"),
)  # fmt: skip
_CASE_WIDTHS = (16, 44, 32, 40, 16, 30, 13, 13, 8, 8, 12, 6, 20, 30, 30, 20, 12, 30)


def cases(db: Session, call: CallView, *, below: str = "") -> Table:
    """The handed-in cases of a call: all that the session sees, or those below a unit."""
    unit_path = unit_paths(db)
    names = {each.key: each.name for each in call.rules.categories}

    def rows() -> Iterator[list[Cell]]:
        for line in case_lines(db, call.id, below=below):
            yield _case_row(line, names, unit_path)

    return Table(str(_("案例")), _CASE_HEADS, rows(), zone=call.timezone, widths=_CASE_WIDTHS)


def judged_cases(db: Session, actor: Actor, call: CallView) -> Table:
    """The same with what judging says, for the organiser; without it while he may not see the standings."""
    placed = _places(db, actor, call)
    prizes = {award.case_id: award.prize_name for award in judging.awards(db, call.id)}
    unit_path = unit_paths(db)
    names = {each.key: each.name for each in call.rules.categories}

    def rows() -> Iterator[list[Cell]]:
        for line in case_lines(db, call.id):
            rank, score = placed.get(line.id, (None, None))
            row = _case_row(line, names, unit_path)
            yield [*row, rank, score, prizes.get(line.id, ""), line.content_hash]

    heads = (*_CASE_HEADS, _("名次"), _("得分"), _("奖项"), _("内容指纹"))
    return Table(call.title, heads, rows(), zone=call.timezone, widths=(*_CASE_WIDTHS, 8, 10, 14, 20))


def _places(db: Session, actor: Actor, call: CallView) -> dict[str, tuple[int | None, Decimal | None]]:
    """Rank and score by case; an organiser who sits on the jury gets none."""
    view = judging.round_of_call(db, call)
    if view is None:
        return {}
    try:
        board = judging.board(db, actor, view)
    except Forbidden:
        return {}
    return {row.case_id: (row.rank, row.shown) for row in board.rows}


def _case_row(line: CaseLine, names: Mapping[str, str], unit_path: Callable[[str], str]) -> list[Cell]:
    return [
        line.number,
        line.title,
        line.unit_name,
        unit_path(line.unit_path),
        names.get(line.category_key, line.category_key),
        written_authors(line.authors),
        line.practice_from,
        line.practice_to,
        line.word_count,
        line.attachments,
        STATUS[line.status],
        line.ordinal,
        line.received_at,
        "；".join(line.recommended_by),
        "\n".join(line.opinions),
        line.checked_at,
        line.checked_by,
        line.check_reason,
    ]


def written_authors(authors: tuple[Author, ...]) -> str:
    """As the import reads them again."""
    return "、".join(f"{each.name}（{each.post}）" if each.post else each.name for each in authors)


def unit_paths(db: Session) -> Callable[[str], str]:
    """From a path of ids to the names of the units above, the highest first."""
    names = {unit.id: unit.short_name or unit.name for unit in people.units(db)}

    def written(path: str) -> str:
        return " / ".join(names.get(key, "") for key in path.strip("/").split("/"))

    return written


def own_cases(db: Session, actor: Actor) -> Table:
    """Every case of the actor's unit, drafts too."""
    calls = {call.id: call for call in queries.calls(db)}

    def rows() -> Iterator[list[Cell]]:
        for case in queries.cases_of_unit(db, actor.unit_id or ""):
            call = calls.get(case.call_id)
            draft = queries.draft(db, case.id)
            category = call.rules.category(case.category_key) if call else None
            yield [
                case.number,
                case.title,
                call.title if call else "",
                category.name if category else "",
                written_authors(draft.text.authors),
                draft.word_count,
                STATUS[case.status],
                case.ordinal,
                case.received_at,
                case.changed_at,
            ]

    heads = [
        _("编号"), _("标题"), _("征集活动"), _("类别"), _("作者"), _("字数"), _("状态"), _("版本"),
        _("收到时间"), _("修改时间"),
    ]  # fmt: skip
    return Table(str(_("我的申报")), heads, rows(), widths=(16, 44, 30, 16, 30, 8, 12, 6, 20, 20))


# --- one call, for its organiser -------------------------------------------------------------------


def call_units(db: Session, call: CallView) -> Table:
    """Every unit with what it has handed in; those that have handed in nothing as well."""
    counts: dict[str, dict[str, int]] = {}
    for line in case_lines(db, call.id):
        of_unit = counts.setdefault(line.unit_id, {})
        of_unit[line.status.value] = of_unit.get(line.status.value, 0) + 1
        of_unit["recommended"] = of_unit.get("recommended", 0) + bool(line.recommended_by)
    path = unit_paths(db)
    counted = db.execute(select(User.unit_id, func.count()).where(User.active).group_by(User.unit_id))
    accounts = {row[0]: row[1] for row in counted}
    shown = (CaseStatus.SUBMITTED, CaseStatus.CHECKED, CaseStatus.REJECTED, CaseStatus.RETURNED,
             CaseStatus.WITHDRAWN)  # fmt: skip

    def rows() -> Iterator[list[Cell]]:
        for unit in people.units(db):
            of_unit = counts.get(unit.id, {})
            statuses = [of_unit.get(status.value, 0) for status in shown]
            total = sum(statuses)
            yield [
                unit.name, unit.code, path(unit.path), total, *statuses, of_unit.get("recommended", 0),
                accounts.get(unit.id, 0),
            ]  # fmt: skip

    heads = [
        UNIT_NAME.name, CODE.name, _("隶属关系"), _("已收案例"), *(STATUS[status] for status in shown),
        _("获推荐"), _("账号数"),
    ]  # fmt: skip
    return Table(str(_("各单位收件")), heads, rows(), zone=call.timezone, widths=(40, 14, 40))


def extensions(db: Session, call: CallView) -> Table:
    rows = (
        [each.unit_name or _("全部单位"), each.closes_at, each.reason, each.granted_by, each.granted_at]
        for each in queries.extensions(db, call.id)
    )
    heads = [_("适用单位"), _("新的截止时间"), _("理由"), _("批准人"), _("记录时间")]
    return Table(str(_("延期记录")), heads, rows, zone=call.timezone, widths=(32, 20, 50, 14, 20))


def recommendations(db: Session, call: CallView, *, below: str = "") -> Table:
    """Recommendations in force of the versions that count; the place is that in the superior's order."""

    def rows() -> Iterator[list[Cell]]:
        places = queries.places(db, call.id, below=below)
        for line in case_lines(db, call.id, below=below):
            for each in (
                queries.recommendations(db, [line.id]).get(line.id, []) if line.recommended_by else ()
            ):
                yield [
                    each.unit_name, places.get(each.id, ("",))[0], line.number, line.title, line.unit_name,
                    each.opinion, each.by_name, each.given_at,
                ]  # fmt: skip

    heads = [
        _("推荐单位"), _("推荐位次"), _("编号"), _("标题"), _("申报单位"), _("推荐意见"), _("推荐人"),
        _("推荐时间"),
    ]  # fmt: skip
    return Table(str(_("推荐")), heads, rows(), zone=call.timezone, widths=(30, 10, 16, 44, 30, 50, 12, 20))


_JOURNAL_HEADS = (_("序号"), _("时间"), _("操作人"), _("操作"), _("对象"), _("内容"))


def call_journal(db: Session, call: CallView) -> Table:
    """What happened in a call: to itself, its cases, its judging."""
    about = {call.id} | {line.id for line in case_lines(db, call.id)}
    view = judging.round_of_call(db, call)
    about |= {view.id} if view else set()
    keys = ("call_id", "case_id", "round_id")

    def concerns(entry: journal.Entry) -> bool:
        return entry.subject_id in about or any(entry.detail.get(key) in about for key in keys)

    return _journal(db, str(_("操作记录")), concerns, call.timezone)


def whole_journal(db: Session) -> Table:
    return _journal(db, str(_("操作记录")), lambda _entry: True, "Asia/Shanghai")


def _journal(db: Session, name: str, concerns: Callable[[journal.Entry], bool], zone: str) -> Table:
    names = {"system": str(_("系统")), "anonymous": str(_("访客"))}
    names |= {row[0]: row[1] for row in db.execute(select(User.id, User.name))}
    names |= {row[0]: row[1] for row in db.execute(select(Unit.id, Unit.name))}

    def rows() -> Iterator[list[Cell]]:
        for entry in journal.every(db):
            if concerns(entry):
                detail = json.dumps(entry.detail, ensure_ascii=False, sort_keys=True)
                yield [
                    entry.seq,
                    entry.at,
                    names.get(entry.actor_id, entry.actor_id),
                    actions.action_name(entry.action),
                    names.get(entry.subject_id, entry.subject_id),
                    detail,
                ]

    return Table(name, _JOURNAL_HEADS, rows(), zone=zone, widths=(8, 20, 14, 18, 20, 80))
