"""A session prepared: its date, cases, agenda and questions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.errors import FieldError, Invalid, NotFound, Refused
from foundation.ids import new_id
from foundation.text import _
from foundation.visibility import as_system
from search.teaching.packs import queries as packs
from search.teaching.sessions.models import StudyAnswer, StudySession, StudyStep
from search.teaching.sessions.queries import material
from search.teaching.sessions.queries import series as queries
from search.teaching.sessions.queries.codec import question_json
from search.teaching.sessions.rules import agenda, marking
from search.teaching.sessions.service.loading import changeable_session, changed, held_session, next_position
from search.teaching.sessions.values import Question, SessionState, StepKind

MOST_STEPS = 60
MOST_CASES = 5
LONGEST_WORDS = 5_000


def change_session(
    db: Session,
    *,
    actor: Actor,
    session_id: str,
    title: str,
    starts_at: datetime,
    minutes: int,
) -> None:
    """Title, time and length of a session that is not over.

    Raises:
        NotFound, Forbidden, Refused
    """
    row = changeable_session(db, actor, session_id)
    if row.state != SessionState.PLANNED.value and starts_at != row.starts_at:
        raise Refused(_("学习已经开放，不能再改时间。"))
    if starts_at != row.starts_at:
        row.reminded_at = None
    row.title, row.starts_at, row.minutes = title, starts_at, minutes
    db.flush()
    changed(db, session_id)


def add_material(db: Session, *, actor: Actor, session_id: str, recording_url: str, notes: str) -> None:
    """Notes and the address of a recording, also after the session.

    Raises:
        NotFound, Forbidden
        Invalid: no address of a page by https.
    """
    row = held_session(db, actor, session_id)
    if recording_url and not _is_https(recording_url):
        raise Invalid([FieldError("recording_url", _("请填写以 https:// 开头的完整网址。"))])
    row.recording_url, row.notes = recording_url, notes
    db.flush()
    changed(db, session_id)


def _is_https(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme == "https" and bool(parts.hostname) and not parts.username and " " not in url
    except ValueError:
        return False


def set_cases(db: Session, *, actor: Actor, session_id: str, case_ids: Sequence[str]) -> None:
    """The cases of a session, as the actor may read them.

    Raises:
        NotFound, Forbidden, Refused
        Invalid: not in the library, or too many.
    """
    row = changeable_session(db, actor, session_id)
    wanted = list(dict.fromkeys(case_ids))
    if len(wanted) > MOST_CASES:
        raise Invalid([FieldError("case", _("一次学习最多 %(most)s 个案例。", most=MOST_CASES))])
    for case_id in wanted:
        if case_id not in row.case_ids and material.for_leader(db, case_id) is None:
            raise Invalid([FieldError("case", _("案例库里没有这个案例，请从列表中选择。"))])
    row.case_ids = wanted
    db.flush()
    changed(db, session_id)


def take_pack(db: Session, *, actor: Actor, session_id: str, pack_id: str) -> None:
    """The cases of a teaching pack, as far as the actor may read them, with their parts, and its questions
    for discussion. Hints and key points stay in the pack: they are the presenter's.

    Raises:
        NotFound, Forbidden, Refused, Invalid
    """
    row = changeable_session(db, actor, session_id)
    found = packs.shown(db, packs.pack(db, pack_id))
    wanted = dict.fromkeys([*row.case_ids, *found.content.case_ids])
    set_cases(db, actor=actor, session_id=session_id, case_ids=list(wanted))
    row.pack_id = pack_id
    if not row.title:
        row.title = found.content.title[:60]
    add_sections(db, actor=actor, session_id=session_id, prompts=not found.content.questions)
    there = {step.words for step in queries.steps(db, session_id)}
    for question in found.content.questions:
        if question.text in there:
            continue
        step = StudyStep(
            session_id=session_id,
            kind=StepKind.PROMPT.value,
            title=str(_("讨论")),
            words=question.text[:LONGEST_WORDS],
            question={},
        )
        _add(db, step)


def add_sections(db: Session, *, actor: Actor, session_id: str, prompts: bool = True) -> int:
    """A step for each part of each case that has none yet, and a prompt to discuss it; returns how many.

    Raises:
        NotFound, Forbidden, Refused
    """
    row = changeable_session(db, actor, session_id)
    steps = queries.steps(db, session_id)
    position, added = next_position(db, session_id), 0
    for case_id in row.case_ids:
        found = material.for_leader(db, case_id)
        if found is None or any(step.case_id == case_id for step in steps):
            continue
        prompt = _("这个案例里哪一条做法我们用得上？怎么用？")
        for kind, title, section, words in (
            *((StepKind.SECTION, part.title or found.title, part.place, "") for part in found.parts),
            *([(StepKind.PROMPT, str(_("讨论")), 0, str(prompt))] if prompts else []),
        ):
            db.add(
                StudyStep(
                    session_id=session_id,
                    position=position + added,
                    kind=kind.value,
                    title=title[:100],
                    case_id=case_id if kind is StepKind.SECTION else "",
                    section=section,
                    words=words,
                    question={},
                )
            )
            added += 1
    _check_count(len(steps) + added)
    db.flush()
    changed(db, session_id)
    return added


def add_step(
    db: Session, *, actor: Actor, session_id: str, kind: StepKind, title: str, minutes: int, words: str
) -> str:
    """A note or a prompt at the agenda's end; returns the step's id.

    Raises:
        NotFound, Forbidden, Refused, Invalid
    """
    changeable_session(db, actor, session_id)
    if kind not in (StepKind.NOTE, StepKind.PROMPT) or not (words or title):
        raise Invalid([FieldError("words", _("请写下要展示的内容或讨论的问题。"))])
    if len(words) > LONGEST_WORDS:
        raise Invalid([FieldError("words", _("不能超过 %(limit)s 个字", limit=LONGEST_WORDS))])
    return _add(
        db,
        StudyStep(
            session_id=session_id, kind=kind.value, title=title, minutes=minutes, words=words, question={}
        ),
    )


def add_questions(
    db: Session, *, actor: Actor, session_id: str, questions: Sequence[Question], must: bool
) -> list[str]:
    """Questions at the agenda's end; returns the ids of their steps.

    Raises:
        NotFound, Forbidden, Refused
        Invalid: a question that cannot be asked.
    """
    changeable_session(db, actor, session_id)
    return [_add_question(db, session_id, question, must=must) for question in questions]


def _add_question(db: Session, session_id: str, question: Question, *, must: bool) -> str:
    errors = marking.problems(question)
    if errors:
        raise Invalid(errors)
    return _add(
        db,
        StudyStep(
            session_id=session_id,
            kind=StepKind.QUESTION.value,
            minutes=2,
            question=question_json(question),
            must=must,
        ),
    )


def _add(db: Session, row: StudyStep) -> str:
    row.id = new_id()
    row.position = next_position(db, row.session_id)
    _check_count(len(queries.steps(db, row.session_id)) + 1)
    db.add(row)
    db.flush()
    changed(db, row.session_id)
    return row.id


def _check_count(count: int) -> None:
    if count > MOST_STEPS:
        raise Refused(_("一次学习的议程最多 %(most)s 步，请删去一些再加。", most=MOST_STEPS))


def order_steps(db: Session, *, actor: Actor, session_id: str, order: Sequence[str]) -> None:
    """Put the agenda into this order.

    Raises:
        NotFound, Forbidden
        Refused: the session has begun.
    """
    row = changeable_session(db, actor, session_id)
    if row.state == SessionState.RUNNING.value:
        raise Refused(_("学习已经开始，不能再调整顺序；可以在后面增加步骤。"))
    known = [step.id for step in queries.steps(db, session_id)]
    for position, step_id in enumerate(agenda.reordered(known, order)):
        db.get_one(StudyStep, step_id).position = position
    db.flush()
    changed(db, session_id)


def remove_step(db: Session, *, actor: Actor, session_id: str, step_id: str) -> None:
    """Take a step out of the agenda before the session begins.

    Raises:
        NotFound, Forbidden
        Refused: the session has begun.
    """
    row = changeable_session(db, actor, session_id)
    if row.state == SessionState.RUNNING.value:
        raise Refused(_("学习已经开始，不能再删除步骤。"))
    step = db.scalar(select(StudyStep).where(StudyStep.id == step_id, StudyStep.session_id == session_id))
    if step is None:
        raise NotFound
    with as_system(db):
        db.execute(delete(StudyAnswer).where(StudyAnswer.step_id == step_id))
    db.delete(step)
    db.flush()
    changed(db, session_id)


def renew_desk(db: Session, *, actor: Actor, session_id: str, key: str) -> None:
    """The presenter's link leads nowhere any more; there is a new one.

    Raises:
        NotFound, Forbidden, Refused
    """
    row: StudySession = changeable_session(db, actor, session_id)
    row.desk_key = key
    db.flush()
