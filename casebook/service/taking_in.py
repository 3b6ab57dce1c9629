"""Awarded cases come into a book: each as an entry with a copy of its awarded version for a manuscript."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from casebook import queries
from casebook.assemble import printed_authors
from casebook.models import Edition, EditionChapter, EditionEntry, Manuscript
from casebook.rules import TERM_LONGEST, TERMS_HIGHEST, Candidate, grouped, with_photos
from casebook.rules.places import proposed_places
from casebook.values import Arrangement
from casebook.wording import wording
from foundation import richtext
from foundation.actor import Actor
from foundation.ids import new_id
from judging.values import AwardView
from submissions.values import CallView, VersionView

TopicsOf = Callable[[Session, Sequence[str]], Mapping[str, tuple[str, ...]]]
"""Case ids -> what the library says each is about; `webapp.wiring` hands it in."""


def no_topics(_db: Session, _case_ids: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    """Where there is no library."""
    return {}


@dataclass(frozen=True, slots=True)
class _Arrival:
    """An award with the version it was given for, what the library says of it, and its facts for grouping."""

    award: AwardView
    version: VersionView
    topics: tuple[str, ...]
    facts: Candidate


def take_in(
    db: Session,
    edition: Edition,
    awards: Sequence[AwardView],
    *,
    topics: TopicsOf,
    actor: Actor,
    now: datetime,
) -> list[str]:
    """New entries at the ends of their chapters; returns their ids. The order of what is there stays."""
    calls = queries.calls_of(db, edition.id)
    known = topics(db, [award.case_id for award in awards])
    arrivals = {award.id: _arrival(db, calls, award, known.get(award.case_id, ())) for award in awards}
    plan = grouped(
        [each.facts for each in arrivals.values()],
        Arrangement(edition.arrangement),
        category_keys(calls),
        whole=whole_book(edition),
    )
    taken = []
    for title, keys in plan:
        chapter, length = _chapter_titled(db, edition, title)
        for position, key in enumerate(keys, start=length):
            entry = _entry(edition, chapter, position, arrivals[key])
            db.add(entry)
            db.flush()
            db.add(_copy(entry, arrivals[key].version, actor=actor, now=now))
            taken.append(entry.id)
    db.flush()
    return taken


def category_keys(calls: Iterable[CallView]) -> list[str]:
    """The categories of all calls in their order, each once."""
    return list(dict.fromkeys(category.key for call in calls for category in call.rules.categories))


def whole_book(edition: Edition) -> str:
    """Title of the only chapter of a book that is not grouped; the editor changes it like any other."""
    return wording("en" if edition.language == "en" else "zh").winners


def _arrival(db: Session, calls: Sequence[CallView], award: AwardView, topics: tuple[str, ...]) -> _Arrival:
    version = queries.awarded_version(db, award.version_id)
    call = next(each for each in calls if each.id == award.call_id)
    category = call.rules.category(version.category_key)
    topics = tuple(each for each in topics if len(each) <= TERM_LONGEST)[:TERMS_HIGHEST]
    facts = Candidate(
        key=award.id,
        prize_name=award.prize_name,
        prize_rank=award.prize_rank,
        category_key=version.category_key,
        category_name=category.name if category else "",
        unit=version.unit_name,
        title=version.title,
        topic=topics[0] if topics else "",
    )
    return _Arrival(award, version, topics, facts)


def _chapter_titled(db: Session, edition: Edition, title: str) -> tuple[EditionChapter, int]:
    """The chapter of this title and its number of entries; made at the book's end where there is none."""
    known = list(db.scalars(select(EditionChapter).where(EditionChapter.edition_id == edition.id)))
    chapter = next((each for each in known if each.title == title), None)
    if chapter is None:
        position = max((each.position for each in known), default=-1) + 1
        chapter = EditionChapter(id=new_id(), edition_id=edition.id, title=title, position=position)
        db.add(chapter)
        db.flush()
        return chapter, 0
    entries = db.scalars(select(EditionEntry.position).where(EditionEntry.chapter_id == chapter.id))
    return chapter, max(entries, default=-1) + 1


def _entry(edition: Edition, chapter: EditionChapter, position: int, arrival: _Arrival) -> EditionEntry:
    award, version = arrival.award, arrival.version
    return EditionEntry(
        id=new_id(),
        edition_id=edition.id,
        chapter_id=chapter.id,
        position=position,
        case_id=award.case_id,
        version_id=award.version_id,
        award_id=award.id,
        prize_name=award.prize_name,
        prize_rank=award.prize_rank,
        category_key=arrival.facts.category_key,
        category_name=arrival.facts.category_name,
        withdrawn_at=None,
        topics=list(arrival.topics),
        places=list(proposed_places(version.unit_name, richtext.plain(version.body_html))),
    )


def _copy(entry: EditionEntry, version: VersionView, *, actor: Actor, now: datetime) -> Manuscript:
    """The first round: the awarded version, its loose photos spread through the text."""
    shown = set(richtext.attachment_ids(version.body_html))
    loose = {photo.id: photo.caption for photo in version.photos if photo.id not in shown}
    body = richtext.html(with_photos(richtext.blocks(version.body_html), loose))
    return Manuscript(
        entry_id=entry.id,
        ordinal=1,
        title=version.title,
        unit=version.unit_name,
        authors=list(printed_authors(version.authors)),
        summary=version.summary,
        body=body,
        photos=[],
        source_line=version.source_line,
        signoff_line=version.signoff_line,
        written_at=now,
        written_by=actor.user_id,
        writer_name=actor.name,
    )
