"""Rows as values, values as what rows hold."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from search.teaching.sessions.models import StudyPresenter, StudySeries, StudySession, StudyStep
from search.teaching.sessions.values import (
    PresenterView,
    Question,
    QuestionKind,
    Rhythm,
    SeriesProposal,
    SeriesView,
    SessionState,
    SessionView,
    StepKind,
    StepView,
)


def rhythm_json(rhythm: Rhythm) -> dict[str, Any]:
    return {
        "weekdays": list(rhythm.weekdays),
        "at": rhythm.at.isoformat("minutes"),
        "zone": rhythm.zone,
        "first": rhythm.first.isoformat(),
        "last": rhythm.last.isoformat() if rhythm.last else None,
        "every": rhythm.every,
        "skipped": [day.isoformat() for day in rhythm.skipped],
        "working_days": rhythm.working_days,
    }


def rhythm_of(data: Mapping[str, Any]) -> Rhythm:
    return Rhythm(
        weekdays=tuple(data["weekdays"]),
        at=time.fromisoformat(data["at"]),
        zone=data["zone"],
        first=date.fromisoformat(data["first"]),
        last=date.fromisoformat(data["last"]) if data["last"] else None,
        every=data["every"],
        skipped=tuple(date.fromisoformat(day) for day in data["skipped"]),
        working_days=data["working_days"],
    )


def question_json(question: Question) -> dict[str, Any]:
    return {
        "kind": question.kind.value,
        "words": question.words,
        "options": list(question.options),
        "right": list(question.right),
        "explanation": question.explanation,
    }


def question_of(data: Mapping[str, Any]) -> Question:
    return Question(
        kind=QuestionKind(data["kind"]),
        words=data["words"],
        options=tuple(data["options"]),
        right=tuple(data["right"]),
        explanation=data["explanation"],
    )


def series_view(row: StudySeries, owner: str) -> SeriesView:
    return SeriesView(
        id=row.id,
        token=row.token,
        owner_id=row.owner_id,
        owner_name=owner,
        unit_id=row.unit_id or "",
        proposal=SeriesProposal(
            title=row.title,
            about=row.about,
            rhythm=rhythm_of(row.rhythm),
            minutes=row.minutes,
            remind_days=row.remind_days,
            late_hours=row.late_hours,
            keep_days=row.keep_days,
            members_cases=row.members_cases,
        ),
        created_at=row.created_at,
        ended_at=row.ended_at,
    )


def session_view(row: StudySession, presenter: str) -> SessionView:
    return SessionView(
        id=row.id,
        series_id=row.series_id,
        title=row.title,
        starts_at=row.starts_at,
        minutes=row.minutes,
        state=SessionState(row.state),
        presenter_id=row.presenter_id or "",
        presenter=presenter,
        case_ids=tuple(row.case_ids),
        pack_id=row.pack_id,
        cursor=row.cursor,
        version=row.version,
        desk_key=row.desk_key,
        opened_at=row.opened_at,
        closed_at=row.closed_at,
        makeup_until=row.makeup_until,
        recording_url=row.recording_url,
        notes=row.notes,
        reminded_at=row.reminded_at,
    )


def step_view(row: StudyStep) -> StepView:
    return StepView(
        id=row.id,
        kind=StepKind(row.kind),
        title=row.title,
        minutes=row.minutes,
        words=row.words,
        case_id=row.case_id,
        section=row.section,
        question=question_of(row.question) if row.question else None,
        must=row.must,
    )


def presenter_view(row: StudyPresenter) -> PresenterView:
    return PresenterView(row.id, row.name, row.email, row.away_from, row.away_until)
