"""A series of two units with one session, made through the services."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from foundation.actor import ANONYMOUS, Actor, Role
from foundation.db import Database
from foundation.people import Unit
from search.teaching.sessions.queries import people, series
from search.teaching.sessions.service import joining, planning, preparing, running
from search.teaching.sessions.service import series as service
from search.teaching.sessions.values import (
    ParticipantView,
    Question,
    QuestionKind,
    Rhythm,
    SeriesProposal,
    SessionView,
    StepView,
)
from tests.search.factories import award
from tests.support.factories import NOW, SENTENCE, make_actor, make_call, make_entry, make_unit

THURSDAYS = Rhythm(weekdays=(3,), at=time(19, 30), zone="Asia/Shanghai", first=date(2026, 3, 1))
BODY = (
    f"<p>先看账。{SENTENCE}</p><h2>做法</h2><p>把水账贴上墙。{SENTENCE}</p>"
    f"<h2>成效</h2><p>十年扯皮了结。{SENTENCE}</p>"
)
SINGLE = Question(
    QuestionKind.SINGLE, "水账贴在哪里？", ("村部", "泵房墙上", "群里"), ("1",), "原文“做法”第一句。"
)
TRUE_FALSE = Question(QuestionKind.TRUE_FALSE, "水账是公开的。", (), ("0",), "公开才有人信。")
SHORT = Question(QuestionKind.SHORT, "用一个词概括这个做法。", (), ("公开", "公示"), "关键是公开。")


@dataclass(frozen=True)
class World:
    """What the tests act on. `starts_at` is ten minutes after NOW."""

    database: Database
    trainer: Actor
    first: Unit
    second: Unit
    case_id: str
    series_id: str
    token: str
    session_id: str
    starts_at: datetime

    def session(self, db: Session) -> SessionView:
        return series.session(db, self.session_id)

    def steps(self, db: Session) -> list[StepView]:
        return series.steps(db, self.session_id)

    def join(self, db: Session, name: str, unit: Unit, now: datetime = NOW) -> ParticipantView:
        joining.join(
            db,
            actor=ANONYMOUS,
            now=now,
            token=self.token,
            device=f"device-{name}",
            unit_id=unit.id,
            name=name,
        )
        found = people.who(db, self.series_id, actor=ANONYMOUS, device=f"device-{name}")
        assert found is not None
        return found

    def open(self, db: Session, now: datetime = NOW) -> str:
        """The lobby is open; returns the desk's key."""
        key = self.session(db).desk_key
        running.open_session(db, actor=ANONYMOUS, now=now, key=key)
        return key

    def go(self, db: Session, to: int, now: datetime = NOW) -> None:
        found = self.session(db)
        running.move(db, actor=ANONYMOUS, now=now, key=found.desk_key, to=to, version=found.cursor)


def proposal(**changes: object) -> SeriesProposal:
    values: dict[str, object] = {"title": "周四夜学", "about": "", "rhythm": THURSDAYS, **changes}
    return SeriesProposal(**values)  # type: ignore[arg-type]  # a test names its fields


def made(database: Database, **changes: object) -> World:
    """A trainer's series; its session has the parts of a case and three must-answer questions."""
    with database.write() as db:
        trainer = make_actor(db, Role.TRAINER, name="周敏")
        first, second = make_unit(db, "第一党支部"), make_unit(db, "第二党支部")
        call = make_call(db)
        entry = make_entry(db, call=call, title="一本贴在泵房墙上的水账", body_html=BODY)
        award(db, entry, key="first")
        series_id = service.create_series(db, actor=trainer, now=NOW, proposal=proposal(**changes))
        for unit in (first, second):
            service.add_unit(db, actor=trainer, now=NOW, series_id=series_id, named=unit.name)
        planning.add_presenter(
            db, actor=trainer, now=NOW, series_id=series_id, name="李强", email="li@example.org"
        )
        starts_at = NOW + timedelta(minutes=10)
        session_id = planning.add_session(
            db, actor=trainer, now=NOW, series_id=series_id, starts_at=starts_at
        )
        preparing.set_cases(db, actor=trainer, session_id=session_id, case_ids=[entry.case_id])
        preparing.add_sections(db, actor=trainer, session_id=session_id)
        preparing.add_questions(
            db, actor=trainer, session_id=session_id, questions=[SINGLE, TRUE_FALSE, SHORT], must=True
        )
        token = series.series(db, series_id).token
    return World(database, trainer, first, second, entry.case_id, series_id, token, session_id, starts_at)
