"""What an entry is found by in the book's indexes, and whether the jury's words are printed with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from casebook import policy, queries, rules
from casebook.events import TermsChanged
from casebook.models import EditionEntry
from casebook.service.editions import touch
from casebook.service.taking_in import TopicsOf
from foundation import journal
from foundation.actor import Actor
from foundation.errors import FieldError, Invalid, Refused
from foundation.permission import require
from foundation.text import Text, _


def change_terms(
    db: Session,
    *,
    actor: Actor,
    now: datetime,
    edition_id: str,
    entry_id: str,
    topics: Sequence[str],
    places: Sequence[str],
    prints_commendation: bool,
) -> None:
    """Set an entry's index terms and whether its commendation is printed.

    Raises:
        Forbidden, NotFound
        Invalid: too many terms, or one too long.
    """
    require(policy.may_edit(actor))
    edition = queries.locked_edition(db, edition_id)
    before = queries.entry(db, edition_id, entry_id)
    problems = (("topics", _refusal(topics)), ("places", _refusal(places)))
    if errors := [FieldError(name, sentence) for name, sentence in problems if sentence]:
        raise Invalid(errors)
    if (before.topics, before.places, before.prints_commendation) == (
        tuple(topics),
        tuple(places),
        prints_commendation,
    ):
        return
    row = db.scalars(select(EditionEntry).where(EditionEntry.id == entry_id)).one()
    row.topics, row.places = list(topics), list(places)
    row.prints_commendation = prints_commendation
    touch(edition, now)
    journal.record(db, actor=actor, now=now, event=TermsChanged(entry_id=entry_id, edition_id=edition_id))


def fill_topics(db: Session, *, actor: Actor, now: datetime, edition_id: str, topics: TopicsOf) -> int:
    """Give entries that have no topics those that the library has learned of their cases; returns how many.

    Raises:
        Forbidden, NotFound
        Refused: the library knows of none.
    """
    require(policy.may_edit(actor))
    edition = queries.locked_edition(db, edition_id)
    rows = list(db.scalars(select(EditionEntry).where(EditionEntry.edition_id == edition_id)))
    bare = [row for row in rows if not row.topics]
    known = topics(db, [row.case_id for row in bare])
    found = [row for row in bare if known.get(row.case_id)]
    if not found:
        raise Refused(_("案例库还没有给出这些案例的主题，可以在各篇的“书稿”页自己填写。"))
    for row in found:
        row.topics = list(known[row.case_id])[: rules.TERMS_HIGHEST]
        event = TermsChanged(entry_id=row.id, edition_id=edition_id)
        journal.record(db, actor=actor, now=now, event=event)
    touch(edition, now)
    return len(found)


def _refusal(terms: Sequence[str]) -> Text | None:
    if len(terms) > rules.TERMS_HIGHEST:
        return _(
            "一篇最多 %(limit)s 个索引词，现在有 %(count)s 个", limit=rules.TERMS_HIGHEST, count=len(terms)
        )
    if long := next((term for term in terms if len(term) > rules.TERM_LONGEST), None):
        return _("“%(term)s”太长，索引词不超过 %(limit)s 个字", term=long[:20], limit=rules.TERM_LONGEST)
    return None
