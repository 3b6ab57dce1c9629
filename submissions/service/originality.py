"""Originality: what the worker keeps, what organisers decide and what they add."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.errors import FieldError, Invalid, NotFound
from foundation.ids import new_id
from foundation.journal import record
from foundation.permission import require
from foundation.text import _
from submissions import policy, queries
from submissions.events import (
    OriginalityRequested,
    OriginalityReviewed,
    ReferenceAdded,
    ReferenceRemoved,
    SetPhraseRemoved,
    SetPhrasesAdded,
)
from submissions.models import (
    OriginalityMatch,
    OriginalityReport,
    OriginalityRound,
    PhotoMatch,
    ReferenceText,
    SentencePrint,
    SetPhrase,
    TextPrint,
)
from submissions.originality import prints, sentences
from submissions.originality.comparing import Comparison
from submissions.originality.reading import plain_lines, read
from submissions.queries.prints import METHOD
from submissions.values.originality import Verdict

PHRASE_SHORTEST, PHRASE_LONGEST = 4, 60
PHRASES_AT_ONCE = 200
REFERENCE_SHORTEST, REFERENCE_LONGEST = 100, 300_000
NOTE_LONGEST = 1000


@dataclass(frozen=True, slots=True)
class NewPrint:
    """The marks of a text, ready to be kept; see `models.TextPrint`."""

    source_id: str
    call_id: str | None
    version_id: str | None
    stamp: str
    marks: bytes
    photos: list[list[str]]
    sentences: frozenset[int]


@dataclass(frozen=True, slots=True)
class LikePhoto:
    """A photo of the version looks like one of another case."""

    attachment_id: str
    source_id: str
    source_version_id: str
    source_attachment_id: str
    distance: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check found about one version; `source_versions` names the versions of its sources."""

    version_id: str
    case_id: str
    call_id: str
    comparison: Comparison
    source_versions: dict[str, str | None]
    photos: tuple[LikePhoto, ...]


def keep_print(db: Session, found: NewPrint) -> None:
    """Keep the marks of a text in place of those before. The worker's; running twice does no harm."""
    row = db.get(TextPrint, found.source_id) or TextPrint(source_id=found.source_id)
    row.call_id, row.version_id, row.stamp = found.call_id, found.version_id, found.stamp
    row.marks, row.photos = found.marks, list(found.photos)
    db.add(row)
    db.execute(delete(SentencePrint).where(SentencePrint.source_id == found.source_id))
    db.add_all(SentencePrint(fingerprint=each, source_id=found.source_id) for each in sorted(found.sentences))
    db.flush()


def keep_outcome(db: Session, *, now: datetime, outcome: Outcome) -> None:
    """Keep what was found about a version in place of what was found before; a person's verdict stays."""
    found = outcome.comparison
    row = db.get(OriginalityReport, outcome.version_id) or OriginalityReport(
        version_id=outcome.version_id, case_id=outcome.case_id, call_id=outcome.call_id
    )
    row.length, row.matched, row.checked_at = found.length, found.matched, now
    row.largest = max((each.matched for each in found.sources), default=0)
    db.add(row)
    for model in (OriginalityMatch, PhotoMatch):
        db.execute(delete(model).where(model.version_id == outcome.version_id))
    for source in found.sources:
        db.add(
            OriginalityMatch(
                version_id=outcome.version_id,
                case_id=outcome.case_id,
                source_id=source.key,
                source_version_id=outcome.source_versions.get(source.key),
                matched=source.matched,
                passages=[[p.start, p.end, p.other_start, p.other_end, p.same] for p in source.passages],
            )
        )
    for photo in outcome.photos:
        db.add(
            PhotoMatch(
                version_id=outcome.version_id,
                case_id=outcome.case_id,
                attachment_id=photo.attachment_id,
                source_id=photo.source_id,
                source_version_id=photo.source_version_id,
                source_attachment_id=photo.source_attachment_id,
                distance=photo.distance,
            )
        )
    db.flush()


def keep_round(db: Session, *, now: datetime, call_id: str, requested_at: datetime) -> None:
    """Note that all cases of a call were checked, unless somebody has asked again since."""
    row = db.get(OriginalityRound, call_id)
    if row is None:
        row = OriginalityRound(call_id=call_id, requested_at=requested_at)
        db.add(row)
    if row.requested_at <= requested_at:
        row.requested_at, row.finished_at = requested_at, now
    db.flush()


def request_originality(db: Session, *, actor: Actor, now: datetime, call_id: str) -> None:
    """Have all cases of a call checked again, in the background.

    Raises:
        NotFound, Forbidden
    """
    call = queries.call(db, call_id)
    require(policy.may_manage_calls(actor))
    row = db.get(OriginalityRound, call.id)
    if row is None:
        row = OriginalityRound(call_id=call.id, requested_at=now)
        db.add(row)
    row.requested_at, row.requested_by_name, row.finished_at = now, actor.name, None
    db.flush()
    record(db, actor=actor, now=now, event=OriginalityRequested(call_id=call.id))


def review_originality(
    db: Session, *, actor: Actor, now: datetime, version_id: str, verdict: Verdict | None, note: str
) -> None:
    """Say what a person thinks who has looked; None takes it back. Nothing else follows from it.

    Raises:
        NotFound, Forbidden
        Invalid: a problem without a note, or one that is too long.
    """
    require(policy.may_manage_calls(actor))
    row = db.scalar(select(OriginalityReport).where(OriginalityReport.version_id == version_id))
    if row is None:
        raise NotFound
    if verdict is Verdict.PROBLEM and not note:
        raise Invalid([FieldError("note", _("判定“有问题”时请写明问题在哪里。"))])
    if len(note) > NOTE_LONGEST:
        raise Invalid([FieldError("note", _("说明不能超过 %(limit)s 个字。", limit=NOTE_LONGEST))])
    row.verdict, row.note = (verdict.value, note) if verdict else ("", "")
    row.seen_matched = row.matched
    row.reviewed_at = now if verdict else None
    row.reviewed_by, row.reviewed_by_name = (actor.user_id, actor.name) if verdict else ("", "")
    db.flush()
    event = OriginalityReviewed(
        case_id=row.case_id, call_id=row.call_id, version_id=version_id, verdict=row.verdict, note=row.note
    )
    record(db, actor=actor, now=now, event=event)


def add_phrases(
    db: Session, *, actor: Actor, now: datetime, call_id: str | None, phrases: Iterable[str]
) -> int:
    """Add set phrases that count in no text, for a call or for all; how many were new.

    Raises:
        NotFound, Forbidden
        Invalid: nothing typed, or a phrase too short or too long to be one.
    """
    require(policy.may_manage_calls(actor))
    if call_id is not None:
        call_id = queries.call(db, call_id).id
    wanted = list(dict.fromkeys(" ".join(each.split()) for each in phrases if each.strip()))
    _check_phrases(wanted)
    there = set(db.scalars(select(SetPhrase.phrase).where(SetPhrase.call_id == call_id)))
    rows = [
        SetPhrase(
            id=new_id(),
            call_id=call_id,
            phrase=each,
            added_at=now,
            added_by=actor.user_id,
            added_by_name=actor.name,
        )
        for each in wanted
        if each not in there
    ]
    db.add_all(rows)
    db.flush()
    if rows:
        event = SetPhrasesAdded(phrase_ids=tuple(each.id for each in rows), call_id=call_id)
        record(db, actor=actor, now=now, event=event)
    return len(rows)


def _check_phrases(wanted: list[str]) -> None:
    if not wanted:
        raise Invalid([FieldError("phrases", _("请填写固定用语，一行一条。"))])
    if len(wanted) > PHRASES_AT_ONCE:
        raise Invalid(
            [FieldError("phrases", _("一次最多加入 %(limit)s 条，请分几次加入。", limit=PHRASES_AT_ONCE))]
        )
    for each in wanted:
        if not PHRASE_SHORTEST <= len(each) <= PHRASE_LONGEST:
            sentence = _(
                "固定用语要有 %(lowest)s 到 %(highest)s 个字，“%(phrase)s”不是。",
                lowest=PHRASE_SHORTEST,
                highest=PHRASE_LONGEST,
                phrase=each[:30],
            )
            raise Invalid([FieldError("phrases", sentence)])


def remove_phrase(db: Session, *, actor: Actor, now: datetime, phrase_id: str) -> None:
    """Take a set phrase away again.

    Raises:
        NotFound, Forbidden
    """
    require(policy.may_manage_calls(actor))
    row = db.scalar(select(SetPhrase).where(SetPhrase.id == phrase_id))
    if row is None:
        raise NotFound
    event = SetPhraseRemoved(phrase_id=row.id, call_id=row.call_id, phrase=row.phrase)
    db.delete(row)
    db.flush()
    record(db, actor=actor, now=now, event=event)


def reference_print(text: str) -> NewPrint:
    """The marks of a reference text that is to be added, with its id."""
    reading = read(plain_lines(text))
    key = new_id()
    return NewPrint(
        source_id=key,
        call_id=None,
        version_id=None,
        stamp=f":{METHOD}:{key}",
        marks=prints.stored(reading),
        photos=[],
        sentences=frozenset(sentences.fingerprints(reading).values()),
    )


def check_reference(title: str, text: str) -> None:
    """Whether this can be a reference text.

    Raises:
        Invalid
    """
    errors = []
    if not title or len(title) > 200:
        errors.append(FieldError("title", _("请填写参照文本的名称，不超过 200 个字。")))
    if not REFERENCE_SHORTEST <= len(text) <= REFERENCE_LONGEST:
        sentence = _(
            "参照文本要有 %(lowest)s 到 %(highest)s 个字，现在是 %(count)s 个字。长的请分篇加入。",
            lowest=REFERENCE_SHORTEST,
            highest=REFERENCE_LONGEST,
            count=len(text),
        )
        errors.append(FieldError("text", sentence))
    if errors:
        raise Invalid(errors)


def add_reference(
    db: Session, *, actor: Actor, now: datetime, title: str, origin: str, text: str, found: NewPrint
) -> str:
    """Add a text that cases are compared with; `found` are its marks, made before. Returns its id.

    Raises:
        Forbidden, Invalid
    """
    require(policy.may_manage_calls(actor))
    check_reference(title, text)
    row = ReferenceText(
        id=found.source_id,
        title=title,
        origin=origin[:300],
        text=text,
        length=len(text),
        added_at=now,
        added_by=actor.user_id,
        added_by_name=actor.name,
    )
    db.add(row)
    keep_print(db, found)
    record(db, actor=actor, now=now, event=ReferenceAdded(reference_id=row.id))
    return row.id


def remove_reference(db: Session, *, actor: Actor, now: datetime, reference_id: str) -> None:
    """Take a reference text away, and with it what was found in it; the shares follow at the next check.

    Raises:
        NotFound, Forbidden
    """
    require(policy.may_manage_calls(actor))
    row = db.scalar(select(ReferenceText).where(ReferenceText.id == reference_id))
    if row is None:
        raise NotFound
    event = ReferenceRemoved(reference_id=row.id, title=row.title)
    for model in (TextPrint, SentencePrint):
        db.execute(delete(model).where(model.source_id == reference_id))
    db.delete(row)
    db.flush()
    record(db, actor=actor, now=now, event=event)
