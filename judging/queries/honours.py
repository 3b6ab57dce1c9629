"""Reads of what follows a decision: commendations, feedback, letters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.people import User
from foundation.text import _
from foundation.visibility import as_system
from judging.models import (
    Commendation,
    FeedbackComment,
    FeedbackRelease,
    FeedbackTerms,
    ResultLetter,
    ResultWording,
)
from judging.queries import marks
from judging.queries.awards import awards, awards_of, revoked
from judging.queries.organisers import permit, reads
from judging.queries.outcome import Outcome, outcome
from judging.values import AssignmentState, CommentKind
from judging.values.honours import CommendationView, Feedback, LetterKind
from judging.values.live import CriterionFigure
from judging.views import RoundView
from judging.views.honours import (
    FeedbackLine,
    JurorWords,
    LetterLine,
    ReleasedFeedback,
    TermsView,
    WordingView,
)
from submissions import queries as submissions

FEWEST_READS = 3
"""Reads from which averages may be shown, unless the organiser sets another number."""
FEWEST_ALLOWED = 2
"""The average of one read is a juror's mark."""


# --- commendations ----------------------------------------------------------------------------------


def commendations(db: Session, round_id: str) -> dict[str, CommendationView]:
    """Case id -> the words as they stand, for who may run the round; those taken back are left out."""
    rows = db.scalars(
        select(Commendation).where(Commendation.round_id == round_id).order_by(Commendation.ordinal)
    )
    found = {
        row.case_id: CommendationView(row.words, row.ordinal, row.written_at, row.written_by_name)
        for row in rows
    }
    return {case_id: view for case_id, view in found.items() if view.words}


def published_commendations(db: Session, case_ids: Iterable[str]) -> dict[str, str]:
    """Case id -> the words that go with its prize, of cases whose award is in force: public by the award."""
    wanted = {award.case_id for award in awards_of(db, list(case_ids))}
    with as_system(db):
        rows = db.execute(
            select(Commendation.case_id, Commendation.words)
            .where(Commendation.case_id.in_(wanted))
            .order_by(Commendation.round_id, Commendation.ordinal)
        )
        found = dict(rows.all())
    return {case_id: words for case_id, words in found.items() if words}


def commendation_of(db: Session, case_id: str) -> str:
    """The same of one case, "" where there are none."""
    return published_commendations(db, [case_id]).get(case_id, "")


# --- feedback ---------------------------------------------------------------------------------------


def terms(db: Session, round_id: str) -> TermsView:
    """What the organiser set for the letters, else the usual."""
    row = db.scalar(select(FeedbackTerms).where(FeedbackTerms.round_id == round_id))
    if row is not None:
        return TermsView(row.fewest_reads, row.greeting)
    usual = _("感谢贵单位参加本次征集。下面是评委对案例的评分平均值和意见，供今后总结、改进时参考。")
    return TermsView(FEWEST_READS, str(usual))


def feedback_lines(db: Session, actor: Actor, view: RoundView) -> list[FeedbackLine]:
    """Each case of the round with the jurors' words to its authors and what was released, by number.

    Raises:
        Forbidden
    """
    found = outcome(db, actor, view)
    said = juror_words(db, actor, view)
    sent = _releases(db, view.id)
    prizes = {award.case_id: award.prize_name for award in awards(db, view.call.id)}
    chosen = terms(db, view.id)
    lines = sorted(found.board.cases.values(), key=lambda line: line.label)
    return [
        FeedbackLine(
            case=line,
            prize_name=prizes.get(line.case_id, ""),
            comments=tuple(said.get(line.case_id, ())),
            draft=_feedback(found, line.case_id, said.get(line.case_id, ()), chosen, prizes),
            released=sent.get(line.case_id),
        )
        for line in lines
    ]


def _feedback(
    found: Outcome,
    case_id: str,
    said: Sequence[JurorWords],
    chosen: TermsView,
    prizes: Mapping[str, str],
) -> Feedback:
    """What would be released of a case now."""
    line, figures = found.board.cases[case_id], found.figures[case_id]
    enough = figures.reads >= chosen.fewest_reads
    return Feedback(
        title=line.title,
        unit_name=line.unit_name,
        call_title=found.board.round.call.title,
        prize_name=prizes.get(case_id, ""),
        greeting=chosen.greeting,
        criteria=figures.criteria if enough else (),
        score=figures.score if enough else "",
        full=figures.full,
        reads=figures.reads if enough else 0,
        comments=tuple(sorted(each.words for each in said if each.read and not each.withheld and each.words)),
    )


def juror_words(db: Session, actor: Actor, view: RoundView) -> dict[str, list[JurorWords]]:
    """Case id -> what jurors wrote to the authors in reads that count, with what was decided on it.

    Without names, in an order that says nothing about who wrote what.

    Raises:
        Forbidden
    """
    permit(db, actor, view.id)
    counted = {each.id: each for each in reads(db, view.id) if each.state is AssignmentState.HANDED_IN}
    words = marks.comments(db, counted, CommentKind.AUTHOR)
    decided = {
        row.assignment_id: row
        for row in db.scalars(select(FeedbackComment).where(FeedbackComment.round_id == view.id))
    }
    found: dict[str, list[JurorWords]] = {}
    for key, original in words.items():
        row = decided.get(key)
        fresh = row is not None and row.original == original
        found.setdefault(counted[key].case_id, []).append(
            JurorWords(
                assignment_id=key,
                original=original,
                words=row.words if row is not None and fresh else original,
                withheld=row.withheld if row is not None and fresh else False,
                read=fresh,
            )
        )
    return {case_id: sorted(each, key=lambda one: one.original) for case_id, each in found.items()}


def _releases(db: Session, round_id: str) -> dict[str, ReleasedFeedback]:
    rows = db.scalars(
        select(FeedbackRelease).where(FeedbackRelease.round_id == round_id).order_by(FeedbackRelease.ordinal)
    )
    return {row.case_id: _released(row) for row in rows}


def released_feedback(db: Session, case_id: str) -> ReleasedFeedback | None:
    """What was released of a case, as far as the actor may see it; the last release counts."""
    row = db.scalar(
        select(FeedbackRelease)
        .where(FeedbackRelease.case_id == case_id)
        .order_by(FeedbackRelease.released_at.desc(), FeedbackRelease.ordinal.desc())
        .limit(1)
    )
    return _released(row) if row is not None else None


def _released(row: FeedbackRelease) -> ReleasedFeedback:
    return ReleasedFeedback(
        row.round_id,
        row.ordinal,
        row.released_at,
        row.released_by_name,
        feedback_from_json(row.content),
    )


def feedback_to_json(content: Feedback) -> dict[str, Any]:
    return asdict(content)


def feedback_from_json(content: Mapping[str, Any]) -> Feedback:
    return Feedback(
        **{
            **content,
            "criteria": tuple(CriterionFigure(**each) for each in content["criteria"]),
            "comments": tuple(content["comments"]),
        }
    )


# --- result letters ---------------------------------------------------------------------------------


def wordings(db: Session, round_id: str) -> dict[LetterKind, WordingView]:
    """The words of the result letters as they were saved, else the usual."""
    usual = {
        LetterKind.WINNER: WordingView(
            str(_("评审结果：《{案例}》获{奖项}")),
            str(
                _(
                    "{收件人}：\n\n您好！贵单位（{单位}）申报的案例《{案例}》在“{征集}”中荣获{奖项}，谨致祝贺。\n\n"
                    "授奖词：{授奖词}\n\n证书、授奖词和评审反馈可以在这里查看：\n{链接}\n"
                )
            ),
        ),
        LetterKind.OTHER: WordingView(
            str(_("“{征集}”评审结果")),
            str(
                _(
                    "{收件人}：\n\n您好！感谢贵单位（{单位}）以案例《{案例}》参加“{征集}”。评审已经结束，"
                    "这个案例本次没有获奖。\n\n评审反馈公布后可以在这里查看：\n{链接}\n\n期待下一次再见到你们的实践。\n"
                )
            ),
        ),
    }
    rows = db.scalars(select(ResultWording).where(ResultWording.round_id == round_id))
    saved = {LetterKind(row.kind): WordingView(row.subject, row.body) for row in rows}
    return {**usual, **saved}


def letter_lines(db: Session, actor: Actor, view: RoundView) -> list[LetterLine]:
    """To whom what is still to be written, winners first, then by unit: a case whose outcome was told is not
    among them, nor one whose award was revoked (that is told by the ruling).

    Raises:
        Forbidden
    """
    found = outcome(db, actor, view)
    granted = {award.case_id: award for award in awards(db, view.call.id)}
    gone = {each.case_id for each in revoked(db, view.call.id)} - set(granted)
    told = {
        (row.case_id, row.outcome)
        for row in db.scalars(select(ResultLetter).where(ResultLetter.round_id == view.id))
    }
    praise = commendations(db, view.id)
    lines = {key: line for key, line in found.board.cases.items() if key not in gone}
    readers = _readers(db, [line.version_id for line in lines.values()])
    letters = []
    for case_id, line in lines.items():
        award = granted.get(case_id)
        reader = readers.get(line.version_id)
        if reader is None or (case_id, award.prize_key if award else "") in told:
            continue
        letters.append(
            LetterLine(
                case=line,
                kind=LetterKind.WINNER if award else LetterKind.OTHER,
                outcome=award.prize_key if award else "",
                prize_name=award.prize_name if award else "",
                prize_rank=award.prize_rank if award else 0,
                recipient_name=reader.name,
                recipient=reader.email,
                commendation=praise[case_id].words if award and case_id in praise else "",
            )
        )
    letters.sort(key=lambda each: (each.prize_rank or 999, each.case.unit_name, each.case.label))
    return letters


def _readers(db: Session, version_ids: Sequence[str]) -> dict[str, User]:
    """Version id -> who handed it in, where he still has an account."""
    by = submissions.handed_in_by(db, version_ids)
    users = {
        user.id: user
        for user in db.scalars(select(User).where(User.id.in_(set(by.values())), User.active)).unique()
    }
    return {version_id: users[user_id] for version_id, user_id in by.items() if user_id in users}


def reader_of(db: Session, version_id: str) -> User | None:
    """Who answers for a version."""
    return _readers(db, [version_id]).get(version_id)


def letters_sent(db: Session, round_id: str) -> int:
    """How many result letters of the round were put into the outbox."""
    return len(db.scalars(select(ResultLetter.id).where(ResultLetter.round_id == round_id)).all())
