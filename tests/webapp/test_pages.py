"""The pages of accounts, administration and home, as a browser without script sees them."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from foundation import mail, people
from foundation.actor import Role
from foundation.clock import FixedClock
from foundation.people import Unit, User
from submissions.call_templates import CATEGORIES
from tests.support.factories import (
    make_call,
    make_draft,
    make_entry,
    make_submitter,
    make_unit,
    make_user,
)
from tests.support.web import Visitor, shown_token
from webapp.accounts import passwords, service
from webapp.accounts.pages import browser_name, own_path
from webapp.settings import Settings
from webapp.wiring import Product, build

PASSWORD = "一句好记又够长的话吧"  # of accounts of the tests only


def add_user(product: Product, *roles: Role, name: str = "王芳", email: str = "", unit: str = "") -> User:
    with product.database.write() as db:
        at = make_unit(db, unit) if unit else None
        return make_user(db, *roles, name=name, email=email, unit=at)


def give_password(product: Product, user: User) -> None:
    with product.database.write() as db:
        service.set_password(
            db,
            actor=people.actor_of(user),
            now=product.clock.now(),
            user=people.user(db, user.id),
            password_hash=passwords.hash_password(PASSWORD),
        )


@pytest.fixture
def administrator(product: Product) -> User:
    return add_user(product, Role.ADMINISTRATOR, name="管理员甲", email="admin@example.org")


@pytest.fixture
def signed_in(visitor: Visitor, administrator: User) -> Visitor:
    return visitor.sign_in(administrator)


# --- first run, in and out -------------------------------------------------------------------------


def test_a_new_installation_asks_for_its_administrator(visitor: Visitor) -> None:
    assert visitor.get("/").url.path == "/setup"
    assert visitor.get("/sign-in").url.path == "/setup"
    typed = {"name": "王立新", "email": "Wang@Example.org", "password": PASSWORD}
    refused = visitor.post("/setup", {**typed, "repeated": "不一样"})
    assert refused.status_code == 422
    assert "两次输入的密码不一致" in refused.text
    assert 'value="Wang@Example.org"' in refused.text
    assert PASSWORD not in refused.text
    done = visitor.post("/setup", {**typed, "repeated": PASSWORD})
    assert (done.status_code, done.url.path) == (200, "/")
    assert "王立新，您好" in done.text
    assert visitor.get("/admin").status_code == 200
    assert Visitor(visitor.product).get("/setup").url.path == "/sign-in"


def test_only_one_first_user(visitor: Visitor, administrator: User) -> None:
    second = {"name": "乙", "email": "b@example.org", "password": PASSWORD, "repeated": PASSWORD}
    visitor.post("/setup", second)
    with visitor.product.database.read() as db:
        assert people.user_by_email(db, "b@example.org") is None


def test_signing_in_leads_back_and_signing_out_ends_the_session(visitor: Visitor) -> None:
    user = add_user(visitor.product, Role.JUROR, email="juror@example.org")
    give_password(visitor.product, user)
    asked = visitor.get("/account")
    assert asked.url.path == "/sign-in"
    assert shown_token(asked.text)
    wrong = visitor.post("/sign-in", {"email": "juror@example.org", "password": "nope", "back": "/account"})
    assert wrong.status_code == 422
    assert "邮箱或密码不正确" in wrong.text
    assert 'value="/account"' in wrong.text
    typed = {"email": " Juror@Example.org ", "password": PASSWORD, "back": "/account"}
    entered = visitor.post("/sign-in", typed)
    assert (entered.status_code, entered.url.path) == (200, "/account")
    cookie = visitor.client.cookies["sid"]
    entered = visitor.client.post("/sign-out", data={"csrf": shown_token(entered.text)})
    assert entered.url.path == "/sign-in"
    assert "已退出登录" in entered.text
    visitor.client.cookies.set("sid", cookie)
    assert visitor.get("/account").url.path == "/sign-in"


def test_too_many_wrong_passwords_must_wait(visitor: Visitor, clock: FixedClock) -> None:
    user = add_user(visitor.product, Role.JUROR, email="juror@example.org")
    give_password(visitor.product, user)
    wrong = {"email": "juror@example.org", "password": "nope"}
    answers = [visitor.post("/sign-in", wrong).status_code for _ in range(service.FAILURES_PER_ACCOUNT + 1)]
    assert answers == [422] * service.FAILURES_PER_ACCOUNT + [429]
    right = {**wrong, "password": PASSWORD}
    assert "15 分钟后再试" in visitor.post("/sign-in", right).text
    clock.advance(timedelta(minutes=16))
    assert visitor.post("/sign-in", right).url.path == "/"


def test_a_closed_account_does_not_open(visitor: Visitor, administrator: User) -> None:
    user = add_user(visitor.product, Role.JUROR, email="juror@example.org")
    give_password(visitor.product, user)
    session = Visitor(visitor.product).sign_in(user)
    assert session.get("/account").url.path == "/account"
    visitor.sign_in(administrator).post(f"/admin/users/{user.id}/active", {"active": "false"})
    assert session.get("/account").url.path == "/sign-in"
    right = {"email": "juror@example.org", "password": PASSWORD}
    assert Visitor(visitor.product).post("/sign-in", right).status_code == 422


@pytest.mark.parametrize(
    ("asked", "gone_to"),
    [
        ("/library?q=x", "/library?q=x"),
        ("https://evil.example", "/"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_one_only_goes_back_to_our_own_pages(asked: str, gone_to: str) -> None:
    assert own_path(asked) == gone_to


def test_only_a_demonstration_offers_its_accounts(sqlite_url: str, tmp_path: Path) -> None:
    for demo in (False, True):
        product = build(Settings(data_dir=tmp_path, database_url=sqlite_url, demo=demo))
        with product.database.write() as db:
            if people.user_by_email(db, "juror@demo.example") is None:
                make_user(db, Role.JUROR, name="范知秋", email="juror@demo.example")
        page = Visitor(product).get("/sign-in").text
        assert ('value="juror@demo.example"' in page, "branch@demo.example" in page) == (demo, False)
        product.close()


# --- passwords and links ---------------------------------------------------------------------------


def test_a_forgotten_password_is_set_by_a_mailed_link_that_works_once(
    visitor: Visitor, clock: FixedClock
) -> None:
    product = visitor.product
    add_user(product, Role.JUROR, name="赵评委", email="juror@example.org")
    for email in ("nobody@example.org", "juror@example.org", "juror@example.org"):
        assert "如果这个邮箱有账号" in visitor.post("/forgot-password", {"email": email}).text
    with product.database.read() as db:
        letters = mail.waiting(db, product.clock.now())
    assert [letter.recipient for letter in letters] == ["juror@example.org"]
    found = re.search(r"http://testserver(/password/\S+)", letters[0].body)
    assert found is not None
    link = found.group(1)
    assert "赵评委，您好" in visitor.get(link).text
    short = visitor.post(link, {"password": "短", "repeated": "短"})
    assert (short.status_code, "至少需要 10 个字符" in short.text) == (422, True)
    done = visitor.post(link, {"password": PASSWORD, "repeated": PASSWORD})
    assert "密码已设置，您已登录" in done.text
    again = Visitor(product).get(link)
    assert (again.status_code, "已使用过或已过期" in again.text) == (409, True)


def test_a_link_expires(visitor: Visitor, clock: FixedClock) -> None:
    user = add_user(visitor.product, Role.JUROR)
    with visitor.product.database.write() as db:
        token = service.create_link(db, now=clock.now(), user=user)
    clock.advance(service.LINK_LIFE)
    assert visitor.get(f"/password/{token}").status_code == 409


def test_changing_the_password_signs_other_devices_out(visitor: Visitor) -> None:
    product = visitor.product
    user = add_user(product, Role.JUROR, email="juror@example.org")
    give_password(product, user)
    other = Visitor(product).sign_in(user)
    visitor.sign_in(user)
    new = "另一句好记又够长的话"
    wrong = visitor.post("/account/password", {"current": "x", "password": new, "repeated": new})
    assert (wrong.status_code, "现在的密码不正确" in wrong.text) == (422, True)
    done = visitor.post("/account/password", {"current": PASSWORD, "password": new, "repeated": new})
    assert "密码已修改" in done.text
    assert other.get("/account").url.path == "/sign-in"
    assert Visitor(product).post("/sign-in", {"email": user.email, "password": new}).url.path == "/"


# --- my account ------------------------------------------------------------------------------------


def test_name_and_language_are_remembered(visitor: Visitor) -> None:
    user = add_user(visitor.product, Role.JUROR)
    page = visitor.sign_in(user).post("/account/profile", {"name": "王小芳", "language": "en"})
    assert "My account" in page.text
    assert "王小芳" in page.text
    assert "My account" in Visitor(visitor.product).sign_in(user).get("/account").text


def test_a_token_is_shown_once_works_and_is_revoked(visitor: Visitor) -> None:
    visitor.sign_in(add_user(visitor.product, Role.JUROR))
    page = visitor.post("/account/tokens", {"token_name": "报送脚本"}).text
    found = re.search(r"exm_[\w-]+", page)
    assert found is not None
    assert found.group() not in visitor.get("/account").text
    program = Visitor(visitor.product).client
    program.headers["Authorization"] = f"Bearer {found.group()}"
    assert program.get("/api/v1/me").status_code == 200
    assert "只能用于开放接口" in program.get("/account").text
    revoke = re.search(r"/account/tokens/(\w+)/revoke", page)
    assert revoke is not None
    assert "令牌已作废" in visitor.post(revoke.group()).text
    assert program.get("/api/v1/me").status_code == 401


def test_others_tokens_are_not_found(visitor: Visitor) -> None:
    owner = Visitor(visitor.product).sign_in(add_user(visitor.product, Role.JUROR))
    page = owner.post("/account/tokens", {"token_name": "甲"}).text
    revoke = re.search(r"/account/tokens/\w+/revoke", page)
    assert revoke is not None
    visitor.sign_in(add_user(visitor.product, Role.JUROR))
    assert visitor.post(revoke.group()).status_code == 404


def test_other_devices_are_signed_out(visitor: Visitor) -> None:
    user = add_user(visitor.product, Role.JUROR)
    other = Visitor(visitor.product).sign_in(user)
    page = visitor.sign_in(user).get("/account").text
    assert page.count("这台设备") == 1
    visitor.post("/account/sessions/end")
    assert other.get("/account").url.path == "/sign-in"
    assert visitor.get("/account").url.path == "/account"


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140 Safari/537.36", "Chrome，Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18) MicroMessenger/8.0 Safari/604", "WeChat，iPhone"),
        ("curl/8", "其他程序"),
    ],
)
def test_browsers_are_named_as_people_know_them(agent: str, name: str) -> None:
    assert str(browser_name(agent)) == name


# --- users -----------------------------------------------------------------------------------------


def test_an_account_is_opened_with_a_link(signed_in: Visitor) -> None:
    page = signed_in.get("/admin/users/new").text
    assert "编排获奖案例选编" in page
    typed = {"name": "孙评委", "email": "sun@example.org", "roles": ["juror", "trainer"]}
    sent = signed_in.post("/admin/users/new", typed)
    link = re.search(r"http://testserver(/password/[\w-]+)", sent.text)
    assert link is not None
    assert "孙评委，您好" in Visitor(signed_in.product).get(link.group(1)).text
    listed = signed_in.get("/admin/users", params={"q": "孙评", "role": "trainer"}).text
    assert ("sun@example.org" in listed, "未设密码" in listed, "admin@example.org" in listed) == (
        True,
        True,
        False,
    )


def test_a_wrong_account_form_keeps_what_was_typed(signed_in: Visitor) -> None:
    typed = {"name": "", "email": "admin@example.org", "roles": []}
    refused = signed_in.post("/admin/users/new", {**typed, "name": "孙评委", "roles": ["juror"]})
    assert (refused.status_code, "这个邮箱已有账号" in refused.text) == (422, True)
    assert re.search(r'value="juror" checked', refused.text)
    refused = signed_in.post("/admin/users/new", typed)
    assert (refused.text.count('href="#name"'), refused.text.count('href="#roles"')) == (1, 1)


def test_roles_and_unit_are_changed(signed_in: Visitor) -> None:
    user = add_user(signed_in.product, Role.JUROR, name="孙评委", email="sun@example.org")
    with signed_in.product.database.write() as db:
        unit = make_unit(db, "幸福街道党工委")
    typed = {"name": "孙老师", "email": "sun@example.org", "unit_id": unit.id, "roles": ["trainer", "editor"]}
    page = signed_in.post(f"/admin/users/{user.id}", typed)
    assert "已保存" in page.text
    with signed_in.product.database.read() as db:
        changed = people.user(db, user.id)
        assert (changed.name, changed.unit_id, changed.roles) == (
            "孙老师",
            unit.id,
            frozenset({Role.TRAINER, Role.EDITOR}),
        )


def test_the_last_administrator_stays(signed_in: Visitor, administrator: User) -> None:
    typed = {"name": "甲", "email": "admin@example.org", "roles": ["juror"]}
    refused = signed_in.post(f"/admin/users/{administrator.id}", typed)
    assert (refused.status_code, "至少需要一位系统管理员" in refused.text) == (409, True)
    refused = signed_in.post(f"/admin/users/{administrator.id}/active", {"active": "false"})
    assert (refused.status_code, "不能停用自己的账号" in refused.text) == (409, True)


def test_an_organiser_looks_after_jurors_but_not_after_administrators(
    visitor: Visitor, administrator: User
) -> None:
    visitor.sign_in(add_user(visitor.product, Role.ORGANISER, name="组织者甲"))
    assert 'value="administrator"' not in visitor.get("/admin/users/new").text
    typed = {"name": "孙评委", "email": "sun@example.org"}
    assert visitor.post("/admin/users/new", {**typed, "roles": ["juror"]}).status_code == 200
    other = {"name": "孙", "email": "sun2@example.org", "roles": ["organiser"]}
    assert visitor.post("/admin/users/new", other).status_code == 403
    assert "只能由系统管理员修改" in visitor.get(f"/admin/users/{administrator.id}").text
    assert visitor.post(f"/admin/users/{administrator.id}/link").status_code == 403
    assert visitor.get("/admin/journal").status_code == 403


@pytest.mark.parametrize(
    "path", ["/admin", "/admin/users", "/admin/users/new", "/admin/units", "/admin/journal", "/outbox"]
)
def test_administration_is_not_for_everybody(visitor: Visitor, administrator: User, path: str) -> None:
    assert visitor.get(path).url.path == "/sign-in"
    visitor.sign_in(add_user(visitor.product, Role.JUROR, Role.SUBMITTER, Role.TRAINER, Role.EDITOR))
    refused = visitor.get(path)
    assert (refused.status_code, "data-reason" in refused.text) == (403, True)


# --- units -----------------------------------------------------------------------------------------


def test_units_are_added_renamed_and_moved_with_what_is_below(signed_in: Visitor) -> None:
    product = signed_in.product

    def find(name: str) -> Unit:
        with product.database.read() as db:
            unit = next(unit for unit in people.units(db) if unit.name == name)
            db.expunge(unit)
            return unit

    for name, parent in (("市委", ""), ("区委", "市委"), ("街道", "区委"), ("支部", "街道")):
        data = {"name": name, "parent_id": find(parent).id if parent else ""}
        assert f"已添加单位“{name}”" in signed_in.post("/admin/units", data).text
    twice = signed_in.post("/admin/units", {"name": "市委"})
    assert (twice.status_code, "已有同名的单位" in twice.text) == (422, True)
    street, district, top = find("街道"), find("区委"), find("市委")
    into_itself = {"name": "区委", "parent_id": street.id}
    refused = signed_in.post(f"/admin/units/{district.id}", into_itself)
    assert "不能移到自己或自己的下级之下" in refused.text
    moved = {"name": "幸福街道", "short_name": "幸福", "parent_id": top.id, "category_key": "community"}
    signed_in.post(f"/admin/units/{street.id}", moved)
    assert find("幸福街道").path == f"/{top.id}/{street.id}/"
    assert find("支部").path == f"/{top.id}/{street.id}/{find('支部').id}/"
    tree = signed_in.get("/admin/units").text
    assert re.findall(r'depth-(\d)"><span class="main"><a [^>]*>([^<]+)', tree) == [
        ("0", "市委"),
        ("1", "区委"),
        ("1", "幸福街道"),
        ("2", "支部"),
    ]


# --- outbox and journal ----------------------------------------------------------------------------


def test_the_outbox_shows_mails_before_and_after_sending(signed_in: Visitor) -> None:
    signed_in.post("/forgot-password", {"email": "admin@example.org"})
    page = signed_in.get("/outbox").text
    assert "等待发送" in page
    signed_in.product.worker.run_once()
    page = signed_in.get("/outbox").text
    assert "已发送" in page
    link = re.search(r"/outbox/\w+", page)
    assert link is not None
    assert "/password/" in signed_in.get(link.group()).text


def test_the_journal_is_listed_and_verified(signed_in: Visitor) -> None:
    signed_in.post("/admin/units", {"name": "市委"})
    page = signed_in.get("/admin/journal", params={"verify": "1"}).text
    assert ("添加单位" in page, "管理员甲" in page, "记录完整" in page) == (True, True, True)
    assert signed_in.get("/admin/journal", params={"before": "x"}).status_code == 422
    assert "还没有记录" in signed_in.get("/admin/journal", params={"before": "1"}).text


# --- home, preferences, help -----------------------------------------------------------------------


def test_home_shows_a_visitor_the_open_calls(visitor: Visitor, administrator: User) -> None:
    with visitor.product.database.write() as db:
        make_call(db, now=visitor.product.clock.now(), title="今年的征集")
        make_call(db, now=visitor.product.clock.now(), title="还没发布的征集", published=False)
    page = visitor.get("/").text
    assert ("今年的征集" in page, "还没发布的征集" in page) == (True, False)


def test_home_shows_a_branch_its_drafts_and_calls_to_answer(visitor: Visitor) -> None:
    product = visitor.product
    with product.database.write() as db:
        now = product.clock.now()
        unit = make_unit(db)
        actor = make_submitter(db, unit)
        call = make_call(db, now=now, title="今年的征集")
        make_call(db, now=now, title="另一个征集")
        make_draft(db, actor=actor, call=call, now=now, title="我们的草稿")
        make_draft(db, actor=make_submitter(db), call=call, now=now, title="别人的草稿")
        user = people.user(db, actor.user_id)
    page = visitor.sign_in(user).get("/").text
    waiting = re.findall(r'class="task-link"[^>]*>([^<]+)', page)
    assert waiting == ["我们的草稿", "另一个征集"]
    assert "别人的草稿" not in page


def test_home_shows_an_organiser_how_calls_fill(visitor: Visitor) -> None:
    product = visitor.product
    with product.database.write() as db:
        call = make_call(db, now=product.clock.now(), title="今年的征集")
        make_entry(db, call=call, now=product.clock.now())
    page = visitor.sign_in(add_user(product, Role.ORGANISER)).get("/").text
    assert "已收 1 个案例，另有 0 个草稿" in page


def test_text_size_theme_and_language_are_remembered_without_script(
    visitor: Visitor, administrator: User
) -> None:
    choice = {"zoom": "125", "theme": "dark", "lang": "en", "back": "/help"}
    page = visitor.get("/preferences", params=choice)
    assert page.url.path == "/help"
    assert '<html lang="en" class="z125" data-bs-theme="dark">' in page.text
    visitor.get("/preferences", params={"zoom": "9000", "theme": "red", "lang": "xx"})
    assert '<html lang="en" class="z125" data-bs-theme="dark">' in visitor.get("/help").text


@pytest.mark.parametrize(
    "path", ["/", "/help", "/account", "/admin", "/admin/users", "/admin/units", "/outbox"]
)
def test_pages_speak_english(signed_in: Visitor, path: str) -> None:
    signed_in.speak("en")
    page = signed_in.get(path)
    assert page.status_code == 200
    data = "|".join(["中文", "管理员甲", "案例征集与评审系统", *(each.name for each in CATEGORIES)])
    left = re.sub(data, "", page.text)
    assert re.findall(r"[\u3400-\u9fff]+", left) == []


def test_pages_hold_no_inline_script_or_style(signed_in: Visitor) -> None:
    for path in ("/", "/account", "/admin", "/admin/users/new", "/admin/units", "/nowhere"):
        page = signed_in.get(path).text
        assert re.findall(r"<script(?![^>]*\bsrc=)|\son\w+=|\sstyle=", page) == []
