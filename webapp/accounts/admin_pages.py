"""Pages of those who look after the system: users, units, the outbox, the journal."""

from typing import Any

from starlette.responses import Response
from starlette.routing import Route

from foundation import journal, people
from foundation.actor import Role
from foundation.errors import FieldError, Invalid
from foundation.forms import read_form
from foundation.permission import require
from foundation.text import _
from foundation.web import Rq, get, post
from submissions.call_templates import CATEGORIES
from webapp.accounts import actions, directory, policy
from webapp.accounts.forms import ActiveForm, UnitForm, UserForm
from webapp.accounts.pages import LINK_PATH


def routes() -> list[Route]:
    return [
        get("/admin", overview),
        get("/admin/users", users_page),
        get("/admin/users/new", new_user_page),
        post("/admin/users/new", create_user, again=new_user_page),
        get("/admin/users/{id}", user_page),
        post("/admin/users/{id}", change_user, again=user_page),
        post("/admin/users/{id}/active", set_active, again=user_page),
        post("/admin/users/{id}/link", send_link, again=user_page),
        get("/admin/units", units_page),
        post("/admin/units", create_unit, again=units_page),
        get("/admin/units/{id}", unit_page),
        post("/admin/units/{id}", change_unit, again=unit_page),
        get("/admin/journal", journal_page),
        get("/outbox", outbox_page),
        get("/outbox/{id}", mail_page),
    ]


def overview(rq: Rq) -> Response:
    require(policy.administer(rq.signed_in()))
    return rq.render(
        "accounts/admin.html",
        users=directory.find_users(rq.db).total,
        units=len(people.units(rq.db)),
        entries=journal.latest(rq.db, limit=8),
        names=_Names(rq),
        action_name=actions.action_name,
    )


# --- users -----------------------------------------------------------------------------------------


def users_page(rq: Rq) -> Response:
    actor = rq.signed_in()
    require(policy.look_after_accounts(actor))
    words, role, page = rq.query("q"), rq.query("role"), _page(rq)
    found = directory.find_users(rq.db, words=words, role=role, page=page)
    return rq.render(
        "accounts/users.html",
        found=found,
        words=words,
        role=role,
        roles=list(Role),
        page=page,
        pages=-(-found.total // directory.PAGE),
    )


def _page(rq: Rq) -> int:
    number = rq.query("page", "1")
    return max(int(number), 1) if number.isascii() and number.isdigit() and len(number) < 6 else 1


def _user_form(rq: Rq, template: str, **context: Any) -> Response:
    actor = rq.signed_in()
    return rq.render(
        template,
        roles=[role for role in Role if role in policy.grantable(actor)],
        tree=directory.unit_tree(rq.db),
        **context,
    )


def new_user_page(rq: Rq) -> Response:
    require(policy.look_after_accounts(rq.signed_in()))
    return _user_form(rq, "accounts/user_new.html")


def create_user(rq: Rq) -> Response:
    actor = rq.signed_in()
    form = read_form(UserForm, rq.form)
    user = directory.create_user(rq.db, actor=actor, now=rq.now, form=form)
    return _sent(rq, user.id)


def _sent(rq: Rq, user_id: str) -> Response:
    """Mail the link, and show it once: on many intranets it is handed over by phone or in person."""
    link = directory.send_link(
        rq.db,
        actor=rq.signed_in(),
        now=rq.now,
        user_id=user_id,
        site_name=rq.edge.site_name,
        address=rq.absolute(LINK_PATH),
    )
    return rq.render("accounts/link_sent.html", user=people.user(rq.db, user_id), link=link)


def user_page(rq: Rq) -> Response:
    actor = rq.signed_in()
    require(policy.look_after_accounts(actor))
    user = people.user(rq.db, rq.path("id"))
    return _user_form(
        rq,
        "accounts/user.html",
        user=user,
        denied=policy.change_user(actor, user.roles),
        entries=journal.history(rq.db, user.id)[-20:][::-1],
        names=_Names(rq),
        action_name=actions.action_name,
    )


def change_user(rq: Rq) -> Response:
    form = read_form(UserForm, rq.form)
    user = directory.change_user(rq.db, actor=rq.signed_in(), now=rq.now, user_id=rq.path("id"), form=form)
    return rq.redirect(f"/admin/users/{user.id}", done=_("已保存。"))


def set_active(rq: Rq) -> Response:
    form = read_form(ActiveForm, rq.form)
    user = directory.set_active(
        rq.db, actor=rq.signed_in(), now=rq.now, user_id=rq.path("id"), active=form.active
    )
    done = _("账号已启用。") if user.active else _("账号已停用，其登录已全部退出。")
    return rq.redirect(f"/admin/users/{user.id}", done=done)


def send_link(rq: Rq) -> Response:
    return _sent(rq, rq.path("id"))


# --- units -----------------------------------------------------------------------------------------


def units_page(rq: Rq) -> Response:
    require(policy.look_after_accounts(rq.signed_in()))
    return rq.render("accounts/units.html", tree=directory.unit_tree(rq.db), categories=CATEGORIES)


def create_unit(rq: Rq) -> Response:
    form = read_form(UnitForm, rq.form)
    directory.create_unit(rq.db, actor=rq.signed_in(), now=rq.now, form=form)
    return rq.redirect("/admin/units", done=_("已添加单位“%(name)s”。", name=form.name))


def unit_page(rq: Rq) -> Response:
    require(policy.look_after_accounts(rq.signed_in()))
    unit = people.unit(rq.db, rq.path("id"))
    tree = directory.unit_tree(rq.db)
    return rq.render(
        "accounts/unit.html",
        unit=unit,
        above=people.units_above(rq.db, unit)[::-1],
        parents=[node for node in tree if not node.unit.path.startswith(unit.path)],
        below=[node for node in tree if node.unit.parent_id == unit.id],
        users=directory.find_users(rq.db, words=unit.name).users,
        categories=CATEGORIES,
    )


def change_unit(rq: Rq) -> Response:
    form = read_form(UnitForm, rq.form)
    directory.change_unit(rq.db, actor=rq.signed_in(), now=rq.now, unit_id=rq.path("id"), form=form)
    return rq.redirect("/admin/units", done=_("已保存单位“%(name)s”。", name=form.name))


# --- outbox and journal ----------------------------------------------------------------------------


def outbox_page(rq: Rq) -> Response:
    letters = directory.outbox(rq.db, actor=rq.signed_in(), before=rq.query("before"))
    return rq.render("accounts/outbox.html", letters=letters)


def mail_page(rq: Rq) -> Response:
    letter = directory.letter(rq.db, actor=rq.signed_in(), mail_id=rq.path("id"))
    return rq.render("accounts/mail.html", letter=letter)


def journal_page(rq: Rq) -> Response:
    require(policy.administer(rq.signed_in()))
    before = rq.query("before")
    if before and not (before.isascii() and before.isdigit() and len(before) < 16):
        raise Invalid([FieldError("before", _("请填写整数"))])
    return rq.render(
        "accounts/journal.html",
        entries=journal.latest(rq.db, before=int(before) if before else None, limit=100),
        verification=journal.verify(rq.db) if rq.query("verify") else None,
        names=_Names(rq),
        action_name=actions.action_name,
    )


class _Names:
    """Names of people and units by id, each looked up once a page."""

    def __init__(self, rq: Rq) -> None:
        self._rq = rq
        self._known: dict[str, str] = {}

    def __call__(self, key: str) -> str:
        if key not in self._known:
            self._known[key] = self._look_up(key)
        return self._known[key]

    def _look_up(self, key: str) -> str:
        if key in ("system", "anonymous"):
            return str(_("系统")) if key == "system" else str(_("访客"))
        found = self._rq.db.get(people.User, key) or self._rq.db.get(people.Unit, key)
        return found.name if found else key
