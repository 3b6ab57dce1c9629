"""Opening an edition, saying what it is, and keeping it in step with the awards."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from casebook import policy, queries
from casebook.detailing import write_details
from casebook.events import (
    EditionCallAdded,
    EditionChanged,
    EditionOpened,
    EntriesTakenUp,
    EntryReinstated,
    EntryWithdrawn,
)
from casebook.models import Edition, EditionCall, EditionEntry
from casebook.rules import imprint
from casebook.service.taking_in import TopicsOf, no_topics, take_in
from casebook.values import Arrangement, EditionDetails
from casebook.wording import wording
from foundation import journal
from foundation.actor import SYSTEM, Actor
from foundation.errors import FieldError, Invalid, Refused
from foundation.ids import new_id
from foundation.permission import require
from foundation.text import _
from judging import queries as judging
from judging.values import AwardView
from submissions.values import CallView

_HAN = re.compile("[\u4e00-\u9fff]")


def open_edition(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    call_id: str,
    further: Sequence[str] = (),
    title: str = "",
    arrangement: Arrangement = Arrangement.PRIZE,
    topics: TopicsOf = no_topics,
) -> str:
    """Open an edition of the awarded cases of a call and further ones, grouped into chapters; returns its id.

    Raises:
        Forbidden, NotFound
        Refused: one of the calls has no awarded case.
    """
    require(policy.may_edit(actor))
    call = queries.call_of(db, call_id)
    others = [queries.call_of(db, each) for each in dict.fromkeys(further) if each != call_id]
    for each in (call, *others):
        _require_awards(db, each)
    awards = queries.new_awards(db, [call_id, *(each.id for each in others)], ())
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
    for each in others:
        db.add(EditionCall(edition_id=edition.id, call_id=each.id, added_at=now, added_by=actor.user_id))
        db.flush()
    take_in(db, edition, awards, topics=topics, actor=actor, now=now)
    journal.record(db, actor=actor, now=now, event=EditionOpened(edition_id=edition.id, call_id=call_id))
    return edition.id


def add_call(db: Session, *, actor: Actor, now: datetime, edition_id: str, call_id: str) -> None:
    """Let an edition take the awarded cases of one more call; they are offered at the desk, not taken up.

    Raises:
        Forbidden, NotFound
        Refused: its cases are taken already, or none has an award.
    """
    require(policy.may_edit(actor))
    edition = queries.locked_edition(db, edition_id)
    call = queries.call_of(db, call_id)
    if call_id in queries.call_ids_of(db, edition):
        raise Refused(_("这本书已经收入这次征集的案例。"))
    _require_awards(db, call)
    db.add(EditionCall(edition_id=edition_id, call_id=call_id, added_at=now, added_by=actor.user_id))
    touch(edition, now)
    db.flush()
    journal.record(db, actor=actor, now=now, event=EditionCallAdded(edition_id=edition_id, call_id=call_id))


def _require_awards(db: Session, call: CallView) -> None:
    if not judging.awards(db, call.id):
        raise Refused(_("“%(call)s”还没有授奖的案例，授奖之后才能编书。", call=call.title))


def take_up_awards(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    edition_id: str,
    award_ids: frozenset[str] | None = None,
    topics: TopicsOf = no_topics,
) -> int:
    """Take in awarded cases that are not in the book, those of `award_ids` or all; returns their number.

    Each goes to the end of the chapter its grouping names, which is made where there is none. The order of
    what is there stays.

    Raises:
        Forbidden, NotFound
        Refused: there is none.
    """
    require(policy.may_edit(actor))
    edition = queries.locked_edition(db, edition_id)
    chapters = queries.chapters(db, edition_id)
    awards = queries.new_awards(db, queries.call_ids_of(db, edition), chapters)
    if award_ids is not None:
        awards = [award for award in awards if award.id in award_ids]
    if not awards:
        raise Refused(_("请先选择要补入的案例；已在书里的不用再补。"))
    entries = take_in(db, edition, awards, topics=topics, actor=actor, now=now)
    touch(edition, now)
    journal.record(
        db, actor=actor, now=now, event=EntriesTakenUp(edition_id=edition_id, entry_ids=tuple(entries))
    )
    return len(entries)


def change_details(
    db: Session, *, actor: Actor, now: datetime, edition_id: str, revision: int, details: EditionDetails
) -> None:
    """Change what the book says about itself: kind, size and colours, titles, imprint, board, covers.

    Raises:
        Forbidden, NotFound
        Refused: somebody else changed the details since `revision` of them.
        Invalid: no title, a wrong number, or what this kind of book may not have.
    """
    require(policy.may_edit(actor))
    edition = queries.locked_edition(db, edition_id)
    if edition.details_revision != revision:
        raise Refused(_("这本书刚刚被别人改过。请先核对现在的内容，再保存您的修改。"))
    if not details.title:
        raise Invalid([FieldError("title", _("请填写书名"))])
    if wrong := imprint.problems(details):
        raise Invalid(wrong)
    write_details(edition, details)
    edition.details_revision += 1
    touch(edition, now)
    event = EditionChanged(edition_id=edition_id, revision=edition.revision)
    journal.record(db, actor=actor, now=now, event=event)


def follow_awards(db: Session, *, now: datetime, case_id: str) -> None:
    """Bring every entry of a case in step with its awards: print it while one is in force, else not.
    Running twice changes nothing more."""
    awards = {award.id: award for award in judging.awards(db) if award.case_id == case_id}
    for entry in db.scalars(select(EditionEntry).where(EditionEntry.case_id == case_id)):
        edition = queries.edition_row(db, entry.edition_id)
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
            event = EntryWithdrawn(entry_id=entry.id, edition_id=edition.id, case_id=case_id)
            journal.record(db, actor=SYSTEM, now=now, event=event)


def touch(edition: Edition, now: datetime) -> None:
    """Count a change of the book."""
    edition.revision += 1
    edition.changed_at = now


def _take_award(entry: EditionEntry, award: AwardView) -> None:
    entry.award_id = award.id
    entry.prize_name = award.prize_name
    entry.prize_rank = award.prize_rank
