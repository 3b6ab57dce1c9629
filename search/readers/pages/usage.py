"""How often cases are used: for those who look after the library, and of its own cases for a unit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from starlette.responses import Response
from starlette.routing import BaseRoute

from foundation.downloads import download
from foundation.errors import NotFound
from foundation.permission import require
from foundation.sheets import FORMATS, Cell, Table
from foundation.text import Text, _
from foundation.visibility import as_system
from foundation.web import Rq, get
from search import holdings
from search.curation.policy.curating import may_curate
from search.holdings import Shelved
from search.readers.charts import monthly_views
from search.readers.policy.usage import may_see_usage
from search.readers.queries.usage import case_uses, day_uses, uses_of_case
from search.readers.rules.usage import months
from search.readers.tally import Tally
from search.readers.values.usage import CaseUse, Use, Uses

BASE = "/library/usage"
PAGE = 50
PERIODS: dict[str, tuple[Text, int | None]] = {
    "month": (_("最近 30 天"), 30),
    "year": (_("最近一年"), 365),
    "all": (_("全部时间"), None),
}
_HEADS: tuple[Text, ...] = (
    _("案例"), _("单位"), _("年份"), _("阅读"), _("下载 Word"), _("下载 PDF"), _("收藏"), _("编入教学包"),
    _("用于教学"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of the table; no `case` when it is on the shelf no more, `open` when the reader may read it."""

    line: CaseUse
    case: Shelved | None
    open: bool


def routes(tally: Tally) -> list[BaseRoute]:
    return [
        get(BASE, lambda rq: _page(rq, tally)),
        get(BASE + "/table.{format}", lambda rq: _table(rq, tally)),
    ]


def uses_line(rq: Rq, case: Shelved) -> Uses | None:
    """The uses of a case for its page: only for who looks after it and for its own unit."""
    own = rq.actor.unit_id == case.version.unit_id and may_see_usage(rq.actor) is None
    return uses_of_case(rq.db, case.id) if own or may_curate(rq.actor) is None else None


def _page(rq: Rq, tally: Tally) -> Response:
    require(may_see_usage(rq.signed_in()))
    period, since = _period(rq, tally)
    lines = case_uses(rq.db, since=since)
    pages = -(-len(lines) // PAGE)
    number = min(max(1, _number(rq.query("page"))), max(1, pages))
    today = tally.day(rq.now)
    by_month = months(day_uses(rq.db, since=today - timedelta(days=366)), until=today)
    return rq.render(
        "search/readers/usage.html",
        periods={name: label for name, (label, _days) in PERIODS.items()},
        period=period,
        lines=_shown(rq, lines[(number - 1) * PAGE : number * PAGE]),
        total=_sum(lines),
        cases=len(lines),
        number=number,
        pages=pages,
        months=by_month,
        chart=monthly_views(by_month),
        everything=may_curate(rq.actor) is None,
    )


def _table(rq: Rq, tally: Tally) -> Response:
    require(may_see_usage(rq.signed_in()))
    if rq.path("format") not in FORMATS:
        raise NotFound
    _name, since = _period(rq, tally)
    name = f"{_('使用统计')}-{tally.day(rq.now).isoformat()}"
    return download(Table(name, _HEADS, _rows(rq, case_uses(rq.db, since=since))), rq.path("format"))


def _rows(rq: Rq, lines: Sequence[CaseUse]) -> Iterator[Sequence[Cell]]:
    for start in range(0, len(lines), PAGE):
        for each in _shown(rq, lines[start : start + PAGE]):
            case, counts = each.case, each.line.uses.counts
            yield [
                case.version.title if case else _("（已不在案例库）"),
                case.version.unit_name if case else "",
                case.call.year if case else None,
                *(counts.get(use, 0) for use in Use),
            ]


def _shown(rq: Rq, lines: Sequence[CaseUse]) -> list[Shown]:
    """The figures are the actor's to see, so the titles are too, whoever reads the cases themselves."""
    wanted = [each.case_id for each in lines]
    readable = holdings.cases(rq.db, wanted)
    with as_system(rq.db):
        cases = holdings.cases(rq.db, wanted)
    return [Shown(each, cases.get(each.case_id), each.case_id in readable) for each in lines]


def _sum(lines: Sequence[CaseUse]) -> Uses:
    return Uses({use: sum(each.uses.counts.get(use, 0) for each in lines) for use in Use})


def _period(rq: Rq, tally: Tally) -> tuple[str, date | None]:
    name = rq.query("period") if rq.query("period") in PERIODS else "year"
    days = PERIODS[name][1]
    return name, None if days is None else tally.day(rq.now) - timedelta(days=days)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 7 else 1
