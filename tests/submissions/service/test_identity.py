"""Deciding what jurors must not read: by the authors while they write, by the organiser afterwards."""

import pytest

from foundation.actor import Actor
from foundation.db import Database
from foundation.errors import Forbidden, Invalid, NotFound, Refused
from submissions import queries, service
from submissions.values import UNDECIDED, DecidedMask, IdentityDecision
from tests.submissions.factories import (
    CLOSES,
    DURING,
    MILLISECOND,
    World,
    hand_in,
    stored_photo,
    submit,
    text,
    world,
    write,
)

AFTER = CLOSES + 60_000 * MILLISECOND
VILLAGE = DecidedMask("上河村", "〔地名〕")


@pytest.fixture
def here(sqlite_database: Database) -> World:
    return world(sqlite_database)


def confirm(
    database: Database,
    actor: Actor,
    case_id: str,
    *masks: DecidedMask,
    now: object = DURING,
    **changes: object,
) -> IdentityDecision:
    with database.write(actor) as db:
        subject = service.identity_subject(db, actor=actor, now=now, case_id=case_id)  # type: ignore[arg-type]  # an instant
        named: dict[str, object] = {"seen": subject.content_hash, "masks": masks, **changes}
        return service.confirm_identity(db, actor=actor, now=now, case_id=case_id, **named)  # type: ignore[arg-type]  # by name


def open_cases(database: Database, here: World) -> tuple[list[str], int]:
    with database.read(here.organiser) as db:
        return queries.identity_open(db, here.call.id)


def test_the_authors_confirm_before_they_hand_in(sqlite_database: Database, here: World) -> None:
    case_id = write(sqlite_database, here.branch, here.call)
    made = confirm(sqlite_database, here.branch, case_id, VILLAGE, kept=["幸福路"])
    assert (made.masks, made.kept, made.confirmed_by) == ((VILLAGE,), ("幸福路",), "李秀英")
    receipt = submit(sqlite_database, here.branch, case_id)
    assert made.confirms(receipt.content_hash)
    assert open_cases(sqlite_database, here) == ([], 1)


def test_decisions_are_carried_on_and_the_confirmation_is_not(sqlite_database: Database, here: World) -> None:
    case_id = write(sqlite_database, here.branch, here.call)
    confirm(sqlite_database, here.branch, case_id, VILLAGE)
    with sqlite_database.write(here.branch) as db:
        revised = text(title="另一个标题")
        service.save_draft(db, actor=here.branch, now=DURING, case_id=case_id, revision=2, text=revised)
    submit(sqlite_database, here.branch, case_id)
    assert open_cases(sqlite_database, here) == ([case_id], 1)
    with sqlite_database.read(here.organiser) as db:
        assert queries.identity_decision(db, case_id).masks == (VILLAGE,)
    confirm(sqlite_database, here.organiser, case_id, VILLAGE, now=AFTER)
    assert open_cases(sqlite_database, here) == ([], 1)


def test_after_the_deadline_only_the_organiser(sqlite_database: Database, here: World) -> None:
    receipt = hand_in(sqlite_database, here.branch, here.call)
    with pytest.raises(Refused):
        confirm(sqlite_database, here.branch, receipt.case_id, VILLAGE, now=AFTER)
    made = confirm(sqlite_database, here.organiser, receipt.case_id, VILLAGE, now=AFTER)
    assert made.confirmed_hash == receipt.content_hash


def test_photos_kept_back_are_photos_of_the_case(sqlite_database: Database, here: World) -> None:
    case_id = write(sqlite_database, here.branch, here.call)
    with sqlite_database.write(here.branch) as db:
        photo = service.attach_file(db, actor=here.branch, now=DURING, case_id=case_id, file=stored_photo())
    made = confirm(sqlite_database, here.branch, case_id, withheld=[photo.id, "0123456789abcdef"])
    assert made.withheld == (photo.id,)


def test_what_was_looked_at_is_what_is_confirmed(sqlite_database: Database, here: World) -> None:
    case_id = write(sqlite_database, here.branch, here.call)
    with pytest.raises(Refused):
        confirm(sqlite_database, here.branch, case_id, seen="0" * 64)


@pytest.mark.parametrize("words", ["村", "长" * 61])
def test_words_that_cannot_be_masked(sqlite_database: Database, here: World, words: str) -> None:
    case_id = write(sqlite_database, here.branch, here.call)
    with pytest.raises(Invalid) as refusal:
        confirm(sqlite_database, here.branch, case_id, DecidedMask(words, "〔略〕"))
    assert [each.field for each in refusal.value.errors] == ["own"]


def test_nobody_else_decides_or_sees(sqlite_database: Database, here: World) -> None:
    case_id = write(sqlite_database, here.branch, here.call)
    confirm(sqlite_database, here.branch, case_id, VILLAGE)
    for other in (here.neighbour, here.juror, here.organiser):
        with sqlite_database.write(other) as db:
            assert queries.identity_decision(db, case_id) == UNDECIDED
            with pytest.raises((NotFound, Forbidden)):
                service.identity_subject(db, actor=other, now=DURING, case_id=case_id)
    submit(sqlite_database, here.branch, case_id)
    with sqlite_database.read(here.superior) as db:
        assert queries.identity_decision(db, case_id) == UNDECIDED
    with sqlite_database.write(here.superior) as db, pytest.raises(Forbidden):
        service.identity_subject(db, actor=here.superior, now=DURING, case_id=case_id)
