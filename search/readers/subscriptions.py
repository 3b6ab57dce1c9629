"""Counting what is taught with cases, from the events of those who teach."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy.orm import Session

from foundation.journal import Entry, Subscription
from search.readers.service.usage import note_use
from search.readers.values.usage import Use


def counting(uses: Mapping[str, Use]) -> Subscription:
    """`uses` by the action of an event that has `case_ids`: the rooms that teach are not known here."""

    def load(_db: Session, entry: Entry) -> Collection[str]:
        return tuple(dict.fromkeys(entry.detail["case_ids"]))

    def save(db: Session, entry: Entry, case_ids: Collection[str]) -> None:
        note_use(db, now=entry.at, case_ids=case_ids, use=uses[entry.action])

    return Subscription("case-uses", frozenset(uses), load=load, work=lambda case_ids: case_ids, save=save)
