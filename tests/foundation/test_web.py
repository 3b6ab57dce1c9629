"""The web edge: one transaction a request, refusals that keep what was typed, headers on every answer."""

import logging
from collections.abc import Iterator
from datetime import timedelta

import pytest
from pydantic import BaseModel, Field
from sqlalchemy import select
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.testclient import TestClient

from foundation import api, people
from foundation.actor import Role
from foundation.api import Operation
from foundation.clock import FixedClock
from foundation.errors import Forbidden, NotFound, Refused, TooMany
from foundation.forms import Form, read_form
from foundation.people import Unit
from foundation.text import _, verbatim
from foundation.web import Rq, get, post, with_query
from tests.support.factories import make_user
from tests.support.web import Visitor
from webapp.app import build_app
from webapp.wiring import Product

UPLOAD_LIMIT = 400_000


class UnitForm(Form):
    name: str = Field(min_length=1, max_length=10)


class UnitReply(BaseModel):
    id: str
    name: str


def _show(rq: Rq) -> Response:
    problem = str(rq.problem.reason) if rq.problem else ""
    return PlainTextResponse(f"{rq.field('name')}|{problem}")


def _create(rq: Rq) -> Response:
    form = read_form(UnitForm, rq.form)
    people.add_unit(rq.db, name=form.name)
    if form.name == "被拒":
        raise Refused(verbatim("现在不能添加。"))
    if form.name == "出错":
        raise LookupError("a mistake of ours")
    return rq.redirect("/units", done=verbatim("已添加。"))


def _units(rq: Rq) -> Response:
    return PlainTextResponse(",".join(rq.db.scalars(select(Unit.name).order_by(Unit.name))))


def _whoami(rq: Rq) -> Response:
    return JSONResponse(
        {
            "name": rq.signed_in().name,
            "locale": rq.locale,
            "zoom": rq.zoom,
            "theme": rq.theme,
            "flash": rq.flash(),
        }
    )


def _file(rq: Rq) -> Response:
    stored = rq.files.put([b"<script>alert(1)</script>"])
    return rq.send_file(stored.sha256, name="附件 1.html", media_type="text/html", size=stored.size)


def _upload(rq: Rq) -> Response:
    upload = rq.upload("file")
    return PlainTextResponse(f"{upload.name}:{upload.size}" if upload else "none")


def _refuse(problem: Exception) -> Response:
    raise problem


def _create_by_api(rq: Rq, form: UnitForm) -> UnitReply:
    rq.signed_in()
    if form.name == "被拒":
        raise Refused(_("征集已截止"))
    unit = people.add_unit(rq.db, name=form.name)
    return UnitReply(id=unit.id, name=unit.name)


def _list_by_api(rq: Rq, _body: None) -> list[UnitReply]:
    return [UnitReply(id=unit.id, name=unit.name) for unit in people.units(rq.db)]


ROUTES = [
    get("/", lambda _rq: PlainTextResponse("home")),
    get("/units", _units),
    get("/units/new", _show),
    post("/units/new", _create, again=_show),
    post("/units/bare", _create),
    post(
        "/prepared", lambda rq: PlainTextResponse(str(rq.prepared)), prepare=lambda rq: rq.field("name") * 2
    ),
    get("/me", _whoami),
    get("/file", _file),
    post("/upload", _upload),
    get("/echo/{value}", lambda rq: PlainTextResponse(rq.path("value"))),
    get("/missing", lambda _rq: _refuse(NotFound())),
    get("/forbidden", lambda _rq: _refuse(Forbidden(verbatim("只有组织者可以。")))),
    get("/busy", lambda _rq: _refuse(TooMany(verbatim("请稍后再试。"), 30))),
    get("/broken", lambda _rq: _refuse(LookupError("a mistake of ours"))),
    *api.routes(
        [
            Operation(
                "POST", "/units", _create_by_api, "Add", "units", reply=UnitReply, body=UnitForm, status=201
            ),
            Operation("GET", "/units", _list_by_api, "List", "units", reply=UnitReply, many=True),
            Operation("GET", "/open", _list_by_api, "List", "units", reply=UnitReply, many=True, public=True),
        ]
    ),
]


@pytest.fixture
def visitor(product: Product) -> Iterator[Visitor]:
    """A visitor of a small site of this test's own, behind the product's real edge."""
    yield from _visiting(product)


@pytest.fixture
def any_visitor(any_product: Product) -> Iterator[Visitor]:
    """The same, once on SQLite and once on PostgreSQL."""
    yield from _visiting(any_product)


def _visiting(product: Product) -> Iterator[Visitor]:
    visitor = Visitor(product)
    app = build_app(
        product.edge, ROUTES, allowed_hosts=product.settings.allowed_hosts, upload_limit=UPLOAD_LIMIT
    )
    visitor.client = TestClient(app, follow_redirects=False, raise_server_exceptions=False)
    with visitor.client:
        yield visitor


def _names(visitor: Visitor) -> str:
    return visitor.get("/units").text


# --- transactions ----------------------------------------------------------------------------------


def test_returning_commits(any_visitor: Visitor) -> None:
    answer = any_visitor.post("/units/new", {"name": "新支部"})
    assert (answer.status_code, answer.headers["location"], _names(any_visitor)) == (303, "/units", "新支部")


def test_a_refusal_rolls_back_and_shows_the_page_with_what_was_typed(any_visitor: Visitor) -> None:
    answer = any_visitor.post("/units/new", {"name": "被拒"})
    assert (answer.status_code, answer.text, _names(any_visitor)) == (409, "被拒|现在不能添加。", "")


def test_an_invalid_form_shows_the_page_again(any_visitor: Visitor) -> None:
    answer = any_visitor.post("/units/new", {"name": "一二三四五六七八九十十一"})
    assert (answer.status_code, answer.text) == (
        422,
        "一二三四五六七八九十十一|有 1 处内容需要修改",
    )


def test_a_refusal_without_a_page_to_show_is_an_error_page(any_visitor: Visitor) -> None:
    answer = any_visitor.post("/units/bare", {"name": "被拒"})
    assert (answer.status_code, "现在不能添加。" in answer.text, _names(any_visitor)) == (409, True, "")


def test_a_mistake_of_ours_rolls_back_and_says_so(
    any_visitor: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.CRITICAL):
        answer = any_visitor.post("/units/new", {"name": "出错"})
    assert (answer.status_code, _names(any_visitor)) == (500, "")
    assert answer.headers["x-request-id"] in answer.text
    assert "LookupError" not in answer.text


def test_what_is_slow_is_prepared_before_the_transaction(any_visitor: Visitor) -> None:
    assert any_visitor.post("/prepared", {"name": "甲"}).text == "甲甲"


# --- whose post is it ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "headers"),
    [
        ({"csrf": ""}, {}),
        ({"csrf": "0" * 40}, {}),
        ({}, {"sec-fetch-site": "cross-site"}),
        ({}, {"origin": "http://evil.example"}),
    ],
)
def test_a_post_of_another_site_is_refused(
    visitor: Visitor, sent: dict[str, str], headers: dict[str, str]
) -> None:
    answer = visitor.post("/units/new", {"name": "新支部", **sent}, headers=headers)
    assert (answer.status_code, _names(visitor)) == (403, "")
    assert answer.text.startswith("新支部|页面已过期")


def test_a_prepared_post_of_another_site_prepares_nothing(visitor: Visitor) -> None:
    assert visitor.post("/prepared", {"name": "甲", "csrf": "x"}).status_code == 403


def test_the_token_may_come_as_a_header(visitor: Visitor) -> None:
    token = visitor.csrf_token
    answer = visitor.client.post("/units/new", data={"name": "新支部"}, headers={"x-csrf-token": token})
    assert answer.status_code == 303


def test_another_visitors_token_does_not_help(visitor: Visitor) -> None:
    token = visitor.csrf_token
    visitor.client.cookies.clear()
    answer = visitor.client.post("/units/new", data={"name": "新支部", "csrf": token})
    assert answer.status_code == 403


# --- who asks --------------------------------------------------------------------------------------


def test_who_is_not_signed_in_is_led_to_the_sign_in_and_back(visitor: Visitor) -> None:
    answer = visitor.get("/me?a=1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?back=%2Fme%3Fa%3D1")


def test_a_session_lasts_while_it_is_used_and_no_longer(visitor: Visitor, clock: FixedClock) -> None:
    with visitor.product.database.write() as db:
        user = make_user(db, Role.SUBMITTER)
    visitor.sign_in(user)
    for _hour in range(5):
        clock.advance(timedelta(hours=1, minutes=50))
        assert visitor.get("/me").status_code == 200
    clock.advance(timedelta(hours=2, minutes=1))
    assert visitor.get("/me").status_code == 303


def test_writing_alone_keeps_a_session_too(visitor: Visitor, clock: FixedClock) -> None:
    with visitor.product.database.write() as db:
        user = make_user(db, Role.SUBMITTER)
    visitor.sign_in(user)
    for name in ("甲", "乙", "丙"):
        clock.advance(timedelta(hours=1, minutes=50))
        assert visitor.post("/units/new", {"name": name}).status_code == 303
    assert visitor.get("/me").status_code == 200


def test_a_session_ends_after_twelve_hours_whatever_happens(visitor: Visitor, clock: FixedClock) -> None:
    with visitor.product.database.write() as db:
        user = make_user(db, Role.SUBMITTER)
    visitor.sign_in(user)
    statuses = []
    for _hour in range(13):
        clock.advance(timedelta(hours=1))
        statuses.append(visitor.get("/me").status_code)
    assert statuses == [200] * 11 + [303, 303]


def test_a_forged_cookie_is_nobody(visitor: Visitor) -> None:
    visitor.client.cookies.set("sid", "x" * 43)
    assert visitor.get("/me").status_code == 303


def test_a_sentence_is_shown_once_on_the_next_page(visitor: Visitor) -> None:
    with visitor.product.database.write() as db:
        user = make_user(db, Role.SUBMITTER)
    visitor.sign_in(user)
    visitor.post("/units/new", {"name": "新支部"})
    assert [visitor.get("/me").json()["flash"] for _page in range(2)] == ["已添加。", ""]


@pytest.mark.parametrize("forged", ["x", "eA.bad", "5bey.5bey", ".", "密.钥"])
def test_a_forged_sentence_is_not_shown(visitor: Visitor, forged: str) -> None:
    with visitor.product.database.write() as db:
        user = make_user(db, Role.SUBMITTER)
    visitor.sign_in(user)
    sid = visitor.client.cookies["sid"]
    answer = visitor.get("/me", headers={"cookie": f"sid={sid}; flash=".encode() + forged.encode()})
    assert answer.json()["flash"] == ""


def test_language_zoom_and_theme_are_remembered(visitor: Visitor) -> None:
    with visitor.product.database.write() as db:
        user = make_user(db, Role.SUBMITTER)
    visitor.sign_in(user)
    default = visitor.get("/me", headers={"accept-language": "fr"}).json()
    english = visitor.get("/me", headers={"accept-language": "en-GB,en;q=0.9"}).json()
    for name, value in (("lang", "en"), ("zoom", "125"), ("theme", "dark")):
        visitor.client.cookies.set(name, value)
    chosen = visitor.get("/me", headers={"accept-language": "zh"}).json()
    for name in ("lang", "zoom", "theme"):
        visitor.client.cookies.set(name, "nonsense")
    nonsense = visitor.get("/me").json()
    kept = [(page["locale"], page["zoom"], page["theme"]) for page in (default, english, chosen, nonsense)]
    assert kept == [
        ("zh", "100", "light"),
        ("en", "100", "light"),
        ("en", "125", "dark"),
        ("zh", "100", "light"),
    ]


# --- headers and error pages -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/units", 200),
        ("/nowhere", 404),
        ("/missing", 404),
        ("/forbidden", 403),
        ("/busy", 429),
        ("/broken", 500),
        ("/static/css/theme.css", 200),
        ("/static/nowhere.css", 404),
        ("/api/v1/nowhere", 404),
    ],
)
def test_every_answer_carries_the_security_headers(
    visitor: Visitor, path: str, status: int, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.CRITICAL):
        answer = visitor.get(path)
    assert answer.status_code == status
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "unsafe-eval" not in policy
    assert "unsafe-inline" not in policy
    assert (answer.headers["x-content-type-options"], answer.headers["referrer-policy"]) == (
        "nosniff",
        "same-origin",
    )
    assert len(answer.headers["x-request-id"]) == 16


def test_an_unknown_host_is_refused_with_headers(visitor: Visitor) -> None:
    answer = visitor.get("/", headers={"host": "evil.example"})
    assert (answer.status_code, "content-security-policy" in answer.headers) == (421, True)
    assert "evil.example" not in answer.text


def test_what_is_too_large_is_refused_with_a_sentence(visitor: Visitor) -> None:
    files = {"file": ("big.bin", b"x" * (UPLOAD_LIMIT + 1))}
    answer = visitor.post("/upload", files=files)
    assert (answer.status_code, "内容太大" in answer.text) == (413, True)
    assert "content-security-policy" in answer.headers


def test_pages_behind_the_sign_in_are_not_kept(visitor: Visitor) -> None:
    before = visitor.get("/units").headers["cache-control"]
    with visitor.product.database.write() as db:
        user = make_user(db, Role.SUBMITTER)
    visitor.sign_in(user)
    assert (before, visitor.get("/units").headers["cache-control"]) == ("no-cache", "no-store")


def test_too_many_says_when_to_come_back(visitor: Visitor) -> None:
    assert visitor.get("/busy").headers["retry-after"] == "30"


@pytest.mark.parametrize("value", ["a%00b", "a%E2%80%AEb", "a" * 201, "%20a"])
def test_a_strange_address_is_not_found(visitor: Visitor, value: str) -> None:
    assert visitor.get(f"/echo/{value}").status_code == 404


def test_the_wrong_method_is_a_sentence(visitor: Visitor) -> None:
    answer = visitor.client.delete("/units")
    assert (answer.status_code, "请从页面上的按钮进入" in answer.text) == (405, True)


# --- files -----------------------------------------------------------------------------------------


def test_a_file_is_sent_so_that_it_cannot_act(visitor: Visitor) -> None:
    answer = visitor.get("/file")
    assert answer.content == b"<script>alert(1)</script>"
    assert answer.headers["content-disposition"] == (
        "attachment; filename=\"__ 1.html\"; filename*=UTF-8''%E9%99%84%E4%BB%B6%201.html"
    )
    assert answer.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_an_upload_arrives(visitor: Visitor) -> None:
    answer = visitor.post("/upload", files={"file": ("附件.docx", b"x" * 1000)})
    assert answer.text == "附件.docx:1000"
    assert visitor.post("/upload").text == "none"


def test_an_upload_that_was_cut_off_is_refused(visitor: Visitor) -> None:
    """Starlette's own parser answers 200 and the cut file is silently missing."""
    token = visitor.csrf_token
    body = (
        f'--b\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n{token}\r\n'
        '--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nhalf of it'
    )
    answer = visitor.client.post(
        "/upload", content=body.encode(), headers={"content-type": "multipart/form-data; boundary=b"}
    )
    assert (answer.status_code, "没有完整到达" in answer.text) == (400, True)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"nonsense", "multipart/form-data; boundary=b"),
        (b"", "multipart/form-data; boundary=b"),
        (b"nonsense", "multipart/form-data"),
        (b"\xff\xfe\x00", "application/x-www-form-urlencoded"),
        (b"a=1", "text/plain"),
        (b"a=" + b"&b" * 5000, "application/x-www-form-urlencoded"),
    ],
)
def test_a_malformed_body_is_refused_not_a_crash(visitor: Visitor, content: bytes, kind: str) -> None:
    answer = visitor.client.post("/units/new", content=content, headers={"content-type": kind})
    assert answer.status_code in (400, 403)


# --- the JSON edge ---------------------------------------------------------------------------------


@pytest.fixture
def headers(visitor: Visitor) -> dict[str, str]:
    """A personal token."""
    with visitor.product.database.write() as db:
        user = make_user(db, Role.SUBMITTER)
    return visitor.token(user)


def test_the_api_writes_and_reads(visitor: Visitor, headers: dict[str, str]) -> None:
    made = visitor.client.post("/api/v1/units", json={"name": " 新支部 "}, headers=headers)
    listed = visitor.get("/api/v1/units", headers=headers)
    assert (made.status_code, made.json()["name"]) == (201, "新支部")
    assert listed.json() == [made.json()]


def test_the_api_refuses_in_the_callers_language(visitor: Visitor, headers: dict[str, str]) -> None:
    answer = visitor.client.post(
        "/api/v1/units", json={"name": ""}, headers=headers | {"accept-language": "zh"}
    )
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert answer.json() == {
        "type": "about:blank",
        "status": 422,
        "title": "Invalid",
        "detail": "有 1 处内容需要修改",
        "errors": [{"field": "name", "message": "这一项必须填写"}],
    }


def test_a_refused_operation_leaves_nothing(visitor: Visitor, headers: dict[str, str]) -> None:
    assert visitor.client.post("/api/v1/units", json={"name": "被拒"}, headers=headers).status_code == 409
    assert visitor.get("/api/v1/units", headers=headers).json() == []


@pytest.mark.parametrize("token", ["", "exm_wrong", "密钥", "exm_wrong exm_wrong"])
def test_without_a_valid_token_the_api_is_shut(visitor: Visitor, token: str) -> None:
    sent = [(b"authorization", f"Bearer {token}".encode())]
    assert visitor.get("/api/v1/units", headers=sent).status_code == 401
    assert visitor.client.post("/api/v1/units", json={"name": "甲"}, headers=sent).status_code == 401


def test_a_public_operation_needs_no_token(visitor: Visitor) -> None:
    assert (visitor.get("/api/v1/open").json(), visitor.get("/api/v1/units").status_code) == ([], 401)


def test_a_browser_session_needs_its_csrf_token_for_the_api(visitor: Visitor) -> None:
    with visitor.product.database.write() as db:
        user = make_user(db, Role.SUBMITTER)
    visitor.sign_in(user)
    without = visitor.client.post("/api/v1/units", json={"name": "甲"})
    with_token = visitor.client.post(
        "/api/v1/units", json={"name": "甲"}, headers={"x-csrf-token": visitor.csrf_token}
    )
    assert (without.status_code, with_token.status_code) == (403, 201)


@pytest.mark.parametrize(
    "body",
    [
        b"{",
        b"\xff",
        b'"text"',
        b"[]",
        b"null",
        b'{"name": 1' + b"0" * 5000 + b"}",
        b"[" * 100_000,
        b'{"name": ' + b"[" * 60 + b"]" * 60 + b"}",
        b'{"name": "\\ud800"}',
        b'{"name": "a\\u0000b"}',
        b'{"name": NaN}',
    ],
)
def test_no_body_crashes_the_api(visitor: Visitor, headers: dict[str, str], body: bytes) -> None:
    answer = visitor.client.post(
        "/api/v1/units", content=body, headers=headers | {"content-type": "application/json"}
    )
    assert answer.status_code in (201, 400, 422)


# --- small things ----------------------------------------------------------------------------------


def test_with_query() -> None:
    assert with_query("/library", q="党建 引领", page=2, unit="", tag=["a", "b"], year=None) == (
        "/library?q=%E5%85%9A%E5%BB%BA+%E5%BC%95%E9%A2%86&page=2&tag=a&tag=b"
    )
    assert with_query("/library") == "/library"
