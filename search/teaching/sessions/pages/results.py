"""What came of sessions: figures per unit and question, attendance of a series; as pages and as files."""

from __future__ import annotations

from collections.abc import Iterator

from starlette.responses import Response
from starlette.routing import Route

from foundation.display import clock_time, day
from foundation.downloads import download, safe_name
from foundation.errors import NotFound
from foundation.sheets import FORMATS, Cell, Table
from foundation.text import Text, _
from foundation.web import Rq, disposition, get
from judging.papers.ports import DocumentWriter
from search.teaching.sessions import papers, policy, wording
from search.teaching.sessions.pages.common import BASE, asked_series, home, tabs
from search.teaching.sessions.queries import results as queries
from search.teaching.sessions.queries.results import Matrix, SessionResults
from search.teaching.sessions.rules import marking
from search.teaching.sessions.values import PersonResult, Present, SeriesView, StepView

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SERIES = BASE + "/{series_id}/attendance"
SESSION = BASE + "/{series_id}/{session_id}/results"


def routes(paper: DocumentWriter | None) -> list[Route]:
    def word(rq: Rq) -> Response:
        if paper is None:
            raise NotFound
        series, found = _session(rq)
        sheet = papers.attendance(series, found)
        return _word(paper(sheet), sheet.title)

    return [
        get(SERIES, attendance),
        get(SERIES + ".{format}", attendance_file),
        get(SESSION, results),
        get(SESSION + ".docx", word),
        get(SESSION + ".{format}", results_file),
    ]


def _word(data: bytes, name: str) -> Response:
    headers = {
        "Content-Disposition": disposition(f"{safe_name(name)}.docx"),
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    return Response(data, media_type=WORD, headers=headers)


def _session(rq: Rq) -> tuple[SeriesView, SessionResults]:
    series = asked_series(rq)
    found = queries.of_session(rq.db, rq.path("session_id"))
    if found.session.series_id != series.id:
        raise NotFound
    return series, found


def results(rq: Rq) -> Response:
    """The figures of a session that is over: all for its leaders, his own people for a unit's."""
    series, found = _session(rq)
    return rq.render(
        "teaching/results.html",
        series=series,
        results=found,
        leads=policy.leads(rq.actor, series),
        here=f"{home(series)}/{found.session.id}",
        home=home(series),
        letters=marking.letters,
        kind_names=wording.QUESTION_KINDS,
    )


def results_file(rq: Rq) -> Response:
    series, found = _session(rq)
    kind = _kind(rq)
    questions = [result.step for result in found.questions]
    heads = [_("单位"), _("姓名"), _("签到"), _("签到时间"), _("必答题完成"), _("答对")]
    table = Table(
        f"{series.title}-{day(found.session.starts_at, series.zone)}",
        [*heads, *(step.question.words[:60] for step in questions if step.question)],
        _lines(found, questions),
        zone=series.zone,
    )
    return download(table, kind)


def _lines(found: SessionResults, questions: list[StepView]) -> Iterator[list[Cell]]:
    for line in found.people:
        yield [
            line.person.unit,
            _name(line),
            _there(line.present),
            line.present.at if line.present else None,
            f"{line.must}/{found.must}",
            line.right,
            *(_answer(line, step) for step in questions),
        ]


def _name(line: PersonResult) -> str | Text:
    return line.person.name or _("（已删除）")


def _there(present: Present | None) -> Text:
    if present is None:
        return _("缺席")
    return _("补学") if present.makeup else _("出席")


def _answer(line: PersonResult, step: StepView) -> str:
    given = line.answers.get(step.id)
    if given is None or step.question is None:
        return ""
    if step.question.options or step.question.kind == "true_false":
        options = marking.options_of(step.question)
        return "；".join(str(options[int(place)]) for place in given.answer if int(place) < len(options))
    return given.answer[0]


def attendance(rq: Rq) -> Response:
    """Unit by session, and under it person by session."""
    series = asked_series(rq)
    return rq.render(
        "teaching/attendance.html",
        series=series,
        matrix=queries.of_series(rq.db, series.id),
        tabs=tabs(rq, series, "/attendance"),
        here=home(series),
        clock=clock_time,
    )


def attendance_file(rq: Rq) -> Response:
    series = asked_series(rq)
    matrix = queries.of_series(rq.db, series.id)
    kind = _kind(rq)
    dates = [str(day(each.starts_at, series.zone)) for each in matrix.sessions]
    heads: list[Text | str] = [_("单位"), _("姓名"), *dates, _("出席次数"), _("补学次数")]
    return download(Table(f"{series.title}-{_('考勤')}", heads, _attended(matrix), zone=series.zone), kind)


def _attended(matrix: Matrix) -> Iterator[list[Cell]]:
    for person in matrix.people:
        there, late = matrix.of_person(person.id)
        marks = [_there(matrix.present.get((each.id, person.id))) for each in matrix.sessions]
        yield [person.unit, person.name or _("（已删除）"), *marks, there, late]


def _kind(rq: Rq) -> str:
    kind = rq.path("format")
    if kind not in FORMATS:
        raise NotFound
    return kind
