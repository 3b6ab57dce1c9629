"""The published rule as an Excel file that calculates it: marks and weights in, scores and ranks by formula.

Whoever changes a mark sees what follows. Excel calculates with binary fractions; scores are rounded to nine
decimals before they are compared, so that what is equal on paper is equal there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import IO, Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell as cell_name

from foundation.text import Text, _
from judging.statistics.scores import CountedRead
from judging.statistics.standing import TRIM_FROM, counted_reads
from judging.values import ReviewRow
from judging.views import Board
from submissions.values import StandingRule

COMPARED_DIGITS = 9
HEAD = 1
"""The first row of a sheet holds its heads; formulas count from the second."""


@dataclass(frozen=True, slots=True)
class _Span:
    """The rows of one case on the sheets that have a row a read; `last` is before `first` without a read."""

    first: int
    last: int

    @property
    def reads(self) -> int:
        return self.last - self.first + 1


def write(
    target: IO[bytes], board: Board, reviews: Sequence[ReviewRow], jury_groups: Mapping[str, str]
) -> None:
    """Write the workbook of what the board shows, in the language in use."""
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    try:
        _Book(book, board, reviews, jury_groups).write()
    finally:
        book.close()


class _Book:
    def __init__(
        self, book: Any, board: Board, reviews: Sequence[ReviewRow], jury_groups: Mapping[str, str]
    ) -> None:
        self.book = book
        self.board = board
        self.rules = board.round.call.rules
        self.counted = counted_reads(reviews, self.rules, jury_groups)
        self.jury_groups = jury_groups
        self.bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.two = book.add_format({"num_format": "0.00"})
        self.four = book.add_format({"num_format": "0.0000"})
        self.spans = self._spans()
        self.earlier = any(row.earlier is not None for row in board.rows)
        self.jurors = sorted({read.juror_id for reads in self.counted.values() for read in reads})
        names = (_("规则"), _("评分"), _("宽严"), _("总分"), _("名次"))
        self.names = [str(name) for name in names]

    def _spans(self) -> dict[str, _Span]:
        spans, row = {}, HEAD
        for standing in self.board.rows:
            count = len(self.counted.get(standing.case_id, ()))
            spans[standing.case_id] = _Span(row, row + count - 1)
            row += count
        return spans

    @property
    def rule(self) -> StandingRule:
        return self.rules.standing_rule

    def write(self) -> None:
        self._weights()
        self._marks()
        if self.rule is StandingRule.ADJUSTED:
            self._severities()
        self._composites()
        self._scores()

    # --- sheets -----------------------------------------------------------------------------------------

    def _sheet(self, place: int, heads: Sequence[Text | str], widths: Sequence[int]) -> Any:
        sheet = self.book.add_worksheet(self.names[place])
        for column, head in enumerate(heads):
            sheet.write_string(0, column, str(head), self.bold)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(HEAD, 0)
        return sheet

    def _weights(self) -> None:
        """Criteria with weights and highest marks in rows; below them groups and what else the rule takes."""
        heads = (_("项目"), _("权重（百分数）"), _("最高分"))
        sheet = self._sheet(0, heads, (24, 12, 12))
        for row, criterion in enumerate(self.rules.criteria, start=HEAD):
            sheet.write_string(row, 0, criterion.name)
            sheet.write_number(row, 1, criterion.weight)
            sheet.write_number(row, 2, criterion.highest)
        row = HEAD + len(self.rules.criteria)
        sheet.write_string(row, 0, str(_("满分")))
        sheet.write_number(row, 2, self.board.full_score)
        if self.earlier:
            sheet.write_string(row, 3, str(_("左边是前面各轮占的百分数")))
            sheet.write_number(row, 1, self.board.round.earlier_weight)
        sheet.write_string(row + 1, 0, str(_("需要的评分数")))
        sheet.write_number(row + 1, 2, self.board.round.reads_required)
        if self.rule is StandingRule.WEIGHTED:
            for place, group in enumerate(self.rules.judging.jury_groups, start=row + 2):
                sheet.write_string(place, 0, group.name)
                sheet.write_number(place, 1, group.weight)

    def _marks(self) -> None:
        heads: list[Text | str] = [_("评审号"), _("评委"), *(each.name for each in self.rules.criteria)]
        sheet = self._sheet(1, heads, (10, 14))
        for row, label, read in self._reads():
            sheet.write_string(row, 0, label)
            sheet.write_string(row, 1, self._juror(read))
            for column, criterion in enumerate(self.rules.criteria, start=2):
                sheet.write_number(row, column, read.marks[criterion.key])

    def _severities(self) -> None:
        """Inputs: they come from the model, to the digits that are published."""
        sheet = self._sheet(2, (_("评委"), _("宽严差（加到每份评分上）")), (14, 24))
        for row, juror_id in enumerate(self.jurors, start=HEAD):
            sheet.write_string(row, 0, self.board.juror_names.get(juror_id, juror_id))
            sheet.write_number(row, 1, self.board.severities.get(juror_id, Decimal(0)), self.four)

    def _composites(self) -> None:
        """One row a read: the weighted score, and the adjusted one where the rule adjusts."""
        heads = [_("评审号"), _("评委"), _("评委组"), _("加权总分"), _("计入的分数")]
        sheet = self._sheet(3, heads, (10, 14, 12, 14, 14))
        group_names = {group.key: group.name for group in self.rules.judging.jury_groups}
        for row, label, read in self._reads():
            sheet.write_string(row, 0, label)
            sheet.write_string(row, 1, self._juror(read))
            sheet.write_string(row, 2, group_names.get(self.jury_groups.get(read.juror_id, ""), ""))
            sheet.write_formula(row, 3, self._composite(row), value=float(read.value))
            sheet.write_formula(row, 4, self._counted(row, read), value=self._counted_value(read))

    def _scores(self) -> None:
        """One row a case: score and rank, both by formula."""
        groups = self.rules.judging.jury_groups if self.rule is StandingRule.WEIGHTED else ()
        criteria = {each.key: each for each in self.rules.criteria}
        chain = [criteria[key] for key in self.rules.judging.tie_break]
        heads: list[Text | str] = [
            *(_("评审号"), _("标题"), _("有效评分数"), _("精确得分"), _("得分"), _("参加排名的得分")),
            *(_("%(name)s的平均", name=each.name) for each in chain),
            *(_("%(name)s的平均", name=each.name) for each in groups),
            _("名次"),
            *([_("前面各轮的得分")] if self.earlier else []),
        ]
        sheet = self._sheet(4, heads, (10, 40, 10, 16, 10, 16))
        last = HEAD + len(self.board.rows) - 1
        rank_column = 6 + len(chain) + len(groups)
        required = self._at(0, HEAD + len(self.rules.criteria) + 1, 2)
        for row, standing in enumerate(self.board.rows, start=HEAD):
            span, line = self.spans[standing.case_id], self.board.cases[standing.case_id]
            sheet.write_string(row, 0, line.label)
            sheet.write_string(row, 1, line.title)
            sheet.write_number(row, 2, span.reads)
            if not span.reads:
                continue
            for place, criterion in enumerate(chain):
                marks = self._column(1, span, 2 + self.rules.criteria.index(criterion))
                given = [read.marks[criterion.key] for read in self.counted[standing.case_id]]
                mean = float(sum(given) / len(given))
                sheet.write_formula(row, 6 + place, f"=ROUND(AVERAGE({marks}),{COMPARED_DIGITS})", value=mean)
            first_group = 6 + len(chain)
            for place, _group in enumerate(groups):
                name = self._at(0, HEAD + len(self.rules.criteria) + 2 + place, 0)
                found = f"{self._column(3, span, 2)},{name},{self._column(3, span, 4)}"
                mean_of = standing.groups[place].mean
                value = "" if mean_of is None else float(mean_of)
                sheet.write_formula(row, first_group + place, f'=IFERROR(AVERAGEIF({found}),"")', value=value)
            formula = self._case(row, span, first_group, len(groups))
            if standing.earlier is not None:
                sheet.write_number(row, rank_column + 1, float(standing.earlier))
                weight = self._at(0, HEAD + len(self.rules.criteria), 1)
                before = cell_name(row, rank_column + 1)
                formula = f"({weight}*{before}+(100-{weight})*{formula})/100"
            score, exact = cell_name(row, 3), float(standing.score or 0)
            sheet.write_formula(row, 3, f"=ROUND({formula},{COMPARED_DIGITS})", value=exact)
            sheet.write_formula(row, 4, f"=ROUND({score},2)", self.two, float(standing.shown or 0))
            ranked = exact if standing.eligible else ""
            sheet.write_formula(row, 5, f'=IF({cell_name(row, 2)}>={required},{score},"")', value=ranked)
            sheet.write_formula(
                row, rank_column, self._rank(row, last, len(chain)), value=standing.rank or ""
            )

    # --- formulas ---------------------------------------------------------------------------------------

    def _composite(self, row: int) -> str:
        """Sum of weight x mark, each mark first brought to the scale of the full score."""
        last = HEAD + len(self.rules.criteria) - 1
        weights = f"{self._at(0, HEAD, 1)}:{cell_name(last, 1, row_abs=True, col_abs=True)}"
        parts = [
            f"{self._at(0, HEAD + place, 1)}*{self._quoted(1)}!{cell_name(row, 2 + place)}"
            f"*{self._at(0, last + 1, 2)}/{self._at(0, HEAD + place, 2)}"
            for place in range(len(self.rules.criteria))
        ]
        return f"=({'+'.join(parts)})/SUM({weights})"

    def _counted(self, row: int, read: CountedRead) -> str:
        if self.rule is not StandingRule.ADJUSTED:
            return f"={cell_name(row, 3)}"
        return f"={cell_name(row, 3)}+{self._at(2, HEAD + self.jurors.index(read.juror_id), 1)}"

    def _counted_value(self, read: CountedRead) -> float:
        added = self.board.severities.get(read.juror_id, Decimal(0))
        return float(read.value) + (float(added) if self.rule is StandingRule.ADJUSTED else 0.0)

    def _case(self, row: int, span: _Span, first_group: int, groups: int) -> str:
        values = self._column(3, span, 4)
        if self.rule is StandingRule.TRIMMED_MEAN and span.reads >= TRIM_FROM:
            return f"(SUM({values})-MAX({values})-MIN({values}))/({span.reads}-2)"
        if self.rule is not StandingRule.WEIGHTED:
            return f"AVERAGE({values})"
        first = HEAD + len(self.rules.criteria) + 2
        cells = [
            (cell_name(row, first_group + place), self._at(0, first + place, 1)) for place in range(groups)
        ]
        above = "+".join(f'IF({mean}="",0,{mean}*{weight})' for mean, weight in cells)
        below = "+".join(f'IF({mean}="",0,{weight})' for mean, weight in cells)
        return f"({above})/({below})"

    def _rank(self, row: int, last: int, chain: int) -> str:
        """One more than the cases with a higher score, or with the same and a higher mean on the first
        criterion of the chain that differs."""
        column = self._whole(last)
        mine = cell_name(row, 5)
        terms = [f"({column(5)}>{mine})"]
        same = f"({column(5)}={mine})"
        for place in range(chain):
            of_case = cell_name(row, 6 + place)
            terms.append(f"{same}*({column(6 + place)}>{of_case})")
            same = f"{same}*({column(6 + place)}={of_case})"
        ranked = f"ISNUMBER({column(5)})"
        counted = "+".join(f"SUMPRODUCT({ranked}*{term})" for term in terms)
        return f'=IF({mine}="","",1+{counted})'

    def _whole(self, last: int) -> Callable[[int], str]:
        """A column over all cases."""

        def column(place: int) -> str:
            first = cell_name(HEAD, place, row_abs=True, col_abs=True)
            return f"{first}:{cell_name(last, place, row_abs=True, col_abs=True)}"

        return column

    def _quoted(self, place: int) -> str:
        return f"'{self.names[place]}'"

    def _at(self, place: int, row: int, column: int) -> str:
        """One cell of another sheet."""
        return f"{self._quoted(place)}!{cell_name(row, column, row_abs=True, col_abs=True)}"

    def _column(self, place: int, span: _Span, column: int) -> str:
        """The cells of one case on a sheet with a row a read."""
        return f"{self._quoted(place)}!{cell_name(span.first, column)}:{cell_name(span.last, column)}"

    # --- rows -------------------------------------------------------------------------------------------

    def _reads(self) -> list[tuple[int, str, CountedRead]]:
        """Row, number of the case, read: in the order of the standings."""
        return [
            (self.spans[standing.case_id].first + place, self.board.cases[standing.case_id].label, read)
            for standing in self.board.rows
            for place, read in enumerate(self.counted.get(standing.case_id, ()))
        ]

    def _juror(self, read: CountedRead) -> str:
        return self.board.juror_names.get(read.juror_id, read.juror_id)
