"""Units from a table: what each row would do to the tree, and doing it.

A unit is known by its code where the row gives one, else by its name. Rows may stand in any order.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from foundation import people
from foundation.actor import Actor
from foundation.ids import new_id
from foundation.text import Text, _
from submissions.call_templates import CATEGORIES
from webapp.accounts import directory
from webapp.accounts.forms import UnitForm
from webapp.exchange.heads import chosen, doubles, missing, name_key, too_long
from webapp.exchange.values import Column, Deed, Detail, Row, RowError, RowReport

NAME = Column(
    "name", _("单位全称"), _("必填，不能与其他单位同名"), "示例：青溪镇上河村党支部", True,
    ("单位名称", "单位", "名称", "full name", "unit", "unit name"),
)  # fmt: skip
CODE = Column(
    "code", _("单位代码"), _("选填；填了就用它认出已有的单位，可以改名"), "QX-001",
    also=("代码", "编码", "单位编码", "unit code"),
)  # fmt: skip
PARENT = Column(
    "parent", _("上级单位"), _("上级的全称或代码；也可以写成“甲/乙”的路径；留空为最高一级"), "青溪镇党委",
    also=("上级", "隶属", "隶属单位", "superior", "parent unit", "superior unit"),
)  # fmt: skip
SHORT = Column("short_name", _("简称"), _("选填，用在列表和书中"), "上河村", also=("short name",))
CATEGORY = Column(
    "category", _("通常申报的类别"), _("选填：%(names)s", names="、".join(each.name for each in CATEGORIES)),
    CATEGORIES[0].name, also=("单位类别", "类别", "category", "category key", "usual category"),
)  # fmt: skip
COLUMNS = (NAME, CODE, PARENT, SHORT, CATEGORY)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a unit hangs: below a unit that exists, below one of an earlier step, or at the top."""

    unit_id: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class UnitStep:
    """One unit as it shall be; `unit_id` "" where it is to be created."""

    line: int
    unit_id: str
    name: str
    short_name: str
    code: str
    category_key: str
    parent: Place


@dataclass(frozen=True, slots=True)
class Plan:
    """Steps in an order in which superiors come before what hangs below them."""

    steps: tuple[UnitStep, ...]
    rows: tuple[RowReport, ...]
    errors: tuple[RowError, ...]


@dataclass(frozen=True, slots=True)
class UnitView:
    """A unit as it is, for longer than the transaction that has read it."""

    id: str
    name: str
    short_name: str
    code: str
    category_key: str
    parent_id: str | None
    path: str


@dataclass(frozen=True, slots=True)
class Tree:
    """The units there are, to be found by code and by name."""

    units: Sequence[UnitView]
    by_id: Mapping[str, UnitView] = field(init=False)
    by_code: Mapping[str, UnitView] = field(init=False)
    by_full_name: Mapping[str, UnitView] = field(init=False)
    by_name: Mapping[str, UnitView | None] = field(init=False)
    """None where two units are called so."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_id", {unit.id: unit for unit in self.units})
        object.__setattr__(self, "by_code", {unit.code.lower(): unit for unit in self.units if unit.code})
        object.__setattr__(self, "by_full_name", {unit.name: unit for unit in self.units})
        short: dict[str, UnitView | None] = {}
        for unit in self.units:
            key = name_key(unit.short_name)
            if key:
                short[key] = None if key in short else unit
        names = {name_key(unit.name): unit for unit in self.units}
        object.__setattr__(self, "by_name", {**short, **names})

    def find(self, written: str) -> UnitView | None:
        """The unit that somebody means by a code, a name, a short name or a path of names."""
        for name in (written, written.replace("／", "/").rsplit("/", 1)[-1]):
            found = self.by_code.get(name.strip().lower()) or self.by_name.get(name_key(name))
            if found is not None:
                return found
        return None


def plan(rows: Sequence[Row], tree: Tree) -> Plan:
    """What the rows would do."""
    errors = [
        *missing(rows, COLUMNS),
        *too_long(rows, ((NAME, 200), (SHORT, 60), (CODE, 40))),
        *doubles(rows, NAME),
        *doubles(rows, CODE),
    ]
    matcher = _Matcher(rows, tree)
    steps = [step for row in rows if (step := matcher.step(row)) is not None]
    errors += matcher.errors
    ordered, circular = _ordered(steps, tree)
    errors += [
        RowError(step.line, PARENT.name, matcher.parent_written(step.line), _IN_A_CIRCLE) for step in circular
    ]
    wrong = {each.line for each in errors}
    reports = [_report(step, tree, matcher) for step in steps if step.line not in wrong]
    doing = {report.line for report in reports if report.deed in (Deed.CREATE, Deed.CHANGE)}
    return Plan(
        tuple(step for step in ordered if step.line in doing),
        tuple(reports),
        tuple(sorted(errors, key=lambda each: each.line)),
    )


_IN_A_CIRCLE = _("上级单位绕了一圈又回到自己，请改正。")


class _Matcher:
    """Finds for each row its unit, its superior and its category; collects what cannot be found."""

    def __init__(self, rows: Sequence[Row], tree: Tree) -> None:
        self._tree = tree
        self._rows = {row.line: row for row in rows}
        self._by_code = {row.get("code").lower(): row for row in rows if row.get("code")}
        self._by_name = {name_key(row.get("name")): row for row in rows if row.get("name")}
        self.errors: list[RowError] = []

    def parent_written(self, line: int) -> str:
        return self._rows[line].get("parent")

    def step(self, row: Row) -> UnitStep | None:
        found = self._unit(row)
        if isinstance(found, RowError):
            self.errors.append(found)
            return None
        parent = self._parent(row, found)
        category = self._category(row, found)
        if parent is None or category is None:
            return None
        return UnitStep(
            line=row.line,
            unit_id=found.id if found else "",
            name=row.get("name"),
            short_name=row.get("short_name") if row.has("short_name") else found.short_name if found else "",
            code=row.get("code") or (found.code if found else ""),
            category_key=category,
            parent=parent,
        )

    def _unit(self, row: Row) -> UnitView | RowError | None:
        """The unit that exists already, if any; a code says more than a name."""
        code = row.get("code")
        by_code = self._tree.by_code.get(code.lower()) if code else None
        by_name = self._tree.by_full_name.get(row.get("name"))
        if by_code is not None and by_name is not None and by_code.id != by_name.id:
            message = _("这个名称已属于另一个单位（代码 %(code)s）。", code=by_name.code or "—")
            return RowError(row.line, NAME.name, row.get("name"), message)
        if by_code is None and by_name is not None and code and by_name.code:
            message = _("“%(name)s”已有代码 %(code)s，与这里不同。", name=by_name.name, code=by_name.code)
            return RowError(row.line, CODE.name, code, message)
        return by_code or by_name

    def _parent(self, row: Row, found: UnitView | None) -> Place | None:
        written = row.get("parent")
        if not row.has("parent"):
            return Place((found.parent_id or "") if found else "")
        if not written:
            return Place()
        for name in (written, written.replace("／", "/").rsplit("/", 1)[-1]):
            other = self._by_code.get(name.strip().lower()) or self._by_name.get(name_key(name))
            if other is not None:
                known = self._unit(other)
                return Place(known.id) if isinstance(known, UnitView) else Place(line=other.line)
        unit = self._tree.find(written)
        if unit is not None:
            return Place(unit.id)
        message = _("系统和文件里都没有这个上级单位，请检查名称，或先加上它。")
        self.errors.append(RowError(row.line, PARENT.name, written, message))
        return None

    def _category(self, row: Row, found: UnitView | None) -> str | None:
        written = row.get("category")
        if not written:
            return found.category_key if found and not row.has("category") else ""
        if (category := chosen(written, CATEGORIES)) is not None:
            return category.key
        message = _("没有这个类别，可以填：%(names)s", names="、".join(each.name for each in CATEGORIES))
        self.errors.append(RowError(row.line, CATEGORY.name, written, message))
        return None


def _ordered(steps: Sequence[UnitStep], tree: Tree) -> tuple[list[UnitStep], list[UnitStep]]:
    """The steps, superiors first, and those that hang below themselves."""
    above = _Above(steps, tree)
    depth = {step.line: above.count(step) for step in steps}
    circular = [step for step in steps if depth[step.line] is None]
    return sorted(steps, key=lambda step: (depth[step.line] or 0, step.line)), circular


class _Above:
    """Which steps are about units above another step's unit; over units that no row touches too."""

    def __init__(self, steps: Sequence[UnitStep], tree: Tree) -> None:
        self._by_id = {step.unit_id: step for step in steps if step.unit_id}
        self._by_line = {step.line: step for step in steps}
        self._tree = tree

    def count(self, step: UnitStep) -> int | None:
        """How many there are, None if one of them is met twice."""
        seen = {step.line}
        now = self._nearest(step)
        while now is not None and now.line not in seen:
            seen.add(now.line)
            now = self._nearest(now)
        return None if now is not None else len(seen) - 1

    def _nearest(self, step: UnitStep) -> UnitStep | None:
        if step.parent.line:
            return self._by_line.get(step.parent.line)
        unit_id: str | None = step.parent.unit_id
        while unit_id:
            if unit_id in self._by_id:
                return self._by_id[unit_id]
            unit = self._tree.by_id.get(unit_id)
            unit_id = unit.parent_id if unit else None
        return None


def _report(step: UnitStep, tree: Tree, matcher: _Matcher) -> RowReport:
    unit = tree.by_id.get(step.unit_id)
    if unit is None:
        return RowReport(step.line, Deed.CREATE, step.name)
    old_parent = tree.by_id[unit.parent_id].name if unit.parent_id else ""
    same_parent = step.parent.unit_id == (unit.parent_id or "") and not step.parent.line
    new_parent = old_parent if same_parent else matcher.parent_written(step.line)
    pairs: tuple[tuple[Text, str, str], ...] = (
        (NAME.name, unit.name, step.name),
        (CODE.name, unit.code, step.code),
        (PARENT.name, old_parent, new_parent),
        (SHORT.name, unit.short_name, step.short_name),
        (CATEGORY.name, category_name(unit.category_key), category_name(step.category_key)),
    )
    details = tuple(Detail(name, old, new) for name, old, new in pairs if old != new)
    return RowReport(step.line, Deed.CHANGE if details else Deed.UNCHANGED, step.name, details)


def category_name(key: str) -> str:
    return next((each.name for each in CATEGORIES if each.key == key), key)


def tree_now(db: Session) -> Tree:
    """All units as they are."""
    return Tree(
        [
            UnitView(
                id=unit.id,
                name=unit.name,
                short_name=unit.short_name,
                code=unit.code,
                category_key=unit.category_key,
                parent_id=unit.parent_id,
                path=unit.path,
            )
            for unit in people.units(db)
        ]
    )


def apply(
    db: Session, *, actor: Actor, now: datetime, steps: Sequence[UnitStep], made: dict[int, str]
) -> None:
    """Carry out the steps; `made` knows the units of earlier steps by line, and these afterwards.

    Raises:
        Forbidden, Invalid, NotFound
    """
    made.update({step.line: step.unit_id or new_id() for step in steps})
    forms = [(step, _form(step, made)) for step in steps]
    new = [(made[step.line], form) for step, form in forms if not step.unit_id]
    directory.create_units(db, actor=actor, now=now, forms=new)
    for step, form in forms:  # a move takes along what was put below the unit a moment ago
        if step.unit_id:
            directory.change_unit(db, actor=actor, now=now, unit_id=step.unit_id, form=form)


def _form(step: UnitStep, made: Mapping[int, str]) -> UnitForm:
    return UnitForm(
        name=step.name,
        short_name=step.short_name,
        code=step.code,
        category_key=step.category_key,
        parent_id=made[step.parent.line] if step.parent.line else step.parent.unit_id,
    )
