"""The figures of a report as a page, as they are at this moment; narrowed by the address."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from starlette.responses import Response
from starlette.routing import BaseRoute

from casebook.reports import queries
from casebook.reports.counted import Shown, count
from casebook.reports.drawing import cells, heads, notes
from casebook.reports.figures import Figure, shown
from casebook.reports.pages.access import report
from casebook.reports.ports import Shelf
from casebook.reports.rules.counting import FILTERS, NO_PRIZE, value_of
from casebook.reports.rules.suppressing import has_small
from casebook.reports.svg import Drawn, draw
from casebook.reports.values import CaseFacts
from casebook.reports.wording import SCOPES
from foundation.text import Text, _
from foundation.web import Rq, get

TILES = ("cases", "units", "participation", "awarded", "words", "evidence_share", "days")
NAMES = {"call": _("征集"), "category": _("类别"), "region": _("地区"), "prize": _("奖项")}


@dataclass(frozen=True, slots=True)
class Panel:
    """A figure on the page."""

    figure: Figure
    drawn: Drawn | None
    heads: Sequence[Text | str]
    rows: Sequence[Sequence[str]]
    notes: Sequence[Text]
    small: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """A choice of the dashboard: (value, name) pairs and what is chosen."""

    name: str
    label: Text
    options: Sequence[tuple[str, str | Text]]
    chosen: str


def routes(shelf: Shelf) -> list[BaseRoute]:
    return [get("/reports/{id}", lambda rq: _dashboard(rq, shelf))]


def asked(rq: Rq) -> dict[str, list[str]]:
    """What the address narrows the cases by."""
    return {name: [each for each in rq.queries(name) if each] for name in FILTERS}


def _dashboard(rq: Rq, shelf: Shelf) -> Response:
    view = report(rq)
    wanted = asked(rq)
    found = count(rq.db, view.definition, shelf, wanted)
    tiles = [number for key in TILES if (number := found.counted.number(key)) and number.value is not None]
    return rq.render(
        "casebook/report.html",
        report=view,
        scope=SCOPES[view.definition.scope],
        calls=found.whole.calls,
        tiles=[(shown(each.value, each.measure), each.name, each.base) for each in tiles],
        panels=[panel(each) for each in found.counted.figures],
        filters=_filters(found, wanted),
        narrowed=any(wanted.values()),
        undecided=any(not call.decided for call in found.whole.calls),
        last=queries.last_done(rq.db, view.id),
    )


def panel(figure: Figure) -> Panel:
    rows = [cells(figure, row) for row in figure.rows]
    return Panel(figure, draw(figure), heads(figure), rows, notes(figure), has_small(figure))


def _filters(found: Shown, wanted: dict[str, list[str]]) -> list[Filter]:
    """Only filters that part the set."""
    titles = {call.call_id: call.title for call in found.whole.calls}
    name_of: dict[str, Callable[[str], str | Text]] = {
        "call": lambda value: titles.get(value, value),
        "category": lambda value: value or _("未分类"),
        "region": lambda value: value or _("本级"),
        "prize": lambda value: _("未获奖") if value == NO_PRIZE else value,
    }
    made = []
    for name in FILTERS:
        values = _values(found.whole.cases, name)
        if len(values) > 1:
            options = [(value, name_of[name](value)) for value in values if value]
            made.append(Filter(name, NAMES[name], options, next(iter(wanted[name]), "")))
    return made


def _values(cases: Sequence[CaseFacts], name: str) -> list[str]:
    return sorted({value_of(case, name) for case in cases})
