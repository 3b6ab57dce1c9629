"""Topics: proposed by reading, corrected by editors."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from foundation.actor import SYSTEM, Actor
from foundation.errors import FieldError, Invalid, NotFound, Refused
from foundation.ids import new_id
from foundation.journal import Event, record
from foundation.permission import require
from foundation.text import Text, _
from judging import queries as judging
from search.curation.events.topics import (
    TopicAdded,
    TopicBlocked,
    TopicChanged,
    TopicsCorrected,
    TopicsMerged,
    TopicsProposed,
    TopicUnblocked,
)
from search.curation.models.topics import CaseTopic, Topic, TopicReading
from search.curation.policy.curating import may_curate
from search.curation.queries.topics import topic_view, topics
from search.curation.rules.topics import by_word, key, taken, tidy, wrong_label, wrong_names
from search.curation.values.topics import TOPICS_OF_A_CASE, ReadText, TopicState, TopicView

BETWEEN = "、"


def propose_topics(
    db: Session, *, now: datetime, found: Mapping[ReadText, Sequence[tuple[str, float]]]
) -> None:
    """Keeps what was read: text -> labels with weights, the weightiest first.

    What an editor has removed from a case or blocked is not proposed again.
    """
    known = by_word(topics(db))
    for read, labels in found.items():
        case_id = read.case_id
        has = {row.topic_id: row for row in db.scalars(select(CaseTopic).where(CaseTopic.case_id == case_id))}
        for row in has.values():
            if row.state == TopicState.PROPOSED.value:
                db.delete(row)
        kept = {each for each, row in has.items() if row.state != TopicState.PROPOSED.value}
        db.flush()
        for label, weight in labels:
            topic = known.get(key(label)) or known.setdefault(key(label), _new_topic(db, label, now, SYSTEM))
            if topic.id not in kept and not topic.blocked:
                kept.add(topic.id)
                db.add(_case_topic(case_id, topic.id, TopicState.PROPOSED, weight, now, SYSTEM))
        _note_reading(db, read, now)
    db.flush()
    if found:
        first = next(iter(found)).case_id
        record(db, actor=SYSTEM, now=now, event=TopicsProposed(case_id=first, cases=len(found)))


def add_proposals(db: Session, *, now: datetime, topic_id: str, case_ids: Collection[str]) -> None:
    """Proposes one topic for cases that name it; those that have it, or had it removed, are left alone."""
    row = db.get(Topic, topic_id)
    if row is None or row.blocked:
        return
    decided = set(db.scalars(select(CaseTopic.case_id).where(CaseTopic.topic_id == topic_id)))
    fresh = sorted(set(case_ids) - decided)
    db.add_all(_case_topic(each, topic_id, TopicState.PROPOSED, 1.0, now, SYSTEM) for each in fresh)
    db.flush()
    if fresh:
        record(db, actor=SYSTEM, now=now, event=TopicsProposed(case_id=fresh[0], cases=len(fresh)))


def correct_topics(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    case_id: str,
    accepted: Sequence[str],
    removed: Sequence[str] = (),
) -> None:
    """Says which topics a case has, by labels or other names; new labels come into the controlled list.

    A removed one is not proposed again for this case.
    """
    require(may_curate(actor))
    if not judging.awards_of(db, [case_id]):
        raise NotFound
    wrong = next((found for each in accepted if (found := wrong_label(each))), None)
    if wrong:
        raise Invalid([FieldError("added", wrong)])
    known = by_word(topics(db))
    _refuse_blocked(known, accepted)
    rows = {row.topic_id: row for row in db.scalars(select(CaseTopic).where(CaseTopic.case_id == case_id))}
    kept, gone = [], []
    for label in removed:
        topic = known.get(key(label))
        if topic is not None and topic.id in rows:
            gone.append(topic.label)
            _set_state(rows[topic.id], TopicState.REMOVED, now, actor)
    for label in accepted:
        topic = known.get(key(label)) or known.setdefault(key(label), _new_topic(db, label, now, actor))
        kept.append(topic.label)
        _topic(db, topic.id).changed_by = actor.user_id  # an editor's from now on
        if topic.id in rows:
            _set_state(rows[topic.id], TopicState.ACCEPTED, now, actor)
        else:
            rows[topic.id] = _case_topic(case_id, topic.id, TopicState.ACCEPTED, 1.0, now, actor)
            db.add(rows[topic.id])
    if sum(row.state != TopicState.REMOVED.value for row in rows.values()) > TOPICS_OF_A_CASE:
        raise Invalid(
            [FieldError("added", _("一个案例最多有 %(n)s 个主题，请先去掉几个。", n=TOPICS_OF_A_CASE))]
        )
    db.flush()
    event = TopicsCorrected(case_id=case_id, accepted=BETWEEN.join(kept), removed=BETWEEN.join(gone))
    record(db, actor=actor, now=now, event=event)


def add_topic(db: Session, *, actor: Actor, now: datetime, label: str, names: Sequence[str] = ()) -> str:
    """Puts a topic on the controlled list; it is proposed for cases that name it. Returns its id."""
    require(may_curate(actor))
    _check(topics(db), label, names)
    made = _new_topic(db, label, now, actor, names)
    return made.id


def change_topic(
    db: Session, *, actor: Actor, now: datetime, topic_id: str, label: str, names: Sequence[str]
) -> None:
    """Gives a topic another label and other names, in all cases."""
    require(may_curate(actor))
    row = _topic(db, topic_id)
    _check(topics(db), label, names, but=topic_id)
    said = key(label)
    row.label, row.folded = tidy(label), said
    row.names = [tidy(each) for each in names if key(each) != said]
    _changed(db, row, actor, now)
    event = TopicChanged(topic_id=row.id, label=row.label, names=BETWEEN.join(row.names))
    record(db, actor=actor, now=now, event=event)


def merge_topics(db: Session, *, actor: Actor, now: datetime, topic_ids: Collection[str], into: str) -> int:
    """Makes topics one: their cases have the topic `into`, which takes their labels as other names.

    Returns the number of cases that had one of the others.
    """
    require(may_curate(actor))
    target = _topic(db, into)
    others = [_topic(db, each) for each in sorted(set(topic_ids) - {into})]
    if not others:
        raise Refused(_("请至少选两个主题再合并。"))
    words = [word for other in others for word in (other.label, *map(str, other.names))]
    has = {row.case_id: row for row in db.scalars(select(CaseTopic).where(CaseTopic.topic_id == into))}
    moved = set()
    for row in db.scalars(
        select(CaseTopic).where(CaseTopic.topic_id.in_([each.id for each in others]))
    ).all():
        if row.state != TopicState.REMOVED.value:
            moved.add(row.case_id)
            _join(db, has, row, into)
        else:
            db.delete(row)
    db.flush()
    for other in others:
        db.delete(other)
    names = {key(word): tidy(word) for word in (*map(str, target.names), *words)}
    names.pop(target.folded, None)
    target.names = list(names.values())
    _changed(db, target, actor, now)
    event = TopicsMerged(
        topic_id=into,
        label=target.label,
        merged=BETWEEN.join(each.label for each in others),
        cases=len(moved),
    )
    record(db, actor=actor, now=now, event=event)
    return len(moved)


def block_topic(db: Session, *, actor: Actor, now: datetime, topic_id: str) -> None:
    """No case shows the topic any more, and it is not proposed."""
    _block(db, actor, now, topic_id, blocked=True)


def unblock_topic(db: Session, *, actor: Actor, now: datetime, topic_id: str) -> None:
    """Cases that had the topic show it again."""
    _block(db, actor, now, topic_id, blocked=False)


def accept_proposals(db: Session, *, actor: Actor, now: datetime, case_ids: Collection[str]) -> int:
    """Accepts what is proposed for these cases; returns how many topics of cases."""
    require(may_curate(actor))
    rows = db.scalars(
        select(CaseTopic).where(
            CaseTopic.case_id.in_(list(case_ids)), CaseTopic.state == TopicState.PROPOSED.value
        )
    ).all()
    for row in rows:
        _set_state(row, TopicState.ACCEPTED, now, actor)
    db.flush()
    for case_id in sorted({row.case_id for row in rows}):
        event = TopicsCorrected(case_id=case_id, accepted="*", removed="")
        record(db, actor=actor, now=now, event=event)
    return len(rows)


def _block(db: Session, actor: Actor, now: datetime, topic_id: str, *, blocked: bool) -> None:
    require(may_curate(actor))
    row = _topic(db, topic_id)
    if row.blocked is blocked:
        return
    row.blocked = blocked
    _changed(db, row, actor, now)
    event: Event = (TopicBlocked if blocked else TopicUnblocked)(topic_id=row.id, label=row.label)
    record(db, actor=actor, now=now, event=event)


def _check(known: Sequence[TopicView], label: str, names: Sequence[str], *, but: str = "") -> None:
    errors = []
    if wrong := wrong_label(label) or _taken(taken(known, [label], but=but)):
        errors.append(FieldError("label", wrong))
    if wrong := wrong_names(names) or _taken(taken(known, names, but=but)):
        errors.append(FieldError("names", wrong))
    if errors:
        raise Invalid(errors)


def _taken(found: tuple[str, TopicView] | None) -> Text | None:
    if found is None:
        return None
    word, topic = found
    return _(
        "“%(word)s”已经是主题“%(label)s”的名称或别名。要合成一个，请在列表里选中两个主题再合并。",
        word=word,
        label=topic.label,
    )


def _refuse_blocked(known: Mapping[str, TopicView], labels: Sequence[str]) -> None:
    for label in labels:
        topic = known.get(key(label))
        if topic is not None and topic.blocked:
            reason = _("主题“%(label)s”已停用，请换一个，或先在主题列表里恢复它。", label=topic.label)
            raise Invalid([FieldError("added", reason)])


def _topic(db: Session, topic_id: str) -> Topic:
    row = db.get(Topic, topic_id)
    if row is None:
        raise NotFound
    return row


def _new_topic(db: Session, label: str, now: datetime, actor: Actor, names: Sequence[str] = ()) -> TopicView:
    said = tidy(label)
    row = Topic(
        id=new_id(),
        label=said,
        folded=key(said),
        names=[tidy(each) for each in names if key(each) != key(said)],
        created_at=now,
        changed_at=now,
        changed_by=actor.user_id,
    )
    db.add(row)
    db.flush()
    if actor is not SYSTEM:
        record(db, actor=actor, now=now, event=TopicAdded(topic_id=row.id, label=row.label))
    return topic_view(row)


def _case_topic(
    case_id: str, topic_id: str, state: TopicState, weight: float, now: datetime, actor: Actor
) -> CaseTopic:
    return CaseTopic(
        case_id=case_id,
        topic_id=topic_id,
        state=state.value,
        weight=weight,
        changed_at=now,
        changed_by=actor.user_id,
    )


def _join(db: Session, has: dict[str, CaseTopic], row: CaseTopic, into: str) -> None:
    """A case's row of a topic that is merged becomes one of the topic that stays, or goes into its own."""
    own = has.get(row.case_id)
    if own is None:
        row.topic_id = into
        has[row.case_id] = row
        return
    if own.state != TopicState.ACCEPTED.value:
        own.state = row.state
    own.weight = max(own.weight, row.weight)
    db.delete(row)


def _set_state(row: CaseTopic, state: TopicState, now: datetime, actor: Actor) -> None:
    if row.state != state.value:
        row.state, row.changed_at, row.changed_by = state.value, now, actor.user_id


def _changed(db: Session, row: Topic, actor: Actor, now: datetime) -> None:
    row.changed_at, row.changed_by = now, actor.user_id
    db.flush()


def _note_reading(db: Session, read: ReadText, now: datetime) -> None:
    db.execute(delete(TopicReading).where(TopicReading.case_id == read.case_id))
    db.add(
        TopicReading(
            case_id=read.case_id, version_id=read.version_id, audience=read.audience.value, read_at=now
        )
    )
