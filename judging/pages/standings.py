"""The standings by the published rule, their files, and what another rule would make of them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from starlette.responses import Response
from starlette.routing import Route

from foundation.downloads import download
from foundation.errors import NotFound
from foundation.sheets import FORMATS, Cell, Table, media_type
from foundation.text import Text, _
from foundation.web import Rq, get, stream
from judging import workbook
from judging.pages.common import category_names, home, organiser_round, tabs
from judging.queries.standings import beside, board_of, material
from judging.queries.what_if import TIE, Question, unchanged, what_if
from judging.rules import parse_mark
from judging.statistics.standing import rounded
from judging.views import Board, RoundView
from submissions.values import StandingRule, TiePolicy

BASE = "/organise/calls/{call_id}/judging"
MOST_PLACES = 100_000
Chosen = TypeVar("Chosen", StandingRule, TiePolicy)

RULE_NAMES: Mapping[StandingRule, Text] = {
    StandingRule.MEAN: _("平均分"),
    StandingRule.TRIMMED_MEAN: _("去掉最高分和最低分后的平均"),
    StandingRule.WEIGHTED: _("按评委分组加权"),
    StandingRule.ADJUSTED: _("按评委宽严调整后的平均"),
}
TIE_NAMES: Mapping[TiePolicy, Text] = {
    TiePolicy.REPORT: _("由评审会议决定并写明理由"),
    TiePolicy.EXPAND: _("都授予较高的奖项，名额相应增加"),
    TiePolicy.LOWER: _("都不授予较高的奖项，授予下一等奖项"),
}
_HEADS = (
    _("名次"),
    _("评审号"),
    _("标题"),
    _("单位"),
    _("类别"),
    _("得分"),
    _("精确值"),
    _("有效评分数"),
    _("需要的评分数"),
)


def routes() -> list[Route]:
    return [
        get(BASE + "/standings", standings),
        get(BASE + "/standings-formulas.xlsx", formulas),
        get(BASE + "/standings.{format}", export),
        get(BASE + "/what-if", ask),
    ]


def standings(rq: Rq) -> Response:
    """The published rule; on request the ranks by the other rules stand beside it."""
    actor, view = organiser_round(rq)
    found = material(rq.db, actor, view)
    board = board_of(found, view)
    category = rq.query("category")
    return rq.render(
        "judging/standings.html",
        round=view,
        tabs=tabs(view, "/standings"),
        board=board,
        rows=[row for row in board.rows if not category or board.cases[row.case_id].category_key == category],
        category=category,
        names=category_names(view.call),
        rounded=rounded,
        ties=sum(1 for row in board.rows if row.tied),
        waiting=sum(1 for row in board.rows if not row.eligible),
        criterion_names={each.key: each.name for each in view.call.rules.criteria},
        category_means=category_means(board),
        rule_names=RULE_NAMES,
        beside=beside(found, view) if rq.query("beside") else None,
    )


def category_means(board: Board) -> list[tuple[str, int, Decimal]]:
    """Category, ranked cases and their mean score, in the announced order: categories of different level show
    here."""
    found = []
    for category in board.round.call.rules.categories:
        scores = [
            row.score
            for row in board.rows
            if row.rank is not None
            and row.score is not None
            and board.cases[row.case_id].category_key == category.key
        ]
        if scores:
            found.append((category.name, len(scores), rounded(sum(scores, Fraction(0)) / len(scores))))
    return found


def export(rq: Rq) -> Response:
    """The standings as Excel or CSV: exact fractions beside the rounded score, one column a read."""
    actor, view = organiser_round(rq)
    kind = rq.path("format")
    if kind not in FORMATS:
        raise NotFound
    board = board_of(material(rq.db, actor, view), view)
    most = max((row.reads for row in board.rows), default=0)
    heads = [*_HEADS, *(_("评分 %(number)s", number=number + 1) for number in range(most))]
    return download(Table(f"standings-{view.call.slug}", heads, _lines(board, view)), kind)


def _lines(board: Board, view: RoundView) -> Iterator[list[Cell]]:
    names = category_names(view.call)
    for row in board.rows:
        line = board.cases[row.case_id]
        yield [
            row.rank,
            line.label,
            line.title,
            line.unit_name,
            names.get(line.category_key, ""),
            row.shown,
            str(row.score if row.score is not None else ""),
            row.reads,
            row.reads_required,
            *(rounded(value) for value in sorted(value for _juror, value in row.composites)),
        ]


def formulas(rq: Rq) -> Response:
    """The published rule as an Excel file that calculates it from the marks: formulas in the cells."""
    actor, view = organiser_round(rq)
    if view.earlier_weight:
        raise NotFound  # earlier rounds are not in the file: its formulas would give other scores
    found = material(rq.db, actor, view)
    file = tempfile.SpooledTemporaryFile(max_size=4_000_000)  # noqa: SIM115  # closed when it has been sent
    workbook.write(file, board_of(found, view), found.reviews, found.jury_groups)
    file.seek(0)

    def pieces() -> Iterator[bytes]:
        with file:
            while piece := file.read(1 << 16):
                yield piece

    name = f"standings-formulas-{view.call.slug}.xlsx"
    return stream(pieces(), name=name, media_type=media_type("xlsx"))


def ask(rq: Rq) -> Response:
    """What would enter and leave if something were different; nothing is stored."""
    actor, view = organiser_round(rq)
    found = material(rq.db, actor, view)
    board = board_of(found, view)
    question = _question(rq, view)
    answer = what_if(found, view, question)
    prize_names: dict[str, Text | str] = {prize.key: prize.name for prize in view.call.rules.prizes}
    return rq.render(
        "judging/what_if.html",
        round=view,
        tabs=tabs(view, "/standings"),
        board=board,
        question=question,
        same=question == unchanged(view),
        answer=answer,
        prize_names=prize_names | {"": _("不授奖"), TIE: _("并列，待裁定")},
        rule_names={
            rule: name
            for rule, name in RULE_NAMES.items()
            if rule is not StandingRule.WEIGHTED or view.call.rules.judging.jury_groups
        },
        tie_names=TIE_NAMES,
        jurors=sorted(
            (
                (juror_id, found.juror_names[juror_id])
                for juror_id in {each.juror_id for each in found.reviews}
            ),
            key=lambda pair: (pair[1], pair[0]),
        ),
        home=home(view.call),
    )


def _question(rq: Rq, view: RoundView) -> Question:
    """What the address asks; what it does not say, or says unreadably, stays as published."""
    usual = unchanged(view)
    if not rq.query("asked"):
        return usual
    limit = _number(rq.query("prizes_per_unit"))
    rule = _one_of(StandingRule, rq.query("rule"), usual.rule)
    weighable = bool(view.call.rules.judging.jury_groups)
    return Question(
        rule=rule if rule is not StandingRule.WEIGHTED or weighable else usual.rule,
        quotas={
            key: quota if (typed := _number(rq.query(f"quota-{key}"))) is None else typed
            for key, quota in usual.quotas.items()
        },
        thresholds={key: parse_mark(rq.query(f"threshold-{key}")) for key in usual.thresholds},
        dropped=frozenset(rq.queries("drop")),
        tie_policy=_one_of(TiePolicy, rq.query("tie_policy"), usual.tie_policy),
        prizes_per_unit=limit or None,
    )


def _one_of(kind: type[Chosen], typed: str, usual: Chosen) -> Chosen:
    return kind(typed) if typed in {each.value for each in kind} else usual


def _number(typed: str) -> int | None:
    if not (typed.isascii() and typed.isdigit()) or len(typed) > 6:
        return None
    return min(int(typed), MOST_PLACES)
