"""The journal: what happened, as audit trail and as outbox in one.

One row per consequential change, written in the same transaction as the change and chained by hash
(`hash = SHA-256(previous, seq, at, actor, action, subject, detail)`), so that a missing, altered or inserted
row shows. Subscribers are told of each entry after it is committed: they get ids, read the truth again, run
outside the transaction that caused them, may run twice, and are retried alone.
"""

import hashlib
import json
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar

from sqlalchemy import BigInteger, Integer, String, select, text, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from foundation.actor import Actor
from foundation.db import Base, Database, Row

log = logging.getLogger(__name__)

_CHAIN_LOCK = 7_233_001  # PostgreSQL advisory lock: entries are chained one after the other
GENESIS = "0" * 64
BATCH = 100
ATTEMPTS = 10


class JournalEntry(Base):
    """One event as it was recorded. Triggers refuse update and delete."""

    __tablename__ = "journal"

    seq: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    )
    at: Mapped[datetime]
    actor_id: Mapped[str] = mapped_column(String(40))
    action: Mapped[str] = mapped_column(String(60), index=True)
    subject_id: Mapped[str] = mapped_column(String(40), index=True)
    detail: Mapped[dict[str, Any]]
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)


class SubscriptionCursor(Base):
    """How far a subscription has come."""

    __tablename__ = "subscription_cursor"

    name: Mapped[str] = mapped_column(String(60), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, default=0)


class FailedDelivery(Row):
    """An entry that a subscription could not take yet; it is tried again alone at `due_at`."""

    __tablename__ = "failed_delivery"

    subscription: Mapped[str] = mapped_column(String(60), index=True)
    seq: Mapped[int] = mapped_column(BigInteger)
    attempts: Mapped[int] = mapped_column(default=1)
    due_at: Mapped[datetime] = mapped_column(index=True)
    error: Mapped[str] = mapped_column(String(500))


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Base of a package's events: past tense, ids only; the first field is the subject's id.

    Free words of a person (a reason) belong in the event only where the audit must show them.
    """

    action: ClassVar[str]

    def detail(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Entry:
    """What a subscriber gets."""

    seq: int
    at: datetime
    actor_id: str
    action: str
    subject_id: str
    detail: dict[str, Any]


def _entry(row: JournalEntry) -> Entry:
    return Entry(row.seq, row.at, row.actor_id, row.action, row.subject_id, dict(row.detail))


def _hash(
    previous: str, seq: int, at: datetime, actor_id: str, action: str, subject_id: str, detail: dict[str, Any]
) -> str:
    instant = at.astimezone(UTC).isoformat(timespec="microseconds")  # as the database gives it back
    parts = [previous, seq, instant, actor_id, action, subject_id, detail]
    canonical = json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def record(db: Session, *, actor: Actor, now: datetime, event: Event) -> None:
    """Write the event into the journal, in the caller's transaction."""
    record_all(db, actor=actor, now=now, events=[event])


def record_all(db: Session, *, actor: Actor, now: datetime, events: Sequence[Event]) -> None:
    """Write several events in their order; the journal's end is looked up once."""
    if db.get_bind().dialect.name == "postgresql":
        db.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _CHAIN_LOCK})
    head = db.execute(
        select(JournalEntry.seq, JournalEntry.hash).order_by(JournalEntry.seq.desc()).limit(1)
    ).one_or_none()
    last, previous = (head.seq, head.hash) if head else (0, GENESIS)
    actor_id = actor.user_id or "anonymous"
    for seq, event in enumerate(events, start=last + 1):
        detail = event.detail()
        subject_id = str(next(iter(detail.values()), ""))
        own = _hash(previous, seq, now, actor_id, event.action, subject_id, detail)
        db.add(
            JournalEntry(
                seq=seq,
                at=now,
                actor_id=actor_id,
                action=event.action,
                subject_id=subject_id,
                detail=detail,
                previous=previous,
                hash=own,
            )
        )
        previous = own
    db.flush()


def history(db: Session, subject_id: str) -> list[Entry]:
    """What happened to one thing, oldest first."""
    rows = db.scalars(
        select(JournalEntry).where(JournalEntry.subject_id == subject_id).order_by(JournalEntry.seq)
    )
    return [_entry(row) for row in rows]


def latest(db: Session, *, before: int | None = None, limit: int = 100) -> list[Entry]:
    """The newest entries, newest first, older than `before`."""
    query = select(JournalEntry).order_by(JournalEntry.seq.desc()).limit(limit)
    if before is not None:
        query = query.where(JournalEntry.seq < before)
    return [_entry(row) for row in db.scalars(query)]


def every(db: Session) -> Iterator[Entry]:
    """All entries, oldest first, some hundred at a time."""
    query = select(JournalEntry).order_by(JournalEntry.seq).execution_options(yield_per=500)
    for row in db.scalars(query):
        yield _entry(row)


@dataclass(frozen=True, slots=True)
class Verification:
    """Result of checking the chain: `broken_at` is the first entry that does not fit, None if all fit."""

    entries: int
    head: str
    broken_at: int | None


def verify(db: Session) -> Verification:
    """Recompute the whole chain."""
    previous, count = GENESIS, 0
    query = select(JournalEntry).order_by(JournalEntry.seq).execution_options(yield_per=500)
    with db.scalars(query) as rows:
        for row in rows:
            count += 1
            expected = _hash(previous, row.seq, row.at, row.actor_id, row.action, row.subject_id, row.detail)
            if row.seq != count or row.previous != previous or row.hash != expected:
                return Verification(count, previous, row.seq)
            previous = row.hash
    return Verification(count, previous, None)


@dataclass(frozen=True, slots=True)
class Subscription:
    """Work that follows events, in three steps so that no transaction is open while it works.

    load(db, entry) reads what is needed; work(loaded) does it outside any transaction; save(db, entry,
    result) writes what came of it, in the transaction that also moves the cursor. Each may run twice.
    `slow` work takes seconds (a book, a folder of Word files): the worker gives it a thread of its own, so
    that mail and the index do not wait for it.
    """

    name: str
    actions: frozenset[str]
    load: Callable[[Session, Entry], Any]
    work: Callable[[Any], Any]
    save: Callable[[Session, Entry, Any], None] = lambda _db, _entry, _result: None
    slow: bool = False


class Delivery:
    """Tells the subscriptions; one instance a worker.

    Two workers at once do no harm: the cursor is moved by compare-and-set, so a result is saved once.
    """

    def __init__(self, database: Database, subscriptions: Sequence[Subscription]) -> None:
        self._database = database
        self._subscriptions = subscriptions

    def run(self, now: datetime) -> int:
        """Deliver everything that is due; returns the number of entries handled, failed ones included."""
        return sum(self._advance(item, now) + self._retry(item, now) for item in self._subscriptions)

    def _advance(self, subscription: Subscription, now: datetime) -> int:
        handled = 0
        while True:
            with self._database.read() as db:
                position = db.get(SubscriptionCursor, subscription.name)
                seq = position.seq if position else 0
                rows = db.scalars(
                    select(JournalEntry).where(JournalEntry.seq > seq).order_by(JournalEntry.seq).limit(BATCH)
                )
                entries = [_entry(row) for row in rows]
            if not entries:
                return handled
            for entry in entries:
                if entry.action in subscription.actions:
                    self._deliver(subscription, entry, seq, now)
                    seq = entry.seq
                    handled += 1
            if seq != entries[-1].seq:
                with self._database.write() as db:
                    _move(db, subscription.name, seq, entries[-1].seq)

    def _deliver(self, subscription: Subscription, entry: Entry, seq: int, now: datetime) -> None:
        try:
            with self._database.read() as db:
                loaded = subscription.load(db, entry)
            result = subscription.work(loaded)
            with self._database.write() as db:
                if _move(db, subscription.name, seq, entry.seq):
                    subscription.save(db, entry, result)
        except Exception as error:
            log.exception("delivery of %s to %s failed", entry.seq, subscription.name)
            with self._database.write() as db:
                if _move(db, subscription.name, seq, entry.seq):
                    db.add(
                        FailedDelivery(
                            subscription=subscription.name,
                            seq=entry.seq,
                            due_at=now + timedelta(seconds=2),
                            error=_describe(error),
                        )
                    )

    def _retry(self, subscription: Subscription, now: datetime) -> int:
        due = (
            select(FailedDelivery.id)
            .where(
                FailedDelivery.subscription == subscription.name,
                FailedDelivery.due_at <= now,
                FailedDelivery.attempts < ATTEMPTS,
            )
            .order_by(FailedDelivery.seq)
        )
        with self._database.read() as db:
            keys = list(db.scalars(due))
        for key in keys:
            self._retry_one(subscription, key, now)
        return len(keys)

    def _retry_one(self, subscription: Subscription, key: str, now: datetime) -> None:
        with self._database.read() as db:
            failed = db.get(FailedDelivery, key)
            row = db.get(JournalEntry, failed.seq) if failed else None
            entry = _entry(row) if row else None
        if entry is None:
            return
        try:
            with self._database.read() as db:
                loaded = subscription.load(db, entry)
            result = subscription.work(loaded)
            with self._database.write() as db:
                failed = db.get(FailedDelivery, key)
                if failed is not None:
                    db.delete(failed)
                    subscription.save(db, entry, result)
        except Exception as error:
            log.exception("delivery of %s to %s failed again", entry.seq, subscription.name)
            with self._database.write() as db:
                failed = db.get(FailedDelivery, key)
                if failed is not None:
                    failed.attempts += 1
                    failed.error = _describe(error)
                    failed.due_at = now + timedelta(seconds=2**failed.attempts)


def _describe(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:500]


def _move(db: Session, name: str, old: int, new: int) -> bool:
    """Move the cursor if it still stands where it was read; False: another worker was here first."""
    if old == 0 and db.get(SubscriptionCursor, name) is None:
        db.add(SubscriptionCursor(name=name, seq=new))
        db.flush()
        return True
    moved = db.execute(
        update(SubscriptionCursor)
        .where(SubscriptionCursor.name == name, SubscriptionCursor.seq == old)
        .values(seq=new)
        .execution_options(synchronize_session=False)
    )
    return bool(moved.rowcount)  # type: ignore[attr-defined]  # an UPDATE's result is a CursorResult
