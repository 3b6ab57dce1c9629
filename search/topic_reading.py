"""Topics are proposed when a case comes to the shelf, and when editors put a topic on the list.

What is proposed for a case is compared with cases that its own readers may read, and with no others: nothing
of a case for trainers shows in the topics of a public one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from foundation.audience import READS, Audience
from foundation.clock import Clock
from foundation.errors import NotFound
from foundation.journal import Entry, Subscription
from foundation.visibility import as_system
from judging.events import AwardGranted
from search import shelf
from search.analysis import folded
from search.curation.events.placements import CasePlaced, CasePutBack
from search.curation.events.topics import TopicAdded, TopicChanged
from search.curation.keyphrases import (
    MOST,
    Background,
    Keyphrase,
    Material,
    Phrases,
    background,
    keyphrases,
    phrases,
)
from search.curation.queries import topics as queries
from search.curation.rules.topics import by_word, mentioned
from search.curation.service import topics as service
from search.curation.values.topics import ReadText, TopicView
from search.indexing import body_text, headings
from submissions import queries as submissions
from submissions.values import VersionView

SHELF_HIGHEST = 600
"""With so many texts, the latest, phrases are compared; rarity is known well enough from them."""
NAMED_HIGHEST = 4
"""Topics of the list that one case gets because it names them."""
_NAMED = 100.0
"""Their weight: before what was only read."""


@dataclass(frozen=True, slots=True)
class Text:
    """A case of the shelf as it is read."""

    case_id: str
    version: VersionView
    audience: Audience


@dataclass(frozen=True, slots=True)
class Task:
    """Texts to read topics from, beside all others (`around`); or texts in which one topic is looked for."""

    fresh: tuple[Text, ...] = ()
    around: tuple[Text, ...] = ()
    known: tuple[TopicView, ...] = ()
    topic: TopicView | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """Labels with weights for each version, or the cases that name the topic."""

    found: Mapping[ReadText, Sequence[tuple[str, float]]]
    topic_id: str = ""
    naming: tuple[str, ...] = ()


_CASES = (AwardGranted.action, CasePlaced.action, CasePutBack.action)
_TOPICS = (TopicAdded.action, TopicChanged.action)


def subscription(clock: Clock) -> Subscription:
    def save(db: Session, _entry: Entry, outcome: Outcome | None) -> None:
        if outcome is None:
            return
        service.propose_topics(db, now=clock.now(), found=outcome.found)
        if outcome.topic_id:
            service.add_proposals(db, now=clock.now(), topic_id=outcome.topic_id, case_ids=outcome.naming)

    return Subscription("topics", frozenset((*_CASES, *_TOPICS)), _load, _work, save, slow=True)


def _load(db: Session, entry: Entry) -> Task | None:
    places = sorted(shelf.on_shelf(db), key=lambda each: each.award.granted_at, reverse=True)
    if entry.action in _TOPICS:
        return _task_for_topic(db, entry.subject_id, places)
    wanted = set(queries.unread(db, map(_key, places)))
    if not wanted:
        return None
    fresh = [each for each in places if _key(each) in wanted]
    around = [each for each in places if each not in fresh][:SHELF_HIGHEST]
    return Task(_texts(db, fresh), _texts(db, around), tuple(queries.curated(db)))


def _key(place: shelf.Place) -> ReadText:
    """A case that is there for others is read again: what it is compared with is another."""
    return ReadText(place.case_id, place.award.version_id, place.audience)


def _task_for_topic(db: Session, topic_id: str, places: Sequence[shelf.Place]) -> Task | None:
    try:
        topic = queries.topic(db, topic_id)
    except NotFound:  # merged meanwhile
        return None
    return None if topic.blocked else Task(_texts(db, places), topic=topic)


def _texts(db: Session, places: Sequence[shelf.Place]) -> tuple[Text, ...]:
    with as_system(db):
        return tuple(
            Text(each.case_id, submissions.version(db, each.award.version_id), each.audience)
            for each in places
        )


def _work(task: Task | None) -> Outcome | None:
    if task is None:
        return None
    if task.topic is not None:
        words = by_word([task.topic])
        naming = tuple(each.case_id for each in task.fresh if _named(words, each.version))
        return Outcome({}, task.topic.id, naming)
    return Outcome(read(task))


def read(task: Task) -> dict[ReadText, list[tuple[str, float]]]:
    """Each fresh text -> labels with weights, the weightiest first."""
    known = by_word(task.known)
    texts = (*task.fresh, *task.around)
    found = {each.case_id: phrases(_material(each.version)) for each in texts}
    shelves: dict[Audience, Background] = {
        audience: background(found[each.case_id] for each in texts if each.audience in READS[audience])
        for audience in {each.audience for each in task.fresh}
    }
    return {
        ReadText(each.case_id, each.version.id, each.audience): _labels(
            known, each.version, found[each.case_id], shelves[each.audience]
        )
        for each in task.fresh
    }


def _labels(
    known: Mapping[str, TopicView], version: VersionView, found: Phrases, around: Background
) -> list[tuple[str, float]]:
    named = [topic.label for topic in _named(known, version)[:NAMED_HIGHEST]]
    labels = dict.fromkeys(named, _NAMED)
    for each in _own(keyphrases(found, around, most=2 * MOST), version)[:MOST]:
        topic = known.get(each.text)
        labels.setdefault(topic.label if topic else each.text, each.score)
    return list(labels.items())


def _own(found: Sequence[Keyphrase], version: VersionView) -> list[Keyphrase]:
    """Without the names of the unit and the authors: they are no topics."""
    unit = folded(version.unit_name).text
    names = [folded(author.name).text for author in version.authors if author.name]
    return [
        each
        for each in found
        if each.text not in unit and not any(name in each.text or each.text in name for name in names)
    ]


def _named(words: Mapping[str, TopicView], version: VersionView) -> list[TopicView]:
    text = "\n".join((version.summary, body_text(version.body_html)))
    return mentioned(words, folded(version.title).text, folded(text).text)


def _material(version: VersionView) -> Material:
    return Material(version.title, version.summary, headings(version.body_html), body_text(version.body_html))
