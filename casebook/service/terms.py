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
from foundation import journal
from foundation.actor import Actor
from foundation.errors import FieldError, Invalid
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
    edition = queries.edition_row(db, edition_id)
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


def _refusal(terms: Sequence[str]) -> Text | None:
    if len(terms) > rules.TERMS_HIGHEST:
        return _(
            "一篇最多 %(limit)s 个索引词，现在有 %(count)s 个", limit=rules.TERMS_HIGHEST, count=len(terms)
        )
    if long := next((term for term in terms if len(term) > rules.TERM_LONGEST), None):
        return _("“%(term)s”太长，索引词不超过 %(limit)s 个字", term=long[:20], limit=rules.TERM_LONGEST)
    return None
