"""What the marks and the decision say of each case: for feedback, letters and the live review."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.visibility import as_system
from judging.averages import counted_jurors, criterion_means
from judging.queries.notices import decision
from judging.queries.standings import board, review_rows
from judging.statistics.standing import rounded
from judging.values import DecisionState, Mark
from judging.values.live import CriterionFigure, Figures
from judging.views import Board, RoundView


@dataclass(frozen=True, slots=True)
class Outcome:
    """The board of a round with the figures of each case."""

    board: Board
    figures: Mapping[str, Figures]


def outcome(db: Session, actor: Actor, view: RoundView) -> Outcome:
    """The standings and, by case id, what may be said of each case in figures.

    Raises:
        Forbidden
    """
    found = board(db, actor, view)
    reads: dict[str, dict[str, tuple[Mark, ...]]] = {}
    for read in review_rows(db, view.id):
        reads.setdefault(read.case_id, {})[read.juror_id] = read.marks
    rules = view.call.rules
    ranked = sum(1 for row in found.rows if row.rank is not None)
    figures = {}
    for row in found.rows:
        means = criterion_means(row, reads.get(row.case_id, {}), rules)
        figures[row.case_id] = Figures(
            criteria=tuple(
                CriterionFigure(
                    name=criterion.name,
                    average=str(rounded(means[criterion.key])),
                    highest=str(criterion.highest),
                    percent=round(100 * means[criterion.key] / criterion.highest),
                )
                for criterion in rules.criteria
                if criterion.key in means
            ),
            score=str(row.precise or row.shown or ""),
            full=str(found.full_score),
            rank=row.rank,
            of=ranked,
            reads=len(counted_jurors(row, rules.standing_rule)),
        )
    return Outcome(found, figures)


def results_are_final(db: Session, round_id: str) -> bool:
    """Whether the awards were granted: before that nobody outside is told how a case came out."""
    with as_system(db):
        found = decision(db, round_id)
    return found is not None and found.state is DecisionState.FINAL
