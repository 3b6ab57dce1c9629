"""Objections, statements and rulings, for organisers, for who objected, for the unit that is asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation import people
from foundation.actor import Actor
from foundation.errors import NotFound
from foundation.visibility import as_system
from judging.models import NoticeLine, Objection, ObjectionFile, PublicNotice, Ruling, Statement
from judging.queries.notices import line_view
from judging.values import ObjectionState, Outcome, RulingState
from judging.views import ObjectionFileView, ObjectionView, RulingView, StatementView
from judging.visibility import shut_out


def token_hash(token: str) -> str:
    """What is kept of the secret in a letter's link."""
    return sha256(token.encode()).hexdigest()


def objections(db: Session, round_id: str) -> list[ObjectionView]:
    """Objections of a round that the actor may see, the oldest first: by them the awards wait."""
    rows = db.scalars(
        select(Objection)
        .where(Objection.round_id == round_id, Objection.state != ObjectionState.UNCONFIRMED.value)
        .order_by(Objection.received_at, Objection.id)
    )
    return [objection_view(db, row) for row in rows]


def objection(db: Session, objection_id: str) -> ObjectionView:
    """One objection that the actor may see: an organiser, or who made it.

    Raises:
        NotFound
    """
    row = db.scalar(select(Objection).where(Objection.id == objection_id))
    if row is None:
        raise NotFound
    return objection_view(db, row)


def objection_by_token(db: Session, token: str) -> ObjectionView:
    """The objection whose letter has this secret, for who has no account.

    Raises:
        NotFound
    """
    with as_system(db):  # the secret in the address is the permission
        row = db.scalar(select(Objection).where(Objection.confirm_hash == token_hash(token)))
        if row is None:
            raise NotFound
        return objection_view(db, row)


def own_objections(db: Session, actor: Actor) -> list[ObjectionView]:
    """What the actor objected to, the latest first."""
    if not actor.signed_in:
        return []
    rows = db.scalars(
        select(Objection)
        .where(Objection.objector_id == actor.user_id)
        .order_by(Objection.received_at.desc(), Objection.id)
    )
    return [objection_view(db, row) for row in rows]


def email_of(db: Session, actor: Actor) -> str:
    """Where letters on his objection will go; "" for who has no account."""
    return people.user(db, actor.user_id).email if actor.signed_in else ""


def objection_view(db: Session, row: Objection) -> ObjectionView:
    """A row with what belongs to it, as far as the actor may see."""
    statement = db.scalar(select(Statement).where(Statement.objection_id == row.id))
    rulings = db.scalars(
        select(Ruling).where(Ruling.objection_id == row.id).order_by(Ruling.proposed_at, Ruling.id)
    )
    return ObjectionView(
        id=row.id,
        number=row.number,
        notice_id=row.notice_id,
        call_id=db.get_one(PublicNotice, row.notice_id).call_id,
        round_id=row.round_id,
        line=line_view(db.get_one(NoticeLine, row.line_id)),
        state=ObjectionState(row.state),
        received_at=row.received_at,
        confirmed_at=row.confirmed_at,
        objector_id=row.objector_id,
        name=row.name,
        workplace=row.workplace,
        phone=row.phone,
        email=row.email,
        matter=row.matter,
        ruled_at=row.ruled_at,
        files=files_of(db, row.id),
        statement=statement_view(db, statement) if statement is not None else None,
        rulings=tuple(ruling_view(each) for each in rulings),
    )


def files_of(db: Session, objection_id: str) -> tuple[ObjectionFileView, ...]:
    """Evidence of both sides, as far as the actor may see it."""
    rows = db.scalars(
        select(ObjectionFile)
        .where(ObjectionFile.objection_id == objection_id)
        .order_by(ObjectionFile.added_at, ObjectionFile.id)
    )
    return tuple(file_view(row) for row in rows)


def file_of(db: Session, file_id: str) -> ObjectionFileView:
    """One file that the actor may see.

    Raises:
        NotFound
    """
    row = db.scalar(select(ObjectionFile).where(ObjectionFile.id == file_id))
    if row is None:
        raise NotFound
    return file_view(row)


def file_view(row: ObjectionFile) -> ObjectionFileView:
    """A row as a value."""
    return ObjectionFileView(
        id=row.id,
        name=row.name,
        media_type=row.media_type,
        size=row.size,
        sha256=row.sha256,
        by_unit=row.statement_id is not None,
        shown=bool(row.unit_id),
    )


# --- the unit ---------------------------------------------------------------------------------------


def statement(db: Session, statement_id: str) -> StatementView:
    """What a unit is asked: for its submitters and the organisers.

    Raises:
        NotFound
    """
    row = db.scalar(select(Statement).where(Statement.id == statement_id))
    if row is None:
        raise NotFound
    return statement_view(db, row)


def statements_asked(db: Session, actor: Actor) -> list[StatementView]:
    """What the actor's unit was asked, unanswered first, then the latest."""
    if not actor.unit_id:
        return []
    rows = db.scalars(
        select(Statement)
        .where(Statement.unit_id == actor.unit_id)
        .order_by(Statement.given_at.is_not(None), Statement.asked_at.desc(), Statement.id)
    )
    return [statement_view(db, row) for row in rows]


def statement_view(db: Session, row: Statement) -> StatementView:
    """A row as a value; that a ruling was made is told, not by whom."""
    with as_system(db):
        ruled = db.scalar(select(Objection.ruled_at).where(Objection.id == row.objection_id))
        line = db.get_one(NoticeLine, row.line_id)
        call_id = db.scalar(select(PublicNotice.call_id).where(PublicNotice.id == line.notice_id))
    return StatementView(
        id=row.id,
        objection_id=row.objection_id,
        line=line_view(line),
        call_id=call_id or "",
        matter=row.matter,
        due_on=row.due_on,
        asked_at=row.asked_at,
        words=row.words,
        given_at=row.given_at,
        given_by_name=row.given_by_name,
        ruled=ruled is not None,
    )


# --- rulings ----------------------------------------------------------------------------------------


def rulings(db: Session, line_ids: Sequence[str]) -> list[RulingView]:
    """Proposals and rulings on these announced cases, the latest first."""
    rows = db.scalars(
        select(Ruling)
        .where(Ruling.line_id.in_(line_ids))
        .order_by(Ruling.proposed_at.desc(), Ruling.id.desc())
    )
    return [ruling_view(row) for row in rows]


def ruling_view(row: Ruling) -> RulingView:
    """A row as a value."""
    return RulingView(
        id=row.id,
        line_id=row.line_id,
        objection_id=row.objection_id,
        outcome=Outcome(row.outcome),
        reason=row.reason,
        state=RulingState(row.state),
        proposed_at=row.proposed_at,
        proposed_by=row.proposed_by,
        proposed_by_name=row.proposed_by_name,
        answered_at=row.answered_at,
        answered_by_name=row.answered_by_name,
        answer=row.answer,
    )


def is_shut_out(db: Session, actor: Actor, case_id: str) -> bool:
    """Whether an organiser must keep out of what concerns this case: his unit's, his own, declared."""
    with as_system(db):
        lines = NoticeLine.__table__
        mine = select(lines.c.id).where(lines.c.case_id == case_id, shut_out(lines.c.case_id, actor))
        return db.execute(mine.limit(1)).first() is not None


def unconfirmed_since(db: Session, email: str, since: datetime) -> int:
    """How many objections with this address wait for its confirmation."""
    with as_system(db):
        found = select(Objection.id).where(
            Objection.email == email,
            Objection.state == ObjectionState.UNCONFIRMED.value,
            Objection.received_at > since,
        )
        return len(db.scalars(found).all())
