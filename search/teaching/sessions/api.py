"""Study sessions through the JSON API: one's series with their dates, and what came of a session."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field

from foundation.api import Operation
from foundation.web import Rq
from search.teaching.sessions.queries import results, series
from search.teaching.sessions.values import SessionView


class SessionReply(BaseModel):
    id: str
    title: str
    starts_at: datetime
    minutes: int
    state: str = Field(description="planned, open, running, closed or cancelled")
    presenter: str
    case_ids: list[str]


class SeriesReply(BaseModel):
    id: str
    title: str
    url: str = Field(description="Where participants join")
    sessions: list[SessionReply]


class UnitReply(BaseModel):
    unit: str
    people: int
    present: int
    makeup: int = Field(description="Made up for it afterwards")
    complete: int = Field(description="Answered every must-answer question")
    right: int
    marked: int


class QuestionReply(BaseModel):
    words: str
    must: bool
    answered: int
    right: int
    counts: list[int] = Field(description="How many chose each option")


class ResultsReply(BaseModel):
    session: SessionReply
    units: list[UnitReply]
    questions: list[QuestionReply]


def operations() -> list[Operation]:
    return [
        Operation(
            "GET",
            "/study/series",
            lambda rq, _body: _series(rq),
            summary="The study series that one leads or one's unit takes part in, with their sessions",
            tag="study",
            reply=SeriesReply,
            many=True,
        ),
        Operation(
            "GET",
            "/study/sessions/{session_id}/results",
            lambda rq, _body: _results(rq),
            summary="Attendance and answers of a session, as far as one may see them; no names",
            tag="study",
            reply=ResultsReply,
        ),
    ]


def _series(rq: Rq) -> list[SeriesReply]:
    return [
        SeriesReply(
            id=each.id,
            title=each.title,
            url=rq.absolute(f"/study/{each.token}"),
            sessions=[_session(session) for session in series.sessions(rq.db, each.id)],
        )
        for each in series.all_series(rq.db)
    ]


def _session(view: SessionView) -> SessionReply:
    return SessionReply(
        id=view.id,
        title=view.title,
        starts_at=view.starts_at,
        minutes=view.minutes,
        state=view.state.value,
        presenter=view.presenter,
        case_ids=list(view.case_ids),
    )


def _results(rq: Rq) -> ResultsReply:
    found = results.of_session(rq.db, rq.path("session_id"))
    return ResultsReply(
        session=_session(found.session),
        units=[
            UnitReply(
                unit=each.name,
                people=each.people,
                present=each.present,
                makeup=each.makeup,
                complete=each.complete,
                right=each.right,
                marked=each.marked,
            )
            for each in found.units
        ],
        questions=[
            QuestionReply(
                words=each.step.question.words,
                must=each.step.must,
                answered=each.answered,
                right=each.right,
                counts=[bar.count for bar in each.bars],
            )
            for each in found.questions
            if each.step.question is not None
        ],
    )
