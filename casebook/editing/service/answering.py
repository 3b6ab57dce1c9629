"""The unit's side: answering an editor's questions, agreeing to the text or objecting to it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from casebook.editing import policy, queries
from casebook.editing.events import ConsentGiven, UnitAnswered
from casebook.editing.models import UnitLetter
from casebook.editing.service import letters
from casebook.editing.service.comments import WORDS_LONGEST
from casebook.editing.values import Answer, LetterKind, Verdict
from casebook.rules import text_digest
from foundation import journal
from foundation.actor import Actor
from foundation.errors import FieldError, Invalid, NotFound, Refused
from foundation.permission import require
from foundation.text import _


def answer_questions(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    case_id: str,
    letter_id: str,
    answers: Mapping[str, Answer],
    address: str,
) -> None:
    """Answer the questions of a letter, by their ids; may be done again until the editor is done with it.

    Raises:
        Forbidden, NotFound
        Refused: the editor waits for it no longer.
        Invalid: a question has neither an answer nor a wording, or too long a one.
    """
    letter = _mine(db, actor, case_id, letter_id, LetterKind.QUESTIONS)
    questions = queries.question_rows(db, letter_id)
    errors = []
    for each in questions:
        answer = answers.get(each.id, Answer(""))
        if not answer.words and not answer.proposal:
            sentence = _("第 %(n)s 问还没有答复；没有要说的也请写“无”", n=each.number)
            errors.append(FieldError(f"answer-{each.id}", sentence))
        if max(len(answer.words), len(answer.proposal)) > WORDS_LONGEST:
            sentence = _("第 %(n)s 问的答复太长（超过 %(limit)s 个字）", n=each.number, limit=WORDS_LONGEST)
            errors.append(FieldError(f"answer-{each.id}", sentence))
    if errors:
        raise Invalid(errors)
    for each in questions:
        if each.taken_round is None:
            each.answer, each.proposal = answers[each.id].words, answers[each.id].proposal
    _answered(letter, actor, now)
    event = UnitAnswered(letter_id=letter_id, edition_id=letter.edition_id, case_id=case_id)
    journal.record(db, actor=actor, now=now, event=event)
    letters.tell_editor(db, now, letter, address)


def give_consent(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    case_id: str,
    letter_id: str,
    digest: str,
    verdict: Verdict,
    reason: str,
    address: str,
) -> None:
    """Agree to the text of this digest, or object with a reason. May be changed until the editor is done.

    Raises:
        Forbidden, NotFound
        Refused: the text is another one by now, or the editor waits no longer.
        Invalid: an objection without a reason.
    """
    letter = _mine(db, actor, case_id, letter_id, LetterKind.CONSENT)
    current = text_digest(queries.current_round(db, letter.entry_id).text)
    if digest != current:
        raise Refused(_("书稿在您打开页面之后又改过。下面是现在的文字，请看过再决定。"))
    if verdict is Verdict.OBJECTED and not reason:
        raise Invalid([FieldError("reason", _("不同意时请写明哪里不对、应当怎样写"))])
    if len(reason) > WORDS_LONGEST:
        raise Invalid([FieldError("reason", _("不能超过 %(limit)s 个字，请分开写", limit=WORDS_LONGEST))])
    letter.verdict, letter.reason, letter.digest = verdict.value, reason, current
    letter.round = queries.current_round(db, letter.entry_id).ordinal
    _answered(letter, actor, now)
    event = ConsentGiven(
        letter_id=letter_id,
        edition_id=letter.edition_id,
        case_id=case_id,
        verdict=verdict.value,
        digest=current,
    )
    journal.record(db, actor=actor, now=now, event=event)
    letters.tell_editor(db, now, letter, address)


def _mine(db: Session, actor: Actor, case_id: str, letter_id: str, kind: LetterKind) -> UnitLetter:
    letter = queries.letter_row(db, letter_id)
    if letter.case_id != case_id or letter.kind != kind.value:
        raise NotFound
    require(policy.may_answer(actor, unit_id=letter.unit_id))
    if letter.closed_at is not None:
        raise Refused(_("编辑已经结束这次询问，不用再答复。如有要补充的，请直接联系编辑。"))
    if not queries.is_printed(db, letter.edition_id, letter.entry_id):
        raise Refused(_("这个案例不再收入这本书，不用再答复。"))
    return letter


def _answered(letter: UnitLetter, actor: Actor, now: datetime) -> None:
    letter.answered_at = now
    letter.answered_by, letter.answerer_name = actor.user_id, actor.name
