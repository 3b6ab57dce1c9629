"""A shelf for readers: two public cases, one for members, one for trainers; what the worker does with it."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from foundation.actor import Actor, Role
from foundation.audience import Audience
from search.readers.notices import look_through, write_letters
from submissions.values import VersionView
from tests.search.factories import award
from tests.search.harvest.shelf import settle
from tests.support.factories import make_call, make_entry, make_submitter, make_unit

ORGANISER = Actor("organiser-000001", "组织者", frozenset({Role.ORGANISER}))
ZONE = "Asia/Shanghai"


@dataclass(frozen=True)
class Shelf:
    """Awarded cases by a short name, and the calls that new ones can be entered for."""

    cases: dict[str, VersionView]
    author: Actor

    def id(self, name: str) -> str:
        return self.cases[name].case_id


def stock(product: Any) -> Shelf:
    with product.database.write() as db:
        author = make_submitter(db, make_unit(db, "双坡村党支部"))
        found = {
            "ledger": _entry(db, "一本贴在墙上的水账", actor=author),
            "school": _entry(db, "夜校办到第九期"),
            "members": _entry(db, "内部的水账", audience=Audience.MEMBERS),
            "trainers": _entry(db, "教师用的水账", audience=Audience.TRAINERS),
        }
    settle(product)
    return Shelf(found, author)


def arrive(product: Any, title: str, audience: Audience = Audience.PUBLIC) -> str:
    """A new case comes to the shelf; returns its id."""
    with product.database.write() as db:
        entry = _entry(db, title, audience=audience)
    settle(product)
    return entry.case_id


def follow(product: Any) -> None:
    """The worker's chores about saved searches."""
    now = product.clock.now()
    look_through(product.shelf)(product.database, now)
    write_letters(product.edge.secret, "https://cases.example.org", ZONE)(product.database, now)


def _entry(
    db: Session, title: str, *, actor: Actor | None = None, audience: Audience = Audience.PUBLIC
) -> VersionView:
    call = make_call(db, title=f"{title}的征集", library_audience=audience)
    entry = make_entry(db, call=call, actor=actor, title=title)
    award(db, entry)
    return entry
