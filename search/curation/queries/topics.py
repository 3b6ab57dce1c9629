"""Reads of topics. What readers see is asked for cases that have passed the shelf's gate."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from foundation.actor import SYSTEM
from foundation.errors import NotFound
from foundation.visibility import as_system
from search.curation.models.topics import CaseTopic, Topic, TopicReading
from search.curation.values.topics import ReadText, TopicOfCase, TopicState, TopicUse, TopicView


def topics(db: Session) -> list[TopicView]:
    """The controlled list, blocked ones too, by label."""
    return [topic_view(row) for row in db.scalars(select(Topic).order_by(Topic.folded))]


def curated(db: Session) -> list[TopicView]:
    """The topics that an editor has put on the list or has had in hand, without blocked ones."""
    rows = db.scalars(select(Topic).where(Topic.changed_by != SYSTEM.user_id, ~Topic.blocked))
    return [topic_view(row) for row in rows]


def named_topics(db: Session) -> list[TopicView]:
    """The topics that have other names: an editor has given them."""
    with as_system(db):
        return [each for each in curated(db) if each.names]


def names_changed(db: Session) -> str:
    """Differs after every change of what editors have put on the list."""
    query = select(func.count(), func.max(Topic.changed_at)).where(Topic.changed_by != SYSTEM.user_id)
    with as_system(db):
        count, latest = db.execute(query).one()
    return f"{count} {latest}"


def topic(db: Session, topic_id: str) -> TopicView:
    """One topic.

    Raises:
        NotFound
    """
    row = db.get(Topic, topic_id)
    if row is None:
        raise NotFound
    return topic_view(row)


def topics_of_cases(
    db: Session, case_ids: Collection[str] | None = None
) -> dict[str, tuple[TopicOfCase, ...]]:
    """Case id -> its topics, the weightiest first, for cases that the caller has let through (None: all)."""
    query = (
        select(CaseTopic.case_id, CaseTopic.topic_id, Topic.label, CaseTopic.state)
        .join(Topic, Topic.id == CaseTopic.topic_id)
        .where(CaseTopic.state != TopicState.REMOVED.value, ~Topic.blocked)
        .order_by(CaseTopic.weight.desc(), Topic.folded)
    )
    if case_ids is not None:
        query = query.where(CaseTopic.case_id.in_(list(case_ids)))
    found: dict[str, list[TopicOfCase]] = {}
    with as_system(db):
        for case_id, topic_id, label, state in db.execute(query):
            found.setdefault(case_id, []).append(TopicOfCase(topic_id, label, TopicState(state)))
    return {case_id: tuple(each) for case_id, each in found.items()}


def uses(db: Session, among: Collection[str]) -> list[TopicUse]:
    """The controlled list with the cases that have each topic, of these cases; also topics that none has."""
    cases: dict[str, list[str]] = {}
    proposed: dict[str, int] = {}
    rows = db.execute(
        select(CaseTopic.topic_id, CaseTopic.case_id, CaseTopic.state).where(
            CaseTopic.state != TopicState.REMOVED.value
        )
    )
    known = set(among)
    for topic_id, case_id, state in rows:
        if case_id in known:
            cases.setdefault(topic_id, []).append(case_id)
            proposed[topic_id] = proposed.get(topic_id, 0) + (state == TopicState.PROPOSED.value)
    return [
        TopicUse(each, tuple(sorted(cases.get(each.id, ()))), proposed.get(each.id, 0)) for each in topics(db)
    ]


def unread(db: Session, texts: Iterable[ReadText]) -> list[ReadText]:
    """Of these, those for which no topics were proposed yet, for these readers."""
    columns = TopicReading.case_id, TopicReading.version_id, TopicReading.audience
    known = {(row.case_id, row.version_id, row.audience) for row in db.execute(select(*columns))}
    return [each for each in texts if each not in known]


def topic_view(row: Topic) -> TopicView:
    """A row as a value."""
    return TopicView(row.id, row.label, tuple(map(str, row.names)), row.blocked)
