"""The JSON API of accounts: who am I, users, units; the forms and services of the pages."""

from typing import Any

from pydantic import BaseModel

from foundation import people
from foundation.api import Operation
from foundation.permission import require
from foundation.web import Rq
from webapp.accounts import directory, policy
from webapp.accounts.forms import UnitForm, UserForm
from webapp.accounts.pages import LINK_PATH

TAG = "accounts"


class UserReply(BaseModel):
    """An account; `roles` by their names."""

    id: str
    name: str
    email: str
    unit_id: str | None
    roles: list[str]
    active: bool


class UserPageReply(BaseModel):
    """One page of accounts, by name; `total` counts all that match."""

    total: int
    page: int
    users: list[UserReply]


class NewUserReply(UserReply):
    """`link` sets the password, once, within a day; it was mailed as well."""

    link: str


class UnitReply(BaseModel):
    """A unit; `path` holds the ids from the top down to it."""

    id: str
    name: str
    short_name: str
    code: str
    parent_id: str | None
    path: str
    category_key: str


def operations() -> list[Operation]:
    """All operations of accounts."""
    return [
        Operation("GET", "/me", me, "The account of the token", TAG, reply=UserReply),
        Operation(
            "GET",
            "/users",
            list_users,
            "Accounts (organisers, administrators)",
            TAG,
            reply=UserPageReply,
            query={"q": "Words of name, address or unit", "role": "A role", "page": "From 1"},
        ),
        Operation(
            "POST",
            "/users",
            create_user,
            "Open an account and mail its link (organisers, administrators)",
            TAG,
            reply=NewUserReply,
            body=UserForm,
            status=201,
        ),
        Operation(
            "PUT",
            "/users/{user_id}",
            change_user,
            "Change name, address, unit and roles of an account",
            TAG,
            reply=UserReply,
            body=UserForm,
        ),
        Operation("GET", "/units", list_units, "All units, parents first", TAG, reply=UnitReply, many=True),
        Operation(
            "POST",
            "/units",
            create_unit,
            "Add a unit (organisers, administrators)",
            TAG,
            reply=UnitReply,
            body=UnitForm,
            status=201,
        ),
        Operation(
            "PUT",
            "/units/{unit_id}",
            change_unit,
            "Rename a unit or move it with everything below it",
            TAG,
            reply=UnitReply,
            body=UnitForm,
        ),
    ]


def me(rq: Rq, _body: None) -> UserReply:
    return UserReply(**_user(people.user(rq.db, rq.signed_in().user_id)))


def list_users(rq: Rq, _body: None) -> UserPageReply:
    require(policy.look_after_accounts(rq.actor))
    asked = rq.query("page", "1")
    page = max(int(asked), 1) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    found = directory.find_users(rq.db, words=rq.query("q"), role=rq.query("role"), page=page)
    users = [UserReply(**_user(user)) for user in found.users]
    return UserPageReply(total=found.total, page=page, users=users)


def create_user(rq: Rq, body: UserForm) -> NewUserReply:
    user = directory.create_user(rq.db, actor=rq.actor, now=rq.now, form=body)
    link = directory.send_link(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        user_id=user.id,
        site_name=rq.edge.site_name,
        address=rq.absolute(LINK_PATH),
    )
    return NewUserReply(**_user(user), link=link)


def change_user(rq: Rq, body: UserForm) -> UserReply:
    user = directory.change_user(rq.db, actor=rq.actor, now=rq.now, user_id=rq.path("user_id"), form=body)
    return UserReply(**_user(user))


def list_units(rq: Rq, _body: None) -> list[UnitReply]:
    return [_unit(unit) for unit in people.units(rq.db)]


def create_unit(rq: Rq, body: UnitForm) -> UnitReply:
    return _unit(directory.create_unit(rq.db, actor=rq.actor, now=rq.now, form=body))


def change_unit(rq: Rq, body: UnitForm) -> UnitReply:
    unit = directory.change_unit(rq.db, actor=rq.actor, now=rq.now, unit_id=rq.path("unit_id"), form=body)
    return _unit(unit)


def _user(user: people.User) -> dict[str, Any]:
    return {
        "id": user.id,
        "name": user.name,
        "email": user.email,
        "unit_id": user.unit_id,
        "roles": sorted(role.value for role in user.roles),
        "active": user.active,
    }


def _unit(unit: people.Unit) -> UnitReply:
    return UnitReply(
        id=unit.id,
        name=unit.name,
        short_name=unit.short_name,
        code=unit.code,
        parent_id=unit.parent_id,
        path=unit.path,
        category_key=unit.category_key,
    )
