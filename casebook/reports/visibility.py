"""Who sees which reports: organisers, and editors once the results of all its calls are public; nobody one
with a call that he judges and whose prizes are not announced."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, select
from sqlalchemy.orm import InstrumentedAttribute

from casebook.reports.models import Report, ReportBuild, ReportCall, ReportRound
from foundation.actor import Actor, Role
from foundation.visibility import Grant, Rule
from judging.visibility import blind_calls, decided_calls


def _closed(actor: Actor) -> ScalarSelect[str] | None:
    """Reports that the actor must not see, by id; None: there are none. Core selects: no visibility rule
    inside a visibility rule."""
    calls = ReportCall.__table__
    if not actor.has(Role.ORGANISER):
        return select(calls.c.report_id).where(calls.c.call_id.not_in(decided_calls())).scalar_subquery()
    judged = blind_calls(actor)
    if judged is None:
        return None
    return select(calls.c.report_id).where(calls.c.call_id.in_(judged)).scalar_subquery()


def _open(column: InstrumentedAttribute[Any]) -> Rule:
    def rule(actor: Actor) -> ColumnElement[bool] | bool:
        if not actor.has(Role.EDITOR, Role.ORGANISER):
            return False
        closed = _closed(actor)
        return True if closed is None else column.not_in(closed)

    return rule


GRANTS = (
    Grant(Report, _open(Report.id)),
    Grant(ReportCall, _open(ReportCall.report_id)),
    Grant(ReportRound, _open(ReportRound.report_id)),
    Grant(ReportBuild, _open(ReportBuild.report_id)),
)
