"""A call with awards, and an editor at its casebook, made through the services that pages use."""

import tempfile
from dataclasses import dataclass
from pathlib import Path

from casebook import queries, service
from casebook.docx.renderer import DocxRenderer
from casebook.making.previews import Previews
from casebook.making.workshop import Workshop
from casebook.pagination import LibreOffice
from casebook.subscriptions import subscriptions
from casebook.values import ChapterView
from foundation.actor import Actor, Role
from foundation.clock import FixedClock
from foundation.db import Database
from foundation.files import FileStore, OwnFiles
from foundation.journal import Delivery
from foundation.people import User, actor_of
from judging import queries as judging
from judging.values import AwardView
from tests.judging.world import DECIDED, World, assigned, award, close, revoke, score
from tests.support.factories import make_user

LATER = DECIDED


@dataclass(frozen=True, slots=True)
class Desk:
    """`edition_id` is an edition of `judged.call`: one first and two second prizes."""

    database: Database
    judged: World
    user: User
    edition_id: str

    @property
    def editor(self) -> Actor:
        return actor_of(self.user)

    def chapters(self) -> tuple[ChapterView, ...]:
        with self.database.read(self.editor) as db:
            return queries.chapters(db, self.edition_id)

    def entries(self) -> list[str]:
        return [entry.id for chapter in self.chapters() for entry in chapter.entries]

    def titles(self) -> list[tuple[str, list[str]]]:
        return [(chapter.title, [entry.title for entry in chapter.entries]) for chapter in self.chapters()]

    def awards(self) -> list[AwardView]:
        with self.database.read() as db:
            return judging.awards(db, self.judged.call.id)

    def revoke(self, number: int, reason: str = "数据经核实不属实，按公示异议处理") -> AwardView:
        found = self.awards()[number]
        with self.database.write() as db:
            revoke(db, found.id, reason, at=LATER)
        return found

    def deliver(
        self, files: FileStore, books: OwnFiles | None = None, office: LibreOffice | None = None
    ) -> None:
        """Let the casebook hear what happened; `books` is where made files go, else where `files` is."""
        with tempfile.TemporaryDirectory() as folder:
            shop = Workshop(books or files, DocxRenderer, office)  # type: ignore[arg-type]  # a test's files are its own
            previews = Previews(shop.books, Path(folder))
            ears = subscriptions(self.database, files, shop, previews, FixedClock(LATER))
            Delivery(self.database, ears).run(LATER)


def awarded(database: Database) -> World:
    """Judged, one first prize and two second prizes decided."""
    made = assigned(database, cases=3, jurors=1, reads=1)
    score(made, {0: (90,), 1: (80,), 2: (70,)})
    close(made)
    chosen = {
        made.entries[0].case_id: "first",
        made.entries[1].case_id: "second",
        made.entries[2].case_id: "second",
    }
    award(made, chosen)
    return made


def desk(database: Database) -> Desk:
    made = awarded(database)
    with database.write() as db:
        user = make_user(db, Role.EDITOR, name="陈编辑")
    editor = actor_of(user)
    with database.write(editor) as db:
        edition_id = service.open_edition(db, actor=editor, now=LATER, call_id=made.call.id)
    return Desk(database, made, user, edition_id)
