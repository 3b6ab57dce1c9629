"""Collections: put together by hand, read by whom they are for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from foundation.actor import ANONYMOUS, Actor, Role
from foundation.audience import Audience
from foundation.db import Database
from foundation.errors import Forbidden, Invalid, Refused
from search.curation.queries import collections as queries
from search.curation.rules.collections import moved, once, without
from search.curation.service import collections as service
from search.curation.values.collections import CollectionItem, CollectionProposal
from tests.judging.world import revoke
from tests.search.factories import award
from tests.support.factories import NOW, ORGANISER, make_call, make_entries

TRAINER = Actor("trainer-000000001", "教师", frozenset({Role.TRAINER}))
A, B, C = (CollectionItem(each) for each in "abc")


@pytest.mark.parametrize(
    ("case_id", "step", "expected"),
    [
        ("b", -1, [B, A, C]),
        ("b", 1, [A, C, B]),
        ("a", -1, [A, B, C]),
        ("c", 1, [A, B, C]),
        ("x", 1, [A, B, C]),
    ],
)
def test_a_case_moves_up_and_down(case_id: str, step: int, expected: list[CollectionItem]) -> None:
    assert list(moved([A, B, C], case_id, step)) == expected


def test_a_case_stands_once_and_can_be_taken_out() -> None:
    assert once([A, B, CollectionItem("a", "再说一次")]) == (A, B)
    assert without([A, B, C], "b") == (A, C)


@dataclass(frozen=True)
class Shelf:
    database: Database
    ids: tuple[str, ...]
    award_id: str

    def proposal(self, **changes: Any) -> CollectionProposal:
        items = tuple(CollectionItem(each, f"第{n}个") for n, each in enumerate(self.ids))
        return CollectionProposal(**{"title": "夜校", "slug": "night-school", "items": items, **changes})

    def create(self, **changes: Any) -> str:
        with self.database.write(TRAINER) as db:
            return service.create_collection(db, actor=TRAINER, now=NOW, proposal=self.proposal(**changes))

    def seen_by(self, actor: Actor) -> list[str]:
        with self.database.read(actor) as db:
            return [each.slug for each in queries.collections(db)]


@pytest.fixture
def shelf(sqlite_database: Database) -> Shelf:
    with sqlite_database.write() as db:
        entries = make_entries(db, call=make_call(db), titles=["甲", "乙", "没有获奖"])
        first = award(db, entries[0], key="first")
        award(db, entries[1])
    return Shelf(sqlite_database, tuple(each.case_id for each in entries), first.id)


def test_a_draft_is_seen_by_those_who_collect_a_published_one_by_its_audience(shelf: Shelf) -> None:
    made = shelf.create(audience=Audience.MEMBERS, introduction_html="<p>导语<script>x</script></p>")
    member = Actor("member-0000000001", "党员", frozenset({Role.SUBMITTER}))
    assert (shelf.seen_by(ANONYMOUS), shelf.seen_by(member), shelf.seen_by(TRAINER)) == (
        [],
        [],
        ["night-school"],
    )
    with shelf.database.write(TRAINER) as db:
        service.publish_collection(db, actor=TRAINER, now=NOW, collection_id=made)
    assert (shelf.seen_by(ANONYMOUS), shelf.seen_by(member)) == ([], ["night-school"])
    with shelf.database.read(member) as db:
        found = queries.collection(db, made)
        assert [each.case_id for each in found.items] == list(shelf.ids[:2])  # the third has no award
        assert found.introduction_html == "<p>导语</p>"
        assert [each.id for each in queries.collections_with(db, shelf.ids[0])] == [made]


def test_two_who_save_at_once(shelf: Shelf) -> None:
    made = shelf.create()
    common = {"actor": TRAINER, "now": NOW, "collection_id": made, "revision": 1}
    with shelf.database.write(TRAINER) as db:
        service.save_collection(db, **common, proposal=shelf.proposal(title="夜校两年"))  # type: ignore[arg-type]  # keywords of one call
    with shelf.database.write(TRAINER) as db, pytest.raises(Refused):
        service.save_collection(db, **common, proposal=shelf.proposal(title="别的"))  # type: ignore[arg-type]  # keywords of one call


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"title": ""}, "title"), ({"slug": "Nacht!"}, "slug"), ({"slug": "new"}, "slug")],
)
def test_what_is_wrong_is_said_at_its_field(shelf: Shelf, changes: dict[str, str], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        shelf.create(**changes)
    assert [each.field for each in refused.value.errors] == [field]


def test_cases_are_added_once_and_a_revoked_one_leaves_at_the_next_save(shelf: Shelf) -> None:
    made = shelf.create(items=())
    with shelf.database.write(ORGANISER) as db, pytest.raises(Refused):
        service.publish_collection(db, actor=ORGANISER, now=NOW, collection_id=made)
    with shelf.database.write(ORGANISER) as db:
        for case_id in (shelf.ids[1], shelf.ids[0], shelf.ids[1]):
            service.add_to_collection(db, actor=ORGANISER, now=NOW, collection_id=made, case_id=case_id)
        found = queries.collection(db, made)
        assert [each.case_id for each in found.items] == [shelf.ids[1], shelf.ids[0]]
        revoke(db, shelf.award_id, "材料不实，经核查撤销。")
        service.save_collection(
            db,
            actor=ORGANISER,
            now=NOW,
            collection_id=made,
            revision=found.revision,
            proposal=shelf.proposal(items=found.items),
        )
        assert [each.case_id for each in queries.collection(db, made).items] == [shelf.ids[1]]


def test_a_published_one_is_taken_back_before_it_is_deleted(shelf: Shelf) -> None:
    made = shelf.create()
    common = {"actor": TRAINER, "now": NOW, "collection_id": made}
    with shelf.database.write(TRAINER) as db:
        service.publish_collection(db, **common)  # type: ignore[arg-type]  # keywords of one call
    with shelf.database.write(TRAINER) as db, pytest.raises(Refused):
        service.delete_collection(db, **common)  # type: ignore[arg-type]  # keywords of one call
    with shelf.database.write(TRAINER) as db:
        service.unpublish_collection(db, **common)  # type: ignore[arg-type]  # keywords of one call
        service.delete_collection(db, **common)  # type: ignore[arg-type]  # keywords of one call
    assert shelf.seen_by(TRAINER) == []


def test_members_put_nothing_together(shelf: Shelf) -> None:
    member = Actor("member-0000000001", "党员", frozenset({Role.SUBMITTER}))
    with shelf.database.write(member) as db, pytest.raises(Forbidden):
        service.create_collection(db, actor=member, now=NOW, proposal=shelf.proposal())
