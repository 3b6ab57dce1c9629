"""Users and units, on both databases."""

from dataclasses import replace

import pytest

from foundation import journal
from foundation.actor import Actor, Role
from foundation.db import Database
from foundation.errors import Forbidden, Invalid, NotFound, Refused
from foundation.people import actor_of
from tests.support.factories import NOW, make_unit, make_user
from webapp.accounts import directory, policy, service
from webapp.accounts.forms import UnitForm, UserForm

ADMINISTRATOR = Actor("administrator-01", "管理员", frozenset({Role.ADMINISTRATOR}))
ORGANISER = Actor("organiser-000001", "组织者", frozenset({Role.ORGANISER}))
BRANCH = Actor("branch-000000001", "支部", frozenset({Role.SUBMITTER}))
FORM = UserForm(name="孙评委", email="Sun@Example.org", roles=[Role.JUROR])


def test_an_account_is_recorded_with_its_roles(database: Database) -> None:
    with database.write() as db:
        user = directory.create_user(db, actor=ORGANISER, now=NOW, form=FORM)
        directory.change_user(
            db,
            actor=ORGANISER,
            now=NOW,
            user_id=user.id,
            form=FORM.model_copy(update={"roles": [Role.JUROR, Role.EDITOR]}),
        )
        assert (user.email, user.roles) == ("sun@example.org", frozenset({Role.JUROR, Role.EDITOR}))
        assert [(entry.action, entry.detail) for entry in journal.history(db, user.id)] == [
            ("account.created", {"user_id": user.id}),
            ("account.changed", {"user_id": user.id, "roles": ["editor", "juror"], "active": True}),
        ]


def test_nobody_gives_what_is_not_his_to_give(database: Database) -> None:
    with database.write() as db:
        for actor, role in ((BRANCH, Role.JUROR), (ORGANISER, Role.ORGANISER)):
            with pytest.raises(Forbidden):
                directory.create_user(
                    db, actor=actor, now=NOW, form=FORM.model_copy(update={"roles": [role]})
                )
        other = make_user(db, Role.ADMINISTRATOR)
        with pytest.raises(Forbidden):
            directory.set_active(db, actor=ORGANISER, now=NOW, user_id=other.id, active=False)


def test_an_address_belongs_to_one_account(database: Database) -> None:
    with database.write() as db:
        make_user(db, Role.JUROR, email="sun@example.org")
        with pytest.raises(Invalid) as refusal:
            directory.create_user(db, actor=ADMINISTRATOR, now=NOW, form=FORM)
        assert [error.field for error in refusal.value.errors] == ["email"]


def test_the_first_user_is_the_first(database: Database) -> None:
    with database.write() as db:
        first = directory.create_first_user(db, now=NOW, name="甲", email="a@example.org")
        assert first.roles == frozenset({Role.ADMINISTRATOR, Role.ORGANISER})
        with pytest.raises(Refused):
            directory.create_first_user(db, now=NOW, name="乙", email="b@example.org")


def test_users_are_found_by_words_and_role_page_by_page(database: Database) -> None:
    with database.write() as db:
        unit = make_unit(db, "幸福街道党工委")
        make_user(db, Role.JUROR, name="孙评委", unit=unit, email="sun@example.org")
        make_user(db, Role.TRAINER, name="周老师", unit=unit, email="zhou_1@example.org")
        for number in range(directory.PAGE):
            make_user(db, Role.SUBMITTER, name=f"支部{number:02}", email=f"b{number}@example.org")

        def names(**wish: str) -> list[str]:
            return [user.name for user in directory.find_users(db, **wish).users]  # type: ignore[arg-type]  # words and role are text

        assert names(words="幸福", role="juror") == ["孙评委"]
        assert names(words="_1@") == ["周老师"]
        assert names(words="%") == []
        second = directory.find_users(db, page=2)
        assert (len(second.users), second.total) == (2, directory.PAGE + 2)
        assert len(second.without_password) == 2


def test_a_unit_moves_with_everything_below_it(database: Database) -> None:
    with database.write() as db:
        city, county = make_unit(db, "甲市"), make_unit(db, "乙县")
        town = make_unit(db, "丙镇", parent=county)
        village = make_unit(db, "丁村", parent=town)
        make_user(db, Role.SUBMITTER, unit=village)
        form = UnitForm(name="丙镇", parent_id=city.id)
        directory.change_unit(db, actor=ORGANISER, now=NOW, unit_id=town.id, form=form)
        assert village.path == f"/{city.id}/{town.id}/{village.id}/"
        tree = [(node.unit.name, node.depth, node.people) for node in directory.unit_tree(db)]
        assert tree == [("乙县", 0, 0), ("甲市", 0, 0), ("丙镇", 1, 0), ("丁村", 2, 1)]
        for below in (town.id, village.id):
            form = UnitForm(name="丙镇", parent_id=below)
            with pytest.raises(Invalid):
                directory.change_unit(db, actor=ORGANISER, now=NOW, unit_id=town.id, form=form)
        with pytest.raises(Forbidden):
            directory.create_unit(db, actor=BRANCH, now=NOW, form=UnitForm(name="戊"))


def test_a_policy_answers_with_a_reason() -> None:
    assert policy.look_after_accounts(ADMINISTRATOR) is None
    assert policy.change_user(ORGANISER, frozenset({Role.JUROR})) is None
    both = replace(BRANCH, roles=frozenset({Role.SUBMITTER, Role.ORGANISER}))
    assert policy.read_outbox(both) is None
    denied = [policy.administer(ORGANISER), policy.read_outbox(BRANCH), policy.look_after_accounts(BRANCH)]
    assert all(each is not None and str(each.reason) for each in denied)


def test_nobody_reads_a_link_in_the_outbox_that_he_could_not_have_made(database: Database) -> None:
    wanted = {"site_name": "案例", "address": "https://example.org/password/"}
    with database.write() as db:
        chief = make_user(db, Role.ADMINISTRATOR, email="chief@example.org")
        organiser = make_user(db, Role.ORGANISER, email="organiser@example.org")
        make_user(db, Role.ORGANISER, email="colleague@example.org")
        make_user(db, Role.JUROR, email="juror@example.org")
        for name in ("chief", "organiser", "colleague", "juror"):
            directory.request_link(db, now=NOW, email=f"{name}@example.org", **wanted)

        def seen(actor: Actor) -> set[str]:
            return {letter.recipient.partition("@")[0] for letter in directory.outbox(db, actor=actor)}

        assert seen(actor_of(organiser)) == {"organiser", "juror"}
        assert seen(actor_of(chief)) == {"chief", "organiser", "colleague", "juror"}
        with pytest.raises(Forbidden):
            directory.outbox(db, actor=BRANCH)
        for letter in directory.outbox(db, actor=actor_of(chief)):
            if letter.recipient in ("chief@example.org", "colleague@example.org"):
                with pytest.raises(NotFound):
                    directory.letter(db, actor=actor_of(organiser), mail_id=letter.id)


def test_a_link_sent_to_an_old_address_opens_nothing(database: Database) -> None:
    with database.write() as db:
        user = make_user(db, Role.JUROR, email="old@example.org")
        token = service.create_link(db, now=NOW, user=user)
        directory.change_user(db, actor=ORGANISER, now=NOW, user_id=user.id, form=FORM)
        with pytest.raises(Refused):
            service.link_user(db, now=NOW, token=token)
