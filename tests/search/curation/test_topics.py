"""Topics: proposed by reading, corrected by editors, for all cases at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import select

from foundation.actor import Role
from foundation.audience import Audience
from foundation.clock import FixedClock
from foundation.db import Database
from foundation.errors import Forbidden, Invalid, NotFound, Refused
from foundation.journal import Delivery
from search import topic_reading
from search.curation.models.topics import CaseTopic
from search.curation.queries import topics as queries
from search.curation.queries.synonyms import SynonymBook
from search.curation.service import placements
from search.curation.service import topics as service
from search.curation.values.topics import ReadText
from submissions.values import VersionView
from tests.search.factories import award
from tests.support.factories import NOW, ORGANISER, make_actor, make_call, make_entries, make_entry, make_user
from tests.support.web import Visitor


@dataclass(frozen=True)
class Shelf:
    database: Database
    first: VersionView
    second: VersionView

    def propose(self, *labels: str, version: VersionView | None = None) -> None:
        read = version or self.first
        with self.database.write() as db:
            found = {
                ReadText(read.case_id, read.id): [(each, 1.0 / (1 + n)) for n, each in enumerate(labels)]
            }
            service.propose_topics(db, now=NOW, found=found)

    def labels(self, version: VersionView | None = None) -> dict[str, str]:
        """Label -> state."""
        case_id = (version or self.first).case_id
        with self.database.read() as db:
            found = queries.topics_of_cases(db, [case_id]).get(case_id, ())
        return {each.label: each.state.value for each in found}

    def id(self, label: str) -> str:
        with self.database.read() as db:
            return next(each.id for each in queries.topics(db) if each.label == label)

    def correct(self, *accepted: str, removed: tuple[str, ...] = ()) -> None:
        with self.database.write(ORGANISER) as db:
            service.correct_topics(
                db,
                actor=ORGANISER,
                now=NOW,
                case_id=self.first.case_id,
                accepted=accepted,
                removed=removed,
            )


@pytest.fixture
def shelf(sqlite_database: Database) -> Shelf:
    with sqlite_database.write() as db:
        first, second = make_entries(db, call=make_call(db), titles=["甲", "乙"])
        award(db, first, key="first")
        award(db, second)
    return Shelf(sqlite_database, first, second)


def test_what_is_removed_does_not_come_back(shelf: Shelf) -> None:
    shelf.propose("夜校", "积分", "水账")
    shelf.correct("夜校", "夜班", removed=("积分",))
    assert shelf.labels() == {"夜校": "accepted", "夜班": "accepted", "水账": "proposed"}
    shelf.propose("积分", "夜校", "食堂")
    assert shelf.labels() == {"夜校": "accepted", "夜班": "accepted", "食堂": "proposed"}


def test_other_names_lead_to_the_topic_and_into_questions(shelf: Shelf) -> None:
    shelf.propose("夜校")
    with shelf.database.write(ORGANISER) as db:
        service.change_topic(
            db, actor=ORGANISER, now=NOW, topic_id=shelf.id("夜校"), label="夜间学习", names=["夜校", "夜課"]
        )
    shelf.propose("夜课", version=shelf.second)
    assert shelf.labels() == shelf.labels(shelf.second) == {"夜间学习": "proposed"}
    with shelf.database.read() as db:
        assert set(SynonymBook()(db, lambda: frozenset({"夜间学习"})).others["夜校"]) >= {"夜间学习", "夜課"}


def test_a_name_belongs_to_one_topic(shelf: Shelf) -> None:
    shelf.propose("夜校", "水账")
    with shelf.database.write(ORGANISER) as db, pytest.raises(Invalid) as refused:
        service.add_topic(db, actor=ORGANISER, now=NOW, label="账本", names=["水賬"])
    assert [each.field for each in refused.value.errors] == ["names"]


def test_merged_topics_are_one_in_all_cases(shelf: Shelf) -> None:
    shelf.propose("夜校", "夜课")
    shelf.propose("夜课", "水账", version=shelf.second)
    shelf.correct("夜课")
    with shelf.database.write(ORGANISER) as db, pytest.raises(Refused):
        service.merge_topics(
            db, actor=ORGANISER, now=NOW, topic_ids=[shelf.id("夜校")], into=shelf.id("夜校")
        )
    with shelf.database.write(ORGANISER) as db:
        cases = service.merge_topics(
            db,
            actor=ORGANISER,
            now=NOW,
            topic_ids=[shelf.id("夜课"), shelf.id("夜校")],
            into=shelf.id("夜校"),
        )
        names = queries.topic(db, shelf.id("夜校")).names
    assert (cases, names) == (2, ("夜课",))
    assert shelf.labels() == {"夜校": "accepted"}
    assert shelf.labels(shelf.second) == {"夜校": "proposed", "水账": "proposed"}


def test_a_blocked_topic_is_shown_nowhere_until_it_comes_back(shelf: Shelf) -> None:
    shelf.propose("夜校")
    common = {"actor": ORGANISER, "now": NOW, "topic_id": shelf.id("夜校")}
    with shelf.database.write(ORGANISER) as db:
        service.block_topic(db, **common)  # type: ignore[arg-type]  # keywords of one call
    shelf.propose("夜校", version=shelf.second)
    assert (shelf.labels(), shelf.labels(shelf.second)) == ({}, {})
    with pytest.raises(Invalid):
        shelf.correct("夜校")
    with shelf.database.write(ORGANISER) as db:
        service.unblock_topic(db, **common)  # type: ignore[arg-type]  # keywords of one call
    assert shelf.labels() == {"夜校": "proposed"}


def test_only_those_who_look_after_the_library_correct(shelf: Shelf) -> None:
    with shelf.database.write() as db:
        trainer = make_actor(db, Role.TRAINER)
    with shelf.database.write(trainer) as db, pytest.raises(Forbidden):
        service.add_topic(db, actor=trainer, now=NOW, label="夜校")
    with shelf.database.write(ORGANISER) as db, pytest.raises(NotFound):
        service.correct_topics(db, actor=ORGANISER, now=NOW, case_id="no-such-case", accepted=["夜校"])


NIGHT = "<p>夜间党校开到工地上，夜间党校每周一课。工人都来夜间党校。</p>"


def test_the_worker_reads_each_case_beside_what_its_readers_may_read(sqlite_database: Database) -> None:
    """A phrase is as rare for a public case as the public shelf says, whatever trainers may read."""
    clock = FixedClock(NOW)
    delivery = Delivery(sqlite_database, [topic_reading.subscription(clock)])
    with sqlite_database.write() as db:
        call = make_call(db, words_lowest=1)
        public = make_entry(db, call=call, title="工地上的课", body_html=NIGHT)
        secret = make_entry(db, call=call, title="另一处", body_html=NIGHT)
        award(db, public)
        award(db, secret, key="first")
        for each, audience in ((public, Audience.PUBLIC), (secret, Audience.TRAINERS)):
            placements.place_cases(db, actor=ORGANISER, now=NOW, case_ids=[each.case_id], audience=audience)
        listed = service.add_topic(db, actor=ORGANISER, now=NOW, label="学习", names=["夜间党校"])
    while delivery.run(NOW):
        pass
    with sqlite_database.read() as db:
        found = queries.topics_of_cases(db)
        assert queries.unread(db, [ReadText(public.case_id, public.id)]) == []
    assert found[public.case_id][0].id == found[secret.case_id][0].id == listed


def test_a_case_for_other_readers_is_read_again_beside_what_they_may_read(sqlite_database: Database) -> None:
    """What was rare among cases for trainers says nothing about a case that everybody reads now."""
    delivery = Delivery(sqlite_database, [topic_reading.subscription(FixedClock(NOW))])

    def place(case_id: str, audience: Audience) -> dict[str, object]:
        with sqlite_database.write() as db:
            placements.place_cases(db, actor=ORGANISER, now=NOW, case_ids=[case_id], audience=audience)
        while delivery.run(NOW):
            pass
        with sqlite_database.read() as db:
            rows = db.scalars(select(CaseTopic).where(CaseTopic.case_id == entry.case_id))
            return {row.topic_id: row.weight for row in rows}

    with sqlite_database.write() as db:
        call = make_call(db, words_lowest=1)
        entry = make_entry(db, call=call, title="工地上的课", body_html=NIGHT)
        other = make_entry(db, call=call, title="另一处", body_html=NIGHT)
        award(db, entry)
        award(db, other, key="first")
    place(other.case_id, Audience.TRAINERS)
    inside = place(entry.case_id, Audience.TRAINERS)
    outside = place(entry.case_id, Audience.PUBLIC)
    assert inside.keys() == outside.keys()
    assert inside != outside
    with sqlite_database.read() as db:
        assert queries.unread(db, [ReadText(entry.case_id, entry.id, Audience.PUBLIC)]) == []


def test_names_of_a_topic_that_only_trainers_cases_have_answer_nobody_else(product: Any) -> None:
    with product.database.write() as db:
        call = make_call(db)
        public, secret = make_entries(db, call=call, titles=["水账", "密语"])
        award(db, public, key="first")
        award(db, secret)
        placements.place_cases(
            db, actor=ORGANISER, now=NOW, case_ids=[secret.case_id], audience=Audience.TRAINERS
        )
        for entry, label, name in ((public, "水账公开", "晒账"), (secret, "密语条例", "暗号")):
            service.correct_topics(db, actor=ORGANISER, now=NOW, case_id=entry.case_id, accepted=[label])
            topic = next(each for each in queries.topics(db) if each.label == label)
            service.change_topic(db, actor=ORGANISER, now=NOW, topic_id=topic.id, label=label, names=[name])
        trainer, member = make_user(db, Role.TRAINER), make_user(db, Role.JUROR)
    product.indexer.rebuild()
    seen = {}
    for who, visitor in (
        ("public", Visitor(product)),
        ("member", Visitor(product).sign_in(member)),
        ("trainer", Visitor(product).sign_in(trainer)),
    ):
        seen[who] = [visitor.get(f"/api/v1/library?q={word}").json()["synonyms"] for word in ("晒账", "暗号")]
    shown = {"晒账": ["水账公开"]}
    assert seen == {
        "public": [shown, {}], "member": [shown, {}], "trainer": [shown, {"暗号": ["密语条例"]}],
    }  # fmt: skip
