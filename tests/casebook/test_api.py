"""The casebook through the JSON API."""

from typing import Any

from foundation.actor import Role
from tests.casebook.world import desk
from tests.support.factories import make_user
from tests.support.web import Visitor


def test_open_build_and_fetch(product: Any, visitor: Visitor) -> None:
    made = desk(product.database)
    client, headers = visitor.client, visitor.token(made.user)
    opened = client.post(
        "/api/v1/editions",
        json={"call_id": made.judged.call.id, "title": "接口之书", "arrangement": "none"},
        headers=headers,
    )
    assert opened.status_code == 201, opened.text
    edition = opened.json()
    assert [len(chapter["entries"]) for chapter in edition["chapters"]] == [3]
    listed = client.get("/api/v1/editions", headers=headers).json()
    assert [each["title"] for each in listed] == ["接口之书", "2026 年创新案例征集案例选编"]
    base = f"/api/v1/editions/{edition['id']}"
    assert client.get(base, headers=headers).json()["title"] == "接口之书"
    asked = client.post(f"{base}/builds", headers=headers)
    assert (asked.status_code, asked.json()["state"], asked.json()["number"]) == (202, "queued", 1)
    made.deliver(product.files, product.books)
    status = client.get(f"{base}/builds/1", headers=headers).json()
    assert (status["state"], status["entries"], status["current"]) == ("done", 3, True)
    assert len(client.get(f"{base}/builds", headers=headers).json()) == 1
    file = client.get(f"{base}/builds/1/file", headers=headers)
    assert len(file.content) == status["file_size"]
    assert client.get(f"{base}/builds/2", headers=headers).status_code == 404


def test_others_are_refused_with_a_reason(product: Any, visitor: Visitor) -> None:
    made = desk(product.database)
    with product.database.write() as db:
        juror = make_user(db, Role.JUROR)
    headers = visitor.token(juror)
    answer = visitor.client.get(f"/api/v1/editions/{made.edition_id}", headers=headers)
    assert answer.status_code == 403
    assert visitor.client.get("/api/v1/editions").status_code == 401
