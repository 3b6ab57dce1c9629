"""What the worker does by the clock."""

from collections.abc import Callable
from datetime import datetime

from foundation.db import Database
from foundation.partials import PartialFiles
from judging import queries as judging
from judging import service as jury
from search.teaching.sessions.service import chores as study
from submissions import queries, service


def record_closings(database: Database, now: datetime) -> int:
    """Put the closing of each collection window that is over on record; returns how many.

    Looks first without writing: there is hardly ever one, and a write would take the writer's turn.
    """
    with database.read() as db:
        if not queries.closings_due(db, now):
            return 0
    with database.write() as db:
        return service.close_due(db, now=now)


def end_notices(database: Database, now: datetime) -> int:
    """Put the end of each public notice that is over on record and grant the awards that wait for nothing."""
    with database.read() as db:
        if not judging.notices_due(db, now):
            return 0
    with database.write() as db:
        return jury.end_notices(db, now=now)


def keep_study(base_url: str) -> Callable[[Database, datetime], int]:
    """The chore of study series: dates ahead, letters to presenters, names whose time is over."""

    def keep(database: Database, now: datetime) -> int:
        with database.read() as db:
            if not study.work_due(db, now):
                return 0
        with database.write() as db:
            return study.do_due(db, now=now, base_url=base_url)

    return keep


def clear_uploads(partials: PartialFiles) -> Callable[[Database, datetime], int]:
    """The chore that throws away uploads nobody went on with for a day; looks first, as above."""

    def clear(database: Database, now: datetime) -> int:
        with database.read() as db:
            expired, unwanted = queries.uploads_due(db, now, partials.keys())
        for key in unwanted:
            partials.remove(key)
        if not expired:
            return len(unwanted)
        with database.write() as db:
            return service.expire_uploads(db, now=now)

    return clear
