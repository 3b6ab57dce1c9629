"""A call with awards, an editor and a report about it, made through the services that pages use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy.orm import Session

from casebook.reports import queries, service
from casebook.reports.counted import count
from casebook.reports.ports import Shelf
from casebook.reports.rules.drafting import draft
from casebook.reports.subscriptions import subscriptions
from casebook.reports.values import BuildView, Definition, ReportView, Scope
from foundation.actor import Actor, Role
from foundation.clock import FixedClock
from foundation.ids import new_id
from foundation.journal import Delivery
from foundation.people import User, actor_of
from judging import queries as judging
from tests.casebook.world import LATER, awarded
from tests.judging.world import World, revoke
from tests.support.factories import SENTENCE, make_user
from webapp.wiring import Product, report_shelf

T = TypeVar("T")
QUOTE = SENTENCE
"""Stands in the text of every case."""


@dataclass(frozen=True, slots=True)
class Study:
    """`report_id` is about the three awarded cases of `judged.call`."""

    product: Product
    judged: World
    user: User
    shelf: Shelf
    report_id: str

    @property
    def editor(self) -> Actor:
        return actor_of(self.user)

    @property
    def url(self) -> str:
        return f"/reports/{self.report_id}"

    def read(self, actor: Actor | None = None) -> ReportView:
        with self.product.database.read(actor or self.editor) as db:
            return queries.report(db, self.report_id)

    def write(self, change: Callable[[Session], T], actor: Actor | None = None) -> T:
        with self.product.database.write(actor or self.editor) as db:
            return change(db)

    def section(self, heading: str) -> str:
        return next(each.id for each in self.read().content.sections if each.heading == heading)

    def quote(self, number: int = 0, text: str = QUOTE, heading: str = "案例摘录") -> int:
        """Quote a case of the call."""
        return self.write(
            lambda db: service.add_quotation(
                db, actor=self.editor, now=LATER, report_id=self.report_id, section_id=self.section(heading),
                case_id=self.judged.entries[number].case_id, text=text, shelf=self.shelf,
            )
        )  # fmt: skip

    def revoke(self, number: int = 0) -> None:
        case_id = self.judged.entries[number].case_id
        with self.product.database.write() as db:
            award = judging.awards_of(db, [case_id])[0]
            revoke(db, award.id, "数据经核实不属实，按公示异议处理", at=LATER)

    def request(self, language: str = "zh") -> int:
        return self.write(
            lambda db: service.request_build(
                db,
                actor=self.editor,
                now=LATER,
                report_id=self.report_id,
                language=language,
                shelf=self.shelf,
            )
        )

    def deliver(self) -> None:
        """Let the room hear what happened; nothing here lays pages out."""
        ears = list(subscriptions(self.product.files, FixedClock(LATER), self.shelf, None))
        Delivery(self.product.database, ears).run(LATER)

    def build(self, number: int) -> BuildView:
        with self.product.database.read(self.editor) as db:
            return queries.build(db, self.report_id, number)


def study(product: Product, scope: Scope = Scope.SUBMITTED) -> Study:
    judged = awarded(product.database)
    shelf = report_shelf(product.settings, product.shelf)
    with product.database.write() as db:
        user = make_user(db, Role.EDITOR, name="陈编辑")
    editor = actor_of(user)
    definition = Definition(scope, (judged.call.id,))
    with product.database.write(editor) as db:
        found = count(db, definition, shelf)
        report_id = service.open_report(
            db, actor=editor, now=LATER, title="创新案例研究报告", definition=definition,
            facts=found.whole, sections=draft(found.counted, new_id),
        )  # fmt: skip
    return Study(product, judged, user, shelf, report_id)
