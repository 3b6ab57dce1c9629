"""Following saved searches: what has come to the shelf since is looked for, and its owners are written to.

By the clock, not by events: whatever was late (the index, the record of the shelf, a letter) is made good by
the next look. A few searches at a time, so that mail does not wait for a thousand of them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from foundation import mail, people
from foundation.audience import Audience, audience_of
from foundation.db import Database
from foundation.people import User, actor_of
from foundation.text import n_
from foundation.visibility import as_actor
from search import holdings
from search.asking import asked_in
from search.harvest.queries import arrivals, newest_number
from search.library import Library
from search.readers.queries.searches import to_look_through, untold, with_untold
from search.readers.rules.searches import is_due, stop_token
from search.readers.service.searches import note_finds, note_told
from search.readers.values.searches import SavedSearchView

AT_ONCE = 40
"""Searches that are looked through in one go."""
EVERYTHING = 1_000_000
MOST_IN_LETTER = 20

Chore = Callable[[Database, datetime], int]


def look_through(shelf: Library) -> Chore:
    """The chore that looks for what has come up for saved searches."""

    def look(database: Database, now: datetime) -> int:
        with database.read() as db:
            number = newest_number(db)
            waiting = to_look_through(db, number, AT_ONCE)
            found = [_come_up(db, shelf, search, owner) for search, owner in waiting]
        finds = [pair for pair in zip(waiting, found, strict=True) if pair[1] is not None]
        if not finds:
            return 0
        with database.write() as db:
            for (search, _owner), cases in finds:
                note_finds(db, now=now, search_id=search.id, case_ids=cases or (), number=number)
        return len(finds)

    return look


def write_letters(secret: bytes, base_url: str, zone: str) -> Chore:
    """The chore that writes to the owners of searches when it is time."""
    clock = ZoneInfo(zone)

    def write(database: Database, now: datetime) -> int:
        with database.read() as db:
            due = [each for each in with_untold(db) if is_due(each.rhythm, each.told_at, now, clock)]
        for search in due:
            with database.write() as db:
                _tell(db, now, search, base_url=base_url, token=stop_token(secret, search.id))
        return len(due)

    return write


def _come_up(db: Session, shelf: Library, search: SavedSearchView, owner: User) -> list[str] | None:
    """What has come up that the owner may read; None when the index does not know all of it yet."""
    actor = actor_of(owner)
    audience = audience_of(actor)
    new = arrivals(db, Audience.MEMBERS if audience is Audience.PUBLIC else audience, search.seen_number)
    if not new:
        return []
    if not shelf.knows(new):
        return None
    question = asked_in(search.query)
    with as_actor(db, actor):
        found = shelf.holding(
            db, question.text, filters=question.filters, exact=question.exact, most=EVERYTHING
        )
    return None if found is None else [case_id for case_id in found if case_id in new]


def _tell(db: Session, now: datetime, search: SavedSearchView, *, base_url: str, token: str) -> None:
    """Write about the cases that the owner may read at this moment; about none of the others, ever."""
    owner = people.user(db, search.user_id)
    with as_actor(db, actor_of(owner)):
        cases = list(holdings.cases(db, untold(db, search.id)).values())
    note_told(db, now=now, search_id=search.id)
    if not cases:
        return
    lines = [
        f"· {case.version.title}（{case.version.unit_name}）\n  {base_url}/library/{case.id}"
        for case in cases[:MOST_IN_LETTER]
    ]
    more = len(cases) - len(lines)
    mail.queue(
        db,
        now=now,
        to=owner.email,
        reader=owner,
        private=True,
        subject=n_(
            "案例库有 %(n)s 个新案例符合“%(name)s”",
            "案例库有 %(n)s 个新案例符合“%(name)s”",
            len(cases),
            name=search.name,
        ),
        body=n_(
            "您好，%(reader)s：\n\n您保存的检索“%(name)s”有 %(n)s 个新案例：\n\n%(cases)s\n\n"
            "全部结果：%(search)s\n\n不想再收到这个检索的来信，请打开：%(stop)s",
            "您好，%(reader)s：\n\n您保存的检索“%(name)s”有 %(n)s 个新案例：\n\n%(cases)s\n\n"
            "全部结果：%(search)s\n\n不想再收到这个检索的来信，请打开：%(stop)s",
            len(cases),
            reader=owner.name,
            name=search.name,
            cases="\n".join([*lines, "· ……"] if more > 0 else lines),
            search=f"{base_url}{search.address}",
            stop=f"{base_url}/library/searches/stop/{token}",
        ),
    )
