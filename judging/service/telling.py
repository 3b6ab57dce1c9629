"""Telling units how it came out: feedback read and released, result letters queued once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation import mail
from foundation.actor import Actor
from foundation.errors import FieldError, Invalid, NotFound, Refused
from foundation.ids import new_id
from foundation.journal import record, record_all
from foundation.text import _, verbatim
from judging.errors import Outdated
from judging.events.honours import FeedbackReleased, ResultLettersQueued
from judging.models import (
    FeedbackComment,
    FeedbackRelease,
    FeedbackTerms,
    ResultLetter,
    ResultWording,
)
from judging.papers.wording import IN_LETTERS, filled, problem
from judging.queries.honours import (
    FEWEST_ALLOWED,
    feedback_lines,
    feedback_to_json,
    juror_words,
    letter_lines,
    reader_of,
    wordings,
)
from judging.queries.outcome import results_are_final
from judging.service.loading import organised_round
from judging.values.honours import LetterKind
from judging.views import RoundView
from judging.views.honours import FeedbackLine, LetterLine, WordingView

LONGEST_SUBJECT = 150
LONGEST_BODY = 4000
LONGEST_GREETING = 1000
LONGEST_COMMENT = 5000
MOST_READS = 20

Address = Callable[[str], str]
"""The full address of a path of ours."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What an organiser decided on one comment; `original` is what he saw."""

    original: str
    words: str
    withheld: bool


# --- feedback ---------------------------------------------------------------------------------------


def save_terms(
    db: Session, *, actor: Actor, now: datetime, round_id: str, fewest_reads: int, greeting: str
) -> None:
    """Set what stands above the figures, and from how many reads averages are shown.

    Raises:
        NotFound, Forbidden, Invalid
    """
    organised_round(db, actor, round_id)
    errors = []
    if not FEWEST_ALLOWED <= fewest_reads <= MOST_READS:
        low, high = FEWEST_ALLOWED, MOST_READS
        errors.append(
            FieldError("fewest_reads", _("请填写 %(low)s 到 %(high)s 之间的整数", low=low, high=high))
        )
    if len(greeting) > LONGEST_GREETING:
        errors.append(FieldError("greeting", _("不能超过 %(limit)s 个字", limit=LONGEST_GREETING)))
    if errors:
        raise Invalid(errors)
    row = db.scalar(select(FeedbackTerms).where(FeedbackTerms.round_id == round_id))
    if row is None:
        row = FeedbackTerms(id=new_id(), round_id=round_id)
        db.add(row)
    row.fewest_reads, row.greeting = fewest_reads, greeting.strip()
    row.changed_at, row.changed_by = now, actor.user_id
    db.flush()


def read_comments(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    round_id: str,
    case_id: str,
    decided: Mapping[str, Decided],
) -> None:
    """Note what the organiser decided on the jurors' comments on a case; the jurors' own rows stay.

    Args:
        decided: assignment id -> decision.

    Raises:
        NotFound, Forbidden
        Outdated: a juror has written a comment anew since the organiser saw it.
        Invalid: the words are too long, or empty without being withheld.
    """
    _row, view = organised_round(db, actor, round_id)
    said = {each.assignment_id: each for each in juror_words(db, actor, view).get(case_id, ())}
    if set(decided) - set(said):
        raise NotFound
    if any(each.original != said[key].original for key, each in decided.items()):
        raise Outdated(_("有评委在您查看之后修改了评语，请重新阅读。"))
    errors = [error for key, each in decided.items() for error in _comment_errors(key, each)]
    if errors:
        raise Invalid(errors)
    known = {
        row.assignment_id: row
        for row in db.scalars(select(FeedbackComment).where(FeedbackComment.assignment_id.in_(decided)))
    }
    for key, each in decided.items():
        row = known.get(key)
        if row is None:
            row = FeedbackComment(id=new_id(), round_id=round_id, case_id=case_id, assignment_id=key)
            db.add(row)
        row.original, row.words, row.withheld = each.original, each.words.strip(), each.withheld
        row.read_at, row.read_by = now, actor.user_id
    db.flush()


def _comment_errors(key: str, each: Decided) -> list[FieldError]:
    if len(each.words) > LONGEST_COMMENT:
        return [FieldError(f"words-{key}", _("不能超过 %(limit)s 个字", limit=LONGEST_COMMENT))]
    if not each.withheld and not each.words.strip():
        return [FieldError(f"words-{key}", _("请填写要公布的文字，或勾选“不公布”。"))]
    return []


def releasable(lines: Sequence[FeedbackLine], case_ids: Sequence[str]) -> list[FeedbackLine]:
    """The chosen cases whose release tells something new and whose comments were all read."""
    wanted = set(case_ids)
    return [line for line in lines if line.case.case_id in wanted and line.due and not line.unread]


def basis_of(lines: Sequence[FeedbackLine]) -> str:
    """A hash of everything that a release would send."""
    content = [[line.case.case_id, feedback_to_json(line.draft)] for line in lines]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def release_feedback(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    round_id: str,
    case_ids: Sequence[str],
    basis: str,
    by_mail: bool,
    address: Address,
) -> int:
    """Release the feedback of these cases to their units, all at once; returns how many.

    Args:
        basis: `basis_of` what the organiser was shown.
        by_mail: tell who handed each case in, through the outbox.

    Raises:
        NotFound, Forbidden
        Refused: the awards are not final, or nothing is to be released.
        Outdated: what would go out is no longer what he was shown.
    """
    _row, view = organised_round(db, actor, round_id)
    refuse_before_the_end(db, round_id)
    lines = releasable(feedback_lines(db, actor, view), case_ids)
    if not lines:
        raise Refused(_("所选案例没有可以公布的新反馈：请先读完评语，或者反馈已经公布过。"))
    if basis != basis_of(lines):
        raise Outdated(_("您查看之后，评语或评分有了变化，请重新预览。"))
    events = []
    for line in lines:
        ordinal = line.released.ordinal + 1 if line.released else 1
        db.add(
            FeedbackRelease(
                id=new_id(),
                round_id=round_id,
                case_id=line.case.case_id,
                unit_id=line.case.unit_id,
                ordinal=ordinal,
                content=feedback_to_json(line.draft),
                released_at=now,
                released_by=actor.user_id,
                released_by_name=actor.name,
            )
        )
        if by_mail:
            _tell_of_feedback(db, view, line, now, address)
        events.append(
            FeedbackReleased(
                case_id=line.case.case_id,
                round_id=round_id,
                ordinal=ordinal,
                comments=len(line.draft.comments),
            )
        )
    db.flush()
    record_all(db, actor=actor, now=now, events=events)
    return len(lines)


def _tell_of_feedback(
    db: Session, view: RoundView, line: FeedbackLine, now: datetime, address: Address
) -> None:
    reader = reader_of(db, line.case.version_id)
    if reader is None:
        return
    mail.queue(
        db,
        now=now,
        to=reader.email,
        reader=reader,
        subject=_("评审反馈已公布：《%(title)s》", title=line.case.title),
        body=_(
            "%(name)s：\n\n您好！案例《%(title)s》在《%(call)s》中的评审反馈已经公布，请登录后查看：\n%(link)s\n",
            name=reader.name,
            title=line.case.title,
            call=view.call.title,
            link=address(f"/cases/{line.case.case_id}/outcome"),
        ),
    )


def refuse_before_the_end(db: Session, round_id: str) -> None:
    """Raises Refused as long as the awards are not final."""
    if not results_are_final(db, round_id):
        raise Refused(_("奖项还没有最终生效：公示结束、奖项生效之后，才能告知各单位。"))


# --- result letters ---------------------------------------------------------------------------------


def save_wording(
    db: Session, *, actor: Actor, now: datetime, round_id: str, words: Mapping[LetterKind, WordingView]
) -> None:
    """Keep the words of the result letters.

    Raises:
        NotFound, Forbidden
        Invalid: a placeholder that nobody knows, or something is missing or too long.
    """
    organised_round(db, actor, round_id)
    errors = [error for kind, each in words.items() for error in _wording_errors(kind, each)]
    if errors:
        raise Invalid(errors)
    rows = {
        row.kind: row for row in db.scalars(select(ResultWording).where(ResultWording.round_id == round_id))
    }
    for kind, each in words.items():
        row = rows.get(kind.value)
        if row is None:
            row = ResultWording(id=new_id(), round_id=round_id, kind=kind.value)
            db.add(row)
        row.subject, row.body = each.subject, each.body
        row.changed_at, row.changed_by = now, actor.user_id
    db.flush()


def _wording_errors(kind: LetterKind, words: WordingView) -> list[FieldError]:
    errors = []
    for part, text, longest in (
        ("subject", words.subject, LONGEST_SUBJECT),
        ("body", words.body, LONGEST_BODY),
    ):
        name = f"{kind.value}_{part}"
        allowed = [
            key for key in IN_LETTERS if kind is LetterKind.WINNER or key not in ("prize", "commendation")
        ]
        wrong = problem(text, allowed)
        if wrong is not None:
            errors.append(FieldError(name, wrong))
        elif not text.strip() or len(text) > longest:
            errors.append(FieldError(name, _("请填写 1 到 %(limit)s 个字", limit=longest)))
    return errors


@dataclass(frozen=True, slots=True)
class ReadyLetter:
    """A result letter as it will go out."""

    line: LetterLine
    subject: str
    body: str


def ready_letters(
    lines: Sequence[LetterLine], words: Mapping[LetterKind, WordingView], view: RoundView, address: Address
) -> list[ReadyLetter]:
    """The letters with everything filled in."""
    ready = []
    for line in lines:
        values = {
            "recipient": line.recipient_name,
            "unit": line.case.unit_name,
            "title": line.case.title,
            "call": view.call.title,
            "prize": line.prize_name,
            "commendation": line.commendation,
            "link": address(f"/cases/{line.case.case_id}/outcome"),
        }
        chosen = words[line.kind]
        subject = " ".join(filled(chosen.subject, values).split())[:300]
        ready.append(ReadyLetter(line, subject, filled(chosen.body, values)))
    return ready


def basis_of_letters(letters: Sequence[ReadyLetter]) -> str:
    """A hash of every letter and its recipient."""
    content = [[each.line.recipient, each.subject, each.body] for each in letters]
    return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def queue_letters(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    round_id: str,
    kinds: Sequence[LetterKind],
    basis: str,
    address: Address,
) -> int:
    """Put the result letters into the outbox; returns how many. Nobody is told the same outcome twice.

    Args:
        kinds: winners, others, or both.
        basis: `basis_of_letters` of what the organiser was shown.

    Raises:
        NotFound, Forbidden
        Refused: the awards are not final, or nothing is to be sent.
        Outdated: the letters are no longer those that he was shown.
    """
    _row, view = organised_round(db, actor, round_id)
    refuse_before_the_end(db, round_id)
    lines = [line for line in letter_lines(db, actor, view) if line.kind in kinds]
    letters = ready_letters(lines, wordings(db, round_id), view, address)
    if not letters:
        raise Refused(_("没有需要发送的结果通知：该通知的都已经通知过。"))
    if basis != basis_of_letters(letters):
        raise Outdated(_("您预览之后，收件人或内容有了变化，请重新预览。"))
    for each in letters:
        db.add(
            ResultLetter(
                id=new_id(),
                round_id=round_id,
                case_id=each.line.case.case_id,
                outcome=each.line.outcome,
                recipient=each.line.recipient,
                queued_at=now,
                queued_by=actor.user_id,
            )
        )
        mail.queue(
            db, now=now, to=each.line.recipient, subject=verbatim(each.subject), body=verbatim(each.body)
        )
    db.flush()
    won = sum(1 for each in letters if each.line.kind is LetterKind.WINNER)
    event = ResultLettersQueued(round_id=round_id, winners=won, others=len(letters) - won)
    record(db, actor=actor, now=now, event=event)
    return len(letters)
