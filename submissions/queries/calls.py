"""Calls and their windows."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ColumnElement, and_, false, func, or_, select
from sqlalchemy.orm import Session

from foundation import richtext
from foundation.audience import Audience
from foundation.errors import NotFound
from foundation.people import Unit
from foundation.visibility import as_system
from submissions import codec
from submissions.models import AwardedText, Call, CallChange, CategoryDeadline, Extension, Question
from submissions.rules.eligibility import likeness
from submissions.rules.windows import SETTLED, closes_by_rules, closes_for
from submissions.values import CallView, ChangeView, ExtensionView, QuestionView


def call_view(row: Call) -> CallView:
    """A row as a value."""
    return CallView(
        id=row.id,
        slug=row.slug,
        title=row.title,
        theme=row.theme,
        notice_html=row.notice_html,
        opens_at=row.opens_at,
        closes_at=row.closes_at,
        timezone=row.timezone,
        rules=codec.rules_from_json(row.rules),
        published_at=row.published_at,
        year=row.year,
    )


def call(db: Session, call_id: str) -> CallView:
    """One call.

    Raises:
        NotFound
    """
    return _call(db, Call.id == call_id)


def calls_by_id(db: Session, call_ids: Collection[str]) -> dict[str, CallView]:
    """These calls by id, in one statement; unknown ones are left out."""
    rows = db.scalars(select(Call).where(Call.id.in_(call_ids))) if call_ids else ()
    return {row.id: call_view(row) for row in rows}


def call_by_slug(db: Session, slug: str) -> CallView:
    """One call by the name in its address.

    Raises:
        NotFound
    """
    return _call(db, Call.slug == slug)


def _call(db: Session, condition: ColumnElement[bool]) -> CallView:
    row = db.scalar(select(Call).where(condition))
    if row is None:
        raise NotFound
    return call_view(row)


def calls(db: Session) -> list[CallView]:
    """The calls the actor may see, the latest deadline first."""
    return [call_view(row) for row in db.scalars(select(Call).order_by(Call.closes_at.desc(), Call.id))]


def library_audiences(db: Session) -> dict[str, Audience]:
    """Call id -> for whom its awarded cases are in the library, for the calls the actor may see."""
    rows = db.execute(select(Call.id, Call.rules["library_audience"].as_string()))
    return {key: Audience(said or Audience.PUBLIC) for key, said in rows}


def revision_of(db: Session, call_id: str) -> int:
    """How often the call was saved: what a form sends back to be compared.

    Raises:
        NotFound
    """
    revision = db.scalar(select(Call.revision).where(Call.id == call_id))
    if revision is None:
        raise NotFound
    return revision


def extensions(db: Session, call_id: str) -> list[ExtensionView]:
    """Later deadlines of the call, oldest first."""
    rows = db.execute(
        select(Extension, Unit.name)
        .outerjoin(Unit, Unit.id == Extension.unit_id)
        .where(Extension.call_id == call_id)
        .order_by(Extension.granted_at, Extension.id)
    )
    return [
        ExtensionView(
            id=row.id,
            call_id=row.call_id,
            unit_id=row.unit_id,
            unit_name=name or "",
            closes_at=row.closes_at,
            reason=row.reason,
            granted_at=row.granted_at,
            granted_by=row.granted_by_name,
            category_key=row.category_key,
        )
        for row, name in rows
    ]


def deadline(db: Session, call: CallView, unit_id: str | None, category_key: str = "") -> datetime:
    """The deadline in force for a unit in a category; without a category the last one of any."""
    granted = extensions(db, call.id)
    return closes_for(unit_id, call.closes_at, call.rules, granted, category_key)


def category_deadlines(db: Session, call: CallView, unit_id: str | None) -> dict[str, datetime]:
    """The deadline in force for a unit, by category; "" is the last of them."""
    granted = extensions(db, call.id)
    keys = ["", *(each.key for each in call.rules.categories)]
    return {key: closes_for(unit_id, call.closes_at, call.rules, granted, key) for key in keys}


def last_deadline(db: Session, call: CallView) -> datetime:
    """After this nothing more can come in from anybody."""
    with as_system(db):  # an instant, no matter whose
        granted = [each.closes_at for each in extensions(db, call.id)]
    return max([closes_by_rules(call.closes_at, call.rules), *granted])


def closings_due(db: Session, now: datetime) -> list[str]:
    """The ids of published calls of which a closing can be put on record: the call's own, a category's, or
    that of a later deadline that was granted."""
    before = now - SETTLED
    due = select(Call.id).where(
        Call.published_at.is_not(None),
        or_(
            and_(Call.closed_at.is_(None), Call.closes_at <= before),
            _unrecorded(CategoryDeadline, before),
            _unrecorded(Extension, before),
        ),
    )
    return list(db.scalars(due.order_by(Call.id)))


def _unrecorded(table: type[CategoryDeadline] | type[Extension], before: datetime) -> ColumnElement[bool]:
    return (
        select(table.id)
        .where(table.call_id == Call.id, table.closed_at.is_(None), table.closes_at <= before)
        .exists()
    )


def recorded_until(db: Session, call_id: str) -> datetime | None:
    """The latest deadline of a call whose closing is on record: no deadline up to it can open again."""
    with as_system(db):  # an instant, no matter whose
        found = [
            db.scalar(select(Call.closes_at).where(Call.id == call_id, Call.closed_at.is_not(None))),
            *(
                db.scalar(
                    select(func.max(table.closes_at)).where(
                        table.call_id == call_id, table.closed_at.is_not(None)
                    )
                )
                for table in (CategoryDeadline, Extension)
            ),
        ]
    return max((each for each in found if each is not None), default=None)


def changes(db: Session, call_id: str) -> list[ChangeView]:
    """What was worded anew after the window had opened, the latest first."""
    rows = db.scalars(
        select(CallChange)
        .where(CallChange.call_id == call_id)
        .order_by(CallChange.at.desc(), CallChange.id.desc())
    )
    return [
        ChangeView(
            id=row.id,
            call_id=row.call_id,
            at=row.at,
            by_name=row.by_name,
            reason=row.reason,
            fields=codec.changes_from_json(row.fields),
        )
        for row in rows
    ]


def questions(db: Session, call_id: str) -> list[QuestionView]:
    """Questions and answers of a call, in the organiser's order."""
    rows = db.scalars(
        select(Question).where(Question.call_id == call_id).order_by(Question.position, Question.id)
    )
    return [question_view(row) for row in rows]


def question_view(row: Question) -> QuestionView:
    """A row as a value."""
    return QuestionView(
        id=row.id,
        call_id=row.call_id,
        question=row.question,
        answer=row.answer,
        position=row.position,
        published_at=row.published_at,
        changed_at=row.changed_at,
    )


def earlier_awards(
    db: Session, *, unit_id: str, title: str, body_html: str, but_case: str
) -> tuple[str, ...]:
    """Titles of awarded cases that this one seems to be: the same text, or its unit's with the same title."""
    words = richtext.plain(body_html)
    same_text = AwardedText.body_likeness == likeness(words) if words.strip() else false()
    same_title = and_(AwardedText.unit_id == unit_id, AwardedText.title_likeness == likeness(title))
    with as_system(db):  # the text is the actor's own; of the other case only the title is told
        rows = db.scalars(
            select(AwardedText.title)
            .where(or_(same_text, same_title if title.strip() else false()), AwardedText.case_id != but_case)
            .order_by(AwardedText.id)
        )
        return tuple(rows)
