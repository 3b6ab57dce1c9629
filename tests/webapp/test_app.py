"""The edge of the real application: errors, headers, hosts, cross-site posts."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from foundation import people
from foundation.actor import Role
from webapp.settings import Settings
from webapp.wiring import Product, build


@pytest.fixture
def product(tmp_path: Path, sqlite_url: str) -> Iterator[Product]:
    built = build(Settings(data_dir=tmp_path, database_url=sqlite_url, metrics=True, upload_limit_mb=1))
    with built.database.write() as db:  # without any user every sign-in leads to the first-run page
        people.add_user(db, now=built.clock.now(), email="a@example.org", name="张三", roles=[Role.JUROR])
    yield built
    built.close()


@pytest.fixture
def visitor(product: Product) -> Iterator[TestClient]:
    with TestClient(product.app) as client:
        yield client


def test_a_missing_page_helps_in_chinese_and_english(visitor: TestClient) -> None:
    chinese = visitor.get("/nowhere")
    assert chinese.status_code == 404
    assert "没有找到" in chinese.text
    english = visitor.get("/nowhere", headers={"Accept-Language": "en-GB,en;q=0.9"})
    assert "没有找到" not in english.text


def test_every_answer_carries_the_headers(visitor: TestClient) -> None:
    for path in ("/live", "/nowhere", "/static/css/theme.css", "/api/v1/nowhere"):
        headers = visitor.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "script-src 'self';" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["x-request-id"]


def test_an_unknown_host_is_not_served(visitor: TestClient) -> None:
    answer = visitor.get("/", headers={"Host": "evil.example"})
    assert answer.status_code == 421
    assert "allowed_hosts" in answer.text
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_api_problems_are_json_in_the_callers_language(visitor: TestClient) -> None:
    answer = visitor.get("/api/v1/nowhere")
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == 404


def test_a_post_from_elsewhere_is_refused(visitor: TestClient) -> None:
    without_token = visitor.post("/sign-in", data={"email": "a@example.org", "password": "x"})
    assert without_token.status_code == 403
    from_elsewhere = visitor.post("/sign-in", headers={"Sec-Fetch-Site": "cross-site"})
    assert from_elsewhere.status_code == 403


def test_a_body_that_is_too_large_is_a_sentence(visitor: TestClient) -> None:
    answer = visitor.post("/sign-in", data={"email": "x" * 2_500_000})
    assert answer.status_code == 413
    assert "一次最多 1 MB" in answer.text
    imported = visitor.post("/admin/import/units", files={"file": ("a.csv", b"x" * 2_500_000)})
    assert imported.status_code == 413
    assert "exemplar import" in imported.text


def test_health_and_metrics(visitor: TestClient) -> None:
    assert visitor.get("/live").text == "alive"
    assert visitor.get("/ready").text == "ready"
    assert "exemplar_journal_entries 0.0" in visitor.get("/metrics").text


def test_the_api_describes_itself(visitor: TestClient) -> None:
    described = visitor.get("/api/v1/openapi.json").json()
    assert described["openapi"] == "3.1.0"
    names = [each["operationId"] for path in described["paths"].values() for each in path.values()]
    assert len(names) == len(set(names))
    assert visitor.get("/api/v1/docs").status_code == 200


def test_assets_with_a_mark_are_kept_for_good(visitor: TestClient) -> None:
    assert "immutable" in visitor.get("/static/css/theme.css?v=1").headers["cache-control"]
    assert "immutable" not in visitor.get("/static/css/theme.css").headers.get("cache-control", "")
