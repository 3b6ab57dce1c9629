"""The working-day calendar that public notices follow: seen, changed, imported, exported."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from starlette.responses import Response
from starlette.routing import Route

from foundation.downloads import download
from foundation.errors import FieldError, Invalid, NotFound
from foundation.forms import read_form
from foundation.sheets import FORMATS, Cell, Table, Unreadable, read_sheet
from foundation.text import Text, _, n_
from foundation.web import Rq, get, post
from judging import queries, service
from judging.forms import DayForm
from judging.values import CalendarDay, DayKind
from judging.working_days import SHIPPED

HERE = "/organise/calendar"
KINDS: dict[DayKind, Text] = {
    DayKind.HOLIDAY: _("放假"),
    DayKind.WORKDAY: _("调休上班"),
    DayKind.ORDINARY: _("按平日"),
}
_HEADS = (_("日期"), _("安排"), _("名称"))


def routes() -> list[Route]:
    return [
        get(HERE, page),
        post(HERE, set_day, again=page),
        get(HERE + "/days.{format}", export),
        post(HERE + "/import", take_up, again=page, prepare=read_file),
        post(HERE + "/{day}/forget", forget, again=page),
    ]


def page(rq: Rq) -> Response:
    """The exceptions of each year, those of the house marked."""
    service.permit_calendar(rq.signed_in())
    shown = queries.work_calendar(rq.db)
    own = {each.day for each in queries.own_days(rq.db)}
    this_year = rq.now.year
    years = sorted({*shown.known, this_year, this_year + 1, *(day.year for day in own)}, reverse=True)
    return rq.render(
        "judging/calendar.html",
        years=[(year, [shown.days[day] for day in sorted(shown.days) if day.year == year]) for year in years],
        known=shown.known,
        own=own,
        shipped=frozenset(SHIPPED),
        kinds=KINDS,
        options=[(kind.value, label) for kind, label in KINDS.items()],
    )


def set_day(rq: Rq) -> Response:
    actor = rq.signed_in()
    form = read_form(DayForm, rq.form)
    service.set_days(rq.db, actor=actor, now=rq.now, days=[CalendarDay(form.day, form.kind, form.name)])
    return rq.redirect(f"{HERE}#y{form.day.year}", _("工作日历已更新。"))


def forget(rq: Rq) -> Response:
    actor = rq.signed_in()
    service.forget_day(rq.db, actor=actor, now=rq.now, day=rq.path("day"))
    return rq.redirect(HERE, _("工作日历已更新。"))


def export(rq: Rq) -> Response:
    """All exceptions as a table that can be imported again."""
    service.permit_calendar(rq.signed_in())
    kind = rq.path("format")
    if kind not in FORMATS:
        raise NotFound
    return download(Table("work-calendar", list(_HEADS), _lines(rq)), kind)


def _lines(rq: Rq) -> Iterator[list[Cell]]:
    for day, each in sorted(queries.work_calendar(rq.db).days.items()):
        yield [day.isoformat(), str(KINDS[each.kind]), each.name]


def read_file(rq: Rq) -> list[CalendarDay]:
    """The days of an uploaded table; nothing of it is taken when a line cannot be read."""
    service.permit_calendar(rq.signed_in())
    sent = rq.upload("file")
    if sent is None:
        raise Invalid([FieldError("file", _("请先选择表格文件"))])
    try:
        sheet = read_sheet(sent.name, sent.file.read())
    except Unreadable as problem:
        raise Invalid([FieldError("file", problem.reason)]) from problem
    known = {name: kind for kind, label in KINDS.items() for name in (str(label), label.msgid, kind.value)}
    days, errors = [], []
    for line in (sheet.heads, *sheet.lines):
        cells = [cell.strip() for cell in (*line.cells, "", "", "")]
        day, kind = _date(cells[0]), known.get(cells[1])
        if day is None and line is sheet.heads:
            continue  # the names of the columns, where there are any
        if day is None or kind is None:
            errors.append(
                FieldError(
                    "file",
                    _(
                        "第 %(line)s 行看不懂：第一列填日期（2027-01-01），"
                        "第二列填“放假”“调休上班”或“按平日”",
                        line=line.number,
                    ),
                )
            )
            continue
        days.append(CalendarDay(day, kind, cells[2]))
    if errors or not days:
        raise Invalid(errors[:5] or [FieldError("file", _("表格里没有日期"))])
    return days


def _date(typed: str) -> date | None:
    """A date as people write it: 2027-01-01, 2027/1/1, 2027年1月1日, 2027.1.1."""
    text = typed.split(" ")[0]
    for sign in "年月/.":
        text = text.replace(sign, "-")
    parts = text.replace("日", "").split("-")
    try:
        year, month, day = (int(part) for part in parts)
        return date(year, month, day)
    except ValueError:
        return None


def take_up(rq: Rq) -> Response:
    actor = rq.signed_in()
    changed = service.set_days(rq.db, actor=actor, now=rq.now, days=rq.prepared)
    return rq.redirect(HERE, n_("更新了 %(n)s 天。", "更新了 %(n)s 天。", changed))
