"""Opening an edition, saying what it is, and keeping it in step with the awards."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from casebook import policy, queries
from casebook.assemble import printed_authors
from casebook.events import (
    EditionChanged,
    EditionOpened,
    EntriesTakenUp,
    EntryReinstated,
    EntryWithdrawn,
)
from casebook.models import BookBuild, Edition, EditionChapter, EditionEntry, Manuscript
from casebook.rules import Candidate, grouped, with_photos
from casebook.values import Arrangement, BuildState, EditionDetails
from casebook.wording import wording
from foundation import journal, richtext
from foundation.actor import SYSTEM, Actor
from foundation.errors import FieldError, Invalid, Refused
from foundation.ids import new_id
from foundation.permission import require
from foundation.text import _
from judging import queries as judging
from judging.values import AwardView
from submissions.values import CallView, VersionView

_HAN = re.compile("[\u4e00-\u9fff]")


def open_edition(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    call_id: str,
    title: str = "",
    arrangement: Arrangement = Arrangement.PRIZE,
) -> str:
    """Open an edition of a call's awarded cases, grouped into chapters; returns its id.

    Raises:
        Forbidden, NotFound
        Refused: no case of the call has an award.
    """
    require(policy.may_edit(actor))
    call = queries.call_of(db, call_id)
    awards = queries.new_awards(db, [call_id], ())
    if not awards:
        raise Refused(_("这次征集还没有授奖的案例，授奖之后才能编书。"))
    words = wording("zh" if _HAN.search(call.title) else "en")
    edition = Edition(
        id=new_id(),
        call_id=call_id,
        title=title or words.selection.format(call.title),
        subtitle="",
        publisher="",
        year=call.year,
        language=words.language,
        arrangement=arrangement.value,
        opened_at=now,
        opened_by=actor.user_id,
        changed_at=now,
    )
    db.add(edition)
    db.flush()
    _take_in(db, edition, call, awards, actor=actor, now=now)
    journal.record(db, actor=actor, now=now, event=EditionOpened(edition_id=edition.id, call_id=call_id))
    return edition.id


def take_up_awards(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    edition_id: str,
    award_ids: frozenset[str] | None = None,
) -> int:
    """Take in awarded cases that are not in the book, those of `award_ids` or all; returns their number.

    Each goes to the end of the chapter its grouping names, which is made where there is none. The order of
    what is there stays.

    Raises:
        Forbidden, NotFound
        Refused: there is none.
    """
    require(policy.may_edit(actor))
    edition = queries.edition_row(db, edition_id)
    chapters = queries.chapters(db, edition_id)
    awards = queries.new_awards(db, queries.call_ids_of(db, edition), chapters)
    if award_ids is not None:
        awards = [award for award in awards if award.id in award_ids]
    if not awards:
        raise Refused(_("请先选择要补入的案例；已在书里的不用再补。"))
    entries = _take_in(db, edition, queries.call_of(db, edition.call_id), awards, actor=actor, now=now)
    touch(edition, now)
    journal.record(
        db, actor=actor, now=now, event=EntriesTakenUp(edition_id=edition_id, entry_ids=tuple(entries))
    )
    return len(entries)


def change_details(
    db: Session, *, actor: Actor, now: datetime, edition_id: str, revision: int, details: EditionDetails
) -> None:
    """Change what the book says about itself: titles, publisher, colophon, foreword.

    Raises:
        Forbidden, NotFound
        Refused: somebody else changed the edition since `revision`.
        Invalid: no title.
    """
    require(policy.may_edit(actor))
    edition = queries.edition_row(db, edition_id)
    if edition.revision != revision:
        raise Refused(_("这本书刚刚被别人改过。请先核对现在的内容，再保存您的修改。"))
    if not details.title:
        raise Invalid([FieldError("title", _("请填写书名"))])
    for name, value in asdict(details).items():
        setattr(edition, name, richtext.clean(value) if name == "foreword" else value)
    touch(edition, now)
    event = EditionChanged(edition_id=edition_id, revision=edition.revision)
    journal.record(db, actor=actor, now=now, event=event)


def follow_awards(db: Session, *, now: datetime, case_id: str) -> None:
    """Bring every entry of a case in step with its awards: print it while one is in force, else not, and
    withdraw the files that hold a revoked one. Running twice changes nothing more."""
    awards = {award.id: award for award in judging.awards(db) if award.case_id == case_id}
    for entry in db.scalars(select(EditionEntry).where(EditionEntry.case_id == case_id)):
        edition = queries.edition_row(db, entry.edition_id)
        withdrawn = _withdraw_builds(db, entry, set(awards))
        if entry.award_id not in awards and awards:
            _take_award(entry, min(awards.values(), key=lambda award: award.prize_rank))
            touch(edition, now)
        if awards and entry.withdrawn_at is not None:
            entry.withdrawn_at = None
            touch(edition, now)
            back = EntryReinstated(entry_id=entry.id, edition_id=edition.id, case_id=case_id)
            journal.record(db, actor=SYSTEM, now=now, event=back)
        elif not awards and entry.withdrawn_at is None:
            entry.withdrawn_at = now
            touch(edition, now)
            event = EntryWithdrawn(
                entry_id=entry.id, edition_id=edition.id, case_id=case_id, build_ids=tuple(withdrawn)
            )
            journal.record(db, actor=SYSTEM, now=now, event=event)


def _withdraw_builds(db: Session, entry: EditionEntry, in_force: set[str]) -> list[str]:
    """Files in which this entry stands under an award that is no longer in force are not given out again."""
    if entry.award_id in in_force:
        return []
    found = db.scalars(
        select(BookBuild).where(
            BookBuild.edition_id == entry.edition_id, BookBuild.state == BuildState.DONE.value
        )
    )
    withdrawn = [build for build in found if entry.award_id in build.award_ids]
    for build in withdrawn:
        build.state = BuildState.WITHDRAWN.value
    return [build.id for build in withdrawn]


def whole_book(edition: Edition) -> str:
    """Title of the only chapter of a book that is not grouped; the editor changes it like any other."""
    return wording("en" if edition.language == "en" else "zh").winners


def touch(edition: Edition, now: datetime) -> None:
    """Count a change of the book."""
    edition.revision += 1
    edition.changed_at = now


def _take_award(entry: EditionEntry, award: AwardView) -> None:
    entry.award_id = award.id
    entry.prize_name = award.prize_name
    entry.prize_rank = award.prize_rank


def _take_in(
    db: Session,
    edition: Edition,
    call: CallView,
    awards: Sequence[AwardView],
    *,
    actor: Actor,
    now: datetime,
) -> list[str]:
    """New entries at the ends of their chapters, each with a copy of its awarded version as manuscript."""
    by_award = {award.id: (award, queries.awarded_version(db, award.version_id)) for award in awards}
    candidates = [candidate(call, award, version) for award, version in by_award.values()]
    arrangement = Arrangement(edition.arrangement)
    categories = [category.key for category in call.rules.categories]
    taken = []
    for title, keys in grouped(candidates, arrangement, categories, whole=whole_book(edition)):
        chapter, length = _chapter_titled(db, edition, title)
        for position, key in enumerate(keys, start=length):
            award, version = by_award[key]
            entry = _entry(edition, chapter, position, call, award, version)
            db.add(entry)
            db.flush()
            db.add(_copy(entry, version, actor=actor, now=now))
            taken.append(entry.id)
    db.flush()
    return taken


def candidate(call: CallView, award: AwardView, version: VersionView) -> Candidate:
    category = call.rules.category(version.category_key)
    return Candidate(
        key=award.id,
        prize_name=award.prize_name,
        prize_rank=award.prize_rank,
        category_key=version.category_key,
        category_name=category.name if category else "",
        unit=version.unit_name,
        title=version.title,
    )


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


def _entry(
    edition: Edition,
    chapter: EditionChapter,
    position: int,
    call: CallView,
    award: AwardView,
    version: VersionView,
) -> EditionEntry:
    facts = candidate(call, award, version)
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
        category_key=facts.category_key,
        category_name=facts.category_name,
        withdrawn_at=None,
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
