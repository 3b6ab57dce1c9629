"""What the room does when something happened: makes a book, withdraws what may not be read any more."""

from __future__ import annotations

from casebook.making import queries, service
from casebook.making.building import Builder
from casebook.making.events import BuildDeleted, BuildFinished, BuildRequested
from casebook.making.previews import Previews
from casebook.making.workshop import Workshop
from foundation.clock import Clock
from foundation.db import Database
from foundation.files import FileStore, OwnFiles
from foundation.journal import Subscription
from judging.events import AwardRevoked


def subscriptions(
    database: Database, files: FileStore, workshop: Workshop, previews: Previews, clock: Clock
) -> list[Subscription]:
    """The room's ears on the journal."""
    builder = Builder(database, files, workshop, clock)
    return [
        Subscription(
            "casebook.withdrawals",
            frozenset({AwardRevoked.action}),
            load=lambda _db, entry: str(entry.detail["award_id"]),
            work=lambda award_id: award_id,
            save=lambda db, _entry, award_id: service.withdraw_builds(db, now=clock.now(), award_id=award_id),
        ),
        Subscription(
            "casebook.build",
            frozenset({BuildRequested.action}),
            load=builder.load,
            work=builder.work,
            save=builder.save,
            slow=True,
        ),
        Subscription(
            "casebook.previews",
            frozenset({BuildFinished.action}),
            load=lambda db, entry: queries.shown_pdf(db, entry.subject_id),
            work=lambda pdf: previews.draw_all(pdf) if pdf else None,
            slow=True,
        ),
        # Slow like the builds: in the thread that makes files none is let go that was just made again.
        Subscription(
            "casebook.deleted_builds",
            frozenset({BuildDeleted.action}),
            load=lambda db, entry: service.unnamed(db, tuple(entry.detail["hashes"])),
            work=lambda hashes: _let_go(workshop.books, previews, hashes),
            slow=True,
        ),
    ]


def _let_go(books: OwnFiles, previews: Previews, hashes: tuple[str, ...]) -> None:
    for each in hashes:
        books.remove(each)
        previews.forget(each)
