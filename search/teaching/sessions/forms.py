"""What is posted on the pages of study sessions."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import Field, field_validator

from foundation.forms import Form, FormError
from foundation.text import _
from search.teaching.sessions.rules import dates, marking
from search.teaching.sessions.values import Question, QuestionKind, Rhythm, SeriesProposal, StepKind


class SeriesForm(Form):
    """A series: what it is called, when it meets, what holds for it."""

    title: str = Field("", max_length=60)
    about: str = Field("", max_length=1000)
    weekdays: list[int] = Field(default_factory=list, max_length=7)
    at: time
    zone: str = Field("Asia/Shanghai", max_length=60)
    first: date
    last: date | None = None
    every: int = Field(1, ge=1, le=8)
    working_days: bool = False
    skipped: str = Field("", max_length=4000)
    minutes: int = Field(45, ge=5, le=480)
    remind_days: int = Field(2, ge=0, le=30)
    late_hours: int = Field(24, ge=0, le=720)
    keep_days: int = Field(365, ge=30, le=1825)
    members_cases: bool = False

    @field_validator("weekdays")
    @classmethod
    def _days(cls, value: list[int]) -> list[int]:
        if not all(0 <= day <= 6 for day in value):
            raise FormError(_("请从列出的选项中选择"))
        return sorted(set(value))

    @field_validator("at", mode="before")
    @classmethod
    def _time(cls, value: object) -> object:
        try:
            return time.fromisoformat(str(value))
        except ValueError as problem:
            raise FormError(_("请填写时间，例如 19:30")) from problem

    @field_validator("skipped")
    @classmethod
    def _skipped(cls, value: str) -> str:
        if dates.days_off(value) is None:
            raise FormError(
                _(
                    "每行写一个日期，例如 2026-07-02；连续几天写成“2026-07-01 至 2026-08-31”，"
                    "一次不超过一年，总共不超过 1000 天。"
                )
            )
        return value

    def proposal(self) -> SeriesProposal:
        rhythm = Rhythm(
            weekdays=tuple(self.weekdays),
            at=self.at.replace(second=0, microsecond=0, tzinfo=None),
            zone=self.zone,
            first=self.first,
            last=self.last,
            every=self.every,
            skipped=tuple(dates.days_off(self.skipped) or ()),
            working_days=self.working_days,
        )
        return SeriesProposal(
            title=self.title,
            about=self.about,
            rhythm=rhythm,
            minutes=self.minutes,
            remind_days=self.remind_days,
            late_hours=self.late_hours,
            keep_days=self.keep_days,
            members_cases=self.members_cases,
        )


class UnitForm(Form):
    unit: str = Field("", max_length=200)
    code: str = Field("", max_length=20)


class PresenterForm(Form):
    name: str = Field("", max_length=40)
    email: str = Field("", max_length=254)

    @field_validator("email")
    @classmethod
    def _address(cls, value: str) -> str:
        name, at, host = value.rpartition("@")
        if value and (not at or not name or "." not in host or any(each.isspace() for each in value)):
            raise FormError(_("请填写完整的电子邮箱，例如 name@example.org"))
        return value


class AwayForm(Form):
    away_from: date | None = None
    away_until: date | None = None


class OrderForm(Form):
    """An order as `edition.js` sends it ("list:a,b,c"), or one line moved by its button ("id:up")."""

    order: str = Field("", max_length=4000)
    move: str = Field("", max_length=60)


class SessionForm(Form):
    title: str = Field("", max_length=60)
    starts_at: datetime
    minutes: int = Field(45, ge=5, le=480)

    def instant(self, zone: str) -> datetime:
        return self.starts_at.replace(tzinfo=ZoneInfo(zone))


class NewSessionForm(Form):
    starts_at: datetime


class MaterialForm(Form):
    recording_url: str = Field("", max_length=500)
    notes: str = Field("", max_length=4000)


class StepForm(Form):
    kind: StepKind = StepKind.NOTE
    step_title: str = Field("", max_length=60)
    minutes: int = Field(5, ge=1, le=240)
    words: str = Field("", max_length=5000)


class QuestionForm(Form):
    """A question: options a line each, the right ones by letters, accepted words a line each."""

    kind: QuestionKind = QuestionKind.SINGLE
    words: str = Field("", max_length=1000)
    options: str = Field("", max_length=2000)
    right: str = Field("", max_length=1000)
    explanation: str = Field("", max_length=2000)
    must: bool = False

    def question(self) -> Question:
        lines = tuple(line.strip() for line in self.options.splitlines() if line.strip())
        choice = self.kind in (QuestionKind.SINGLE, QuestionKind.MULTIPLE)
        return Question(
            kind=self.kind,
            words=self.words,
            options=lines if choice else (),
            right=right_of(self.kind, self.right),
            explanation=self.explanation,
        )


def right_of(kind: QuestionKind, typed: str) -> tuple[str, ...]:
    """What was typed as the right answer: letters, true or false in several ways, or accepted words."""
    match kind:
        case QuestionKind.SHORT:
            parts = typed.replace("；", "\n").replace(";", "\n").splitlines()
            return tuple(part.strip() for part in parts if part.strip())
        case QuestionKind.TRUE_FALSE:
            word = typed.strip().casefold()
            if word in ("正确", "对", "是", "true", "t", "a", "√", "1"):
                return (marking.TRUE,)
            return (marking.FALSE,) if word in ("错误", "错", "否", "false", "f", "b", "×", "x", "0") else ()
        case _:
            return marking.places(typed)


class JoinForm(Form):
    unit: str = Field("", max_length=40)
    name: str = Field("", max_length=100)
    code: str = Field("", max_length=40)


class RenameForm(Form):
    name: str = Field("", max_length=100)
    unit: str = Field("", max_length=40)


class SayForm(Form):
    words: str = Field("", max_length=2000)


class MoveForm(Form):
    to: int = 0
    version: int = -1


class ModerateForm(Form):
    contribution: str = Field("", max_length=40)
    deed: Literal["pin", "unpin", "hide", "show"]


class CodeForm(Form):
    token: str = Field("", max_length=60)
