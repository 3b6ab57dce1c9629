"""What the rows of a file would do: pure, by tables of cases."""

from collections.abc import Sequence
from typing import Any

import pytest

from foundation.actor import Actor, Role
from foundation.people import RoleGrant, User
from foundation.sheets import read_sheet
from foundation.text import use_translations
from tests.support.factories import NOW
from tests.webapp.exchange.files import table
from webapp.exchange import importer, units, users
from webapp.exchange.heads import plain_head, rows_of
from webapp.exchange.units import Tree, UnitView
from webapp.exchange.values import Column, Deed, Row
from webapp.languages import languages

ADMINISTRATOR = Actor("a", "管理员", frozenset({Role.ADMINISTRATOR}))
ORGANISER = Actor("o", "组织者", frozenset({Role.ORGANISER}))


def rows(columns: Sequence[Column], *lines: Sequence[str]) -> list[Row]:
    found, errors, _remarks = rows_of(read_sheet("a.csv", table(*lines)), columns)
    assert errors == []
    return found


def unit(key: str, name: str, parent: UnitView | None = None, **changes: Any) -> UnitView:
    path = f"{parent.path if parent else '/'}{key}/"
    given = {"short_name": "", "code": "", "category_key": "", **changes}
    return UnitView(id=key, name=name, parent_id=parent.id if parent else None, path=path, **given)


TOWN = unit("town", "青溪镇党委", code="QX", short_name="青溪镇")
VILLAGE = unit("village", "青溪镇上河村党支部", TOWN, short_name="上河村", category_key="rural")
TREE = Tree([TOWN, VILLAGE])


def told(plan: units.Plan | users.Plan) -> tuple[list[tuple[int, str]], list[tuple[int, str, str]]]:
    """(line, deed) of the rows, (line, column, sentence) of the errors."""
    return (
        [(row.line, row.deed.value) for row in plan.rows],
        [(each.line, str(each.column or ""), str(each.message)) for each in plan.errors],
    )


# --- heads ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "plain"),
    [
        ("单位全称*", "单位全称"),
        (" 单位 全称 （必填）", "单位全称"),
        ("Full-Name", "fullname"),
        ("E_Mail:", "email"),
    ],
)
def test_heads_are_compared_without_marks(head: str, plain: str) -> None:
    assert plain_head(head) == plain


def test_heads_in_any_order_and_language_and_what_is_left_out() -> None:
    sheet = read_sheet(
        "a.csv", table(("Roles", "颜色", "电子邮箱", "Full name"), ("评委", "红", "a@b.c", "吴评"))
    )
    found, errors, remarks = rows_of(sheet, users.COLUMNS)
    assert found == [Row(2, {"roles": "评委", "email": "a@b.c", "name": "吴评"})]
    assert errors == []
    assert [str(each) for each in remarks] == ["没有用到的列：颜色"]


def test_missing_and_double_heads_are_named() -> None:
    sheet = read_sheet("a.csv", table(("姓名", "名字", "单位"), ("吴评", "", "")))
    _rows, errors, _remarks = rows_of(sheet, users.COLUMNS)
    assert [(each.line, str(each.message)) for each in errors] == [
        (1, "“姓名”这一列出现了两次，请只留一列。"),
        (1, "缺少“邮箱”这一列。请下载模板对照列名。"),
    ]


def test_the_example_of_the_template_is_left_out() -> None:
    sheet = read_sheet(
        "a.csv", table(("姓名", "邮箱"), ("示例：李秀英", "li@example.org"), ("吴评", "a@b.c"))
    )
    found, _errors, remarks = rows_of(sheet, users.COLUMNS)
    assert [row.line for row in found] == [3]
    assert [str(each) for each in remarks] == ["第 2 行是模板的示例，已跳过。"]


# --- units ------------------------------------------------------------------------------------------

HEADS = ("单位全称", "单位代码", "上级单位", "简称", "类别")


@pytest.mark.parametrize(
    ("lines", "deeds"),
    [
        ([("新村党支部", "", "青溪镇党委", "", "")], ["create"]),
        ([("新村党支部", "", "qx", "", "农村")], ["create"]),
        ([("新村党支部", "", "市委／青溪镇党委", "", "")], ["create"]),
        ([("新村党支部", "", "新镇党委", "", ""), ("新镇党委", "", "", "", "")], ["create", "create"]),
        ([("青溪镇党委", "QX", "", "青溪镇", "")], ["unchanged"]),
        ([("青溪镇委", "QX", "", "青溪镇", "")], ["change"]),
        ([("青溪镇上河村党支部", "SH", "青溪镇", "上河村", "农村")], ["change"]),
        ([("青溪镇上河村党支部", "", "", "上河村", "农村")], ["change"]),
    ],
)
def test_units_are_known_by_code_or_name_and_superiors_by_any_of_their_names(
    lines: list[tuple[str, ...]], deeds: list[str]
) -> None:
    plan = units.plan(rows(units.COLUMNS, HEADS, *lines), TREE)
    assert told(plan) == ([(number, deed) for number, deed in enumerate(deeds, start=2)], [])


def test_superiors_come_before_what_hangs_below_them() -> None:
    lines = [("丙", "", "乙", "", ""), ("乙", "", "甲", "", ""), ("甲", "", "", "", "")]
    plan = units.plan(rows(units.COLUMNS, HEADS, *lines), TREE)
    assert [step.name for step in plan.steps] == ["甲", "乙", "丙"]


def test_a_column_that_is_not_there_changes_nothing() -> None:
    plan = units.plan(rows(units.COLUMNS, ("单位全称",), ("青溪镇上河村党支部",)), TREE)
    assert told(plan) == ([(2, "unchanged")], [])


def test_changes_are_told_field_by_field() -> None:
    plan = units.plan(rows(units.COLUMNS, HEADS, ("青溪镇委", "QX", "", "", "")), TREE)
    assert [(str(each.column), each.before, each.after) for each in plan.rows[0].details] == [
        ("单位全称", "青溪镇党委", "青溪镇委"),
        ("简称", "青溪镇", ""),
    ]


@pytest.mark.parametrize(
    ("lines", "errors"),
    [
        ([("", "A", "", "", "")], [(2, "单位全称", "这一项必须填写")]),
        ([("甲", "", "没有的单位", "", "")], [(2, "上级单位", "系统和文件里都没有这个上级单位")]),
        ([("甲", "", "", "", "外星")], [(2, "通常申报的类别", "没有这个类别")]),
        ([("甲", "", "", "", ""), ("甲", "", "", "", "")], [(3, "单位全称", "与第 2 行重复")]),
        ([("甲", "A1", "", "", ""), ("乙", "a1", "", "", "")], [(3, "单位代码", "与第 2 行重复")]),
        ([("甲", "", "甲", "", "")], [(2, "上级单位", "绕了一圈")]),
        ([("甲", "", "乙", "", ""), ("乙", "", "甲", "", "")],
         [(2, "上级单位", "绕了一圈"), (3, "上级单位", "绕了一圈")]),
        ([("青溪镇党委", "QX", "上河村", "", "")], [(2, "上级单位", "绕了一圈")]),
        ([("青溪镇党委", "QX", "上河村", "", ""), ("青溪镇上河村党支部", "", "QX", "", "")],
         [(2, "上级单位", "绕了一圈"), (3, "上级单位", "绕了一圈")]),
        ([("青溪镇上河村党支部", "QX", "", "", "")], [(2, "单位全称", "这个名称已属于另一个单位")]),
        ([("青溪镇党委", "XX", "", "", "")], [(2, "单位代码", "已有代码 QX")]),
        ([("甲" * 201, "", "", "", "")], [(2, "单位全称", "不能超过 200 个字")]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_units_is_said_at_its_cell(
    lines: list[tuple[str, ...]], errors: list[tuple[int, str, str]]
) -> None:
    plan = units.plan(rows(units.COLUMNS, HEADS, *lines), TREE)
    found = told(plan)[1]
    assert [(line, column) for line, column, _sentence in found] == [each[:2] for each in errors]
    assert all(part in sentence for (_l, _c, sentence), (_m, _n, part) in zip(found, errors, strict=True))


# --- users ------------------------------------------------------------------------------------------

USER_HEADS = ("姓名", "邮箱", "单位", "角色", "语言")


def user(name: str, email: str, *roles: Role, unit: UnitView | None = None, active: bool = True) -> User:
    made = User(
        id=email, email=email, name=name, unit_id=unit.id if unit else None, language="", active=active
    )
    made.grants = [RoleGrant(role=role.value) for role in roles]
    made.created_at = NOW
    return made


LI = user("李强", "li@example.org", Role.SUBMITTER, unit=VILLAGE)
BOSS = user("郎组织", "boss@example.org", Role.ORGANISER)
USERS = {each.email: each for each in (LI, BOSS)}


@pytest.mark.parametrize(
    ("line", "deed"),
    [
        (("王芳", "Wang@Example.org", "上河村", "申报人、推荐人", "English"), Deed.CREATE),
        (("李强", "li@example.org", "青溪镇上河村党支部", "submitter", ""), Deed.UNCHANGED),
        (("李强", "LI@example.org", "QX", "申报人", ""), Deed.CHANGE),
        (("李强", "li@example.org", "上河村", "", "中文"), Deed.CHANGE),
    ],
)
def test_users_are_known_by_their_address(line: tuple[str, ...], deed: Deed) -> None:
    plan = users.plan(rows(users.COLUMNS, USER_HEADS, line), TREE, USERS, ORGANISER)
    assert ([row.deed for row in plan.rows], plan.errors) == ([deed], ())


@pytest.mark.parametrize(
    ("line", "column", "part"),
    [
        (("", "x@example.org", "", "评委", ""), "姓名", "必须填写"),
        (("甲", "", "", "评委", ""), "邮箱", "必须填写"),
        (("甲", "x.example.org", "", "评委", ""), "邮箱", "不是邮箱地址"),
        (("甲", "x@example.org", "下河村", "评委", ""), "单位", "没有这个单位"),
        (("甲", "x@example.org", "", "皇帝", ""), "角色", "没有“皇帝”这个角色"),
        (("甲", "x@example.org", "", "", ""), "角色", "至少需要一个角色"),
        (("甲", "x@example.org", "", "系统管理员", ""), "角色", "只能由系统管理员修改"),
        (("郎组织", "boss@example.org", "", "评委", ""), "角色", "只能由系统管理员修改"),
        (("甲", "x@example.org", "", "评委", "法语"), "语言", "请填“中文”或“English”"),
    ],
)
def test_what_is_wrong_with_users_is_said_at_its_cell(line: tuple[str, ...], column: str, part: str) -> None:
    plan = users.plan(rows(users.COLUMNS, USER_HEADS, line), TREE, USERS, ORGANISER)
    assert [(each.line, str(each.column)) for each in plan.errors] == [(2, column)]
    assert part in str(plan.errors[0].message)
    assert plan.steps == ()


def test_an_administrator_may_give_every_role() -> None:
    lines = [("甲", "x@example.org", "", "系统管理员 组织者；编辑", "")]
    plan = users.plan(rows(users.COLUMNS, USER_HEADS, *lines), TREE, USERS, ADMINISTRATOR)
    assert plan.steps[0].roles == {Role.ADMINISTRATOR, Role.ORGANISER, Role.EDITOR}


def test_the_heads_of_the_english_blank_are_known() -> None:
    with use_translations(languages()["en"]):
        for columns in importer.COLUMNS.values():
            heads = [str(column.name) for column in columns]
            found, _errors, _remarks = rows_of(read_sheet("a.csv", table(heads, ["x"] * len(heads))), columns)
            assert [*found[0].values] == [column.key for column in columns]
