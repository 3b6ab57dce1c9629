"""Accounts by the JSON API."""

from foundation.actor import Role
from tests.support.factories import make_unit, make_user
from tests.support.web import Visitor


def test_who_am_i(visitor: Visitor) -> None:
    with visitor.product.database.write() as db:
        user = make_user(db, Role.JUROR, name="赵评委", email="zhao@example.org", unit=make_unit(db))
    assert visitor.get("/api/v1/me").status_code == 401
    assert visitor.get("/api/v1/me", headers=visitor.token(user)).json() == {
        "id": user.id,
        "name": "赵评委",
        "email": "zhao@example.org",
        "unit_id": user.unit_id,
        "roles": ["juror"],
        "active": True,
    }


def test_an_organiser_opens_accounts_and_units(visitor: Visitor) -> None:
    with visitor.product.database.write() as db:
        organiser = make_user(db, Role.ORGANISER)
    headers = visitor.token(organiser)
    client = visitor.client
    top = client.post("/api/v1/units", json={"name": "青山县委"}, headers=headers)
    assert (top.status_code, top.json()["path"]) == (201, f"/{top.json()['id']}/")
    below = {"name": "云岭村党支部", "parent_id": top.json()["id"]}
    village = client.post("/api/v1/units", json=below, headers=headers).json()
    wanted = {"name": "李秀兰", "email": "li@example.org", "unit_id": village["id"], "roles": ["submitter"]}
    made = client.post("/api/v1/users", json=wanted, headers=headers)
    assert (made.status_code, made.json()["roles"]) == (201, ["submitter"])
    assert "/password/" in made.json()["link"]
    found = client.get("/api/v1/users", params={"q": "云岭", "role": "submitter"}, headers=headers).json()
    assert [each["email"] for each in found["users"]] == ["li@example.org"]
    changed = client.put(
        f"/api/v1/users/{made.json()['id']}", json={**wanted, "roles": ["juror"]}, headers=headers
    )
    assert changed.json()["roles"] == ["juror"]
    moved = client.put(f"/api/v1/units/{village['id']}", json={"name": "云岭村党支部"}, headers=headers)
    assert moved.json()["parent_id"] is None
    assert len(client.get("/api/v1/units", headers=headers).json()) == 2


def test_others_are_refused_with_a_reason(visitor: Visitor) -> None:
    with visitor.product.database.write() as db:
        juror = make_user(db, Role.JUROR)
    headers = visitor.token(juror)
    refused = visitor.get("/api/v1/users", headers=headers)
    assert (refused.status_code, refused.json()["detail"]) == (
        403,
        "只有组织者和系统管理员可以管理账号与单位。",
    )
    assert visitor.client.post("/api/v1/units", json={"name": "甲"}, headers=headers).status_code == 403
