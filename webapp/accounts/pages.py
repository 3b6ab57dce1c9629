"""Pages of one's own account: signing in and out, passwords, sessions, personal tokens."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from sqlalchemy.orm import Session
from starlette.responses import Response
from starlette.routing import Route

from foundation import people
from foundation.actor import Actor, Role
from foundation.errors import FieldError, Forbidden, Invalid, Refused
from foundation.forms import read_form
from foundation.people import User
from foundation.text import Text, _
from foundation.web import Handler, Rq, get, post, with_query
from webapp.accounts import directory, passwords, service
from webapp.accounts.forms import (
    EmailForm,
    FirstUserForm,
    NewPasswordForm,
    ProfileForm,
    SignInForm,
    TokenForm,
)
from webapp.accounts.models import Credential

LINK_PATH = "/password/"


@dataclass(frozen=True, slots=True)
class TryOut:
    """An account of the demonstration that anybody may try; `todo` says what waits for it."""

    name: str
    email: str
    password: str
    roles: frozenset[Role]
    todo: str


TryOuts = Callable[[Session], Sequence[TryOut]]


def nobody_tries(_db: Session) -> Sequence[TryOut]:
    """Everywhere but in the demonstration."""
    return ()


def routes(try_outs: TryOuts = nobody_tries) -> list[Route]:
    """The pages. `try_outs` are accounts that the sign-in page offers with one press."""
    page = partial(sign_in_page, try_outs=try_outs)
    return [
        get("/sign-in", page),
        post("/sign-in", partial(sign_in, page=page), again=page, prepare=_check_sign_in),
        post("/sign-out", sign_out),
        get("/setup", setup_page),
        post("/setup", setup, again=setup_page, prepare=_hash_first),
        get("/forgot-password", forgot_page),
        post("/forgot-password", forgot, again=forgot_page),
        get(LINK_PATH + "{token}", link_page),
        post(LINK_PATH + "{token}", set_by_link, again=link_page, prepare=_hash_new),
        get("/account", account_page),
        post("/account/profile", save_profile, again=account_page),
        post("/account/password", change_password, again=account_page, prepare=_check_change),
        post("/account/sessions/end", end_other_sessions, again=account_page),
        post("/account/tokens", create_token, again=account_page),
        post("/account/tokens/{id}/revoke", revoke_token, again=account_page),
    ]


# --- in and out ------------------------------------------------------------------------------------


def onward(rq: Rq, user: User, address: str) -> str:
    """Where somebody goes next who answered by a mailed link and wants to get to an address of ours: there,
    if it is he who is signed in; else to the sign-in; without a password to choosing one."""
    if rq.actor.user_id == user.id:
        return address
    if rq.db.get(Credential, user.id) is not None:
        return with_query("/sign-in", back=address)
    return LINK_PATH + service.create_link(rq.db, now=rq.now, user=user)


def own_path(path: str) -> str:
    """A place of ours to go back to; anything else is the home page."""
    inside = path.startswith("/") and not path.startswith(("//", "/\\")) and "\n" not in path
    return path if inside else "/"


def _cookie(rq: Rq) -> str:
    return service.cookie_name(rq.edge.secure_cookies)


def _enter(rq: Rq, user: User) -> None:
    """Start a session in this browser; an older one of it ends."""
    if old := rq.request.cookies.get(_cookie(rq)):
        service.end_session(rq.db, old)
    browser = rq.request.headers.get("user-agent", "")
    token = service.start_session(rq.db, user=user, now=rq.now, browser=browser, address=rq.address)
    rq.set_cookie(_cookie(rq), token, int(service.ABSOLUTE.total_seconds()))


def sign_in_page(rq: Rq, try_outs: TryOuts) -> Response:
    if not service.any_user(rq.db):
        return rq.redirect("/setup")
    back = own_path(rq.field("back") or rq.query("back", "/"))
    if rq.actor.signed_in:
        return rq.redirect(back)
    return rq.render("accounts/sign_in.html", back=back, try_outs=try_outs(rq.db))


@dataclass(frozen=True, slots=True)
class _SignIn:
    form: SignInForm
    user_id: str | None


def _check_sign_in(rq: Rq) -> _SignIn:
    form = read_form(SignInForm, rq.form)
    email = people.normal_email(form.email)
    user_id = service.check_password(
        rq.db, now=rq.now, email=email, password=form.password, address=rq.address
    )
    return _SignIn(form, user_id)


def sign_in(rq: Rq, page: Handler) -> Response:
    checked: _SignIn = rq.prepared
    if checked.user_id is None:
        # the count must be kept, so nothing is raised here
        email = people.normal_email(checked.form.email)
        service.note_failure(rq.db, now=rq.now, email=email, address=rq.address)
        rq.problem = Invalid([FieldError("password", _("邮箱或密码不正确。请检查大小写和输入法后再试。"))])
        response = page(rq)
        response.status_code = rq.problem.status
        return response
    _enter(rq, people.user(rq.db, checked.user_id))
    return rq.redirect(own_path(checked.form.back))


def sign_out(rq: Rq) -> Response:
    if token := rq.request.cookies.get(_cookie(rq)):
        service.end_session(rq.db, token)
    rq.set_cookie(_cookie(rq), "", 0)
    return rq.redirect("/sign-in", done=_("已退出登录。"))


# --- the first user --------------------------------------------------------------------------------


def setup_page(rq: Rq) -> Response:
    if service.any_user(rq.db):
        return rq.redirect("/sign-in")
    return rq.render("accounts/setup.html", shortest=passwords.SHORTEST)


def _new_password(form: NewPasswordForm) -> str:
    """The hash of a new password, if it is one.

    Raises:
        Invalid
    """
    if form.password != form.repeated:
        raise Invalid([FieldError("repeated", _("两次输入的密码不一致，请重新输入"))])
    service.check_new_password(form.password)
    return passwords.hash_password(form.password)


def _hash_first(rq: Rq) -> tuple[FirstUserForm, str]:
    if service.any_user(rq.db):
        raise Refused(_("系统中已有账号。请登录，或联系系统管理员。"))
    form = read_form(FirstUserForm, rq.form)
    return form, _new_password(form)


def setup(rq: Rq) -> Response:
    form, password_hash = rq.prepared
    user = directory.create_first_user(rq.db, now=rq.now, name=form.name, email=form.email)
    actor = people.actor_of(user)
    service.set_password(rq.db, actor=actor, now=rq.now, user=user, password_hash=password_hash)
    _enter(rq, user)
    return rq.redirect("/", done=_("管理员账号已建立。接下来可以添加单位和用户，或直接新建征集活动。"))


# --- forgotten passwords ---------------------------------------------------------------------------


def forgot_page(rq: Rq) -> Response:
    return rq.render("accounts/forgot.html")


def forgot(rq: Rq) -> Response:
    form = read_form(EmailForm, rq.form)
    directory.request_link(
        rq.db, now=rq.now, email=form.email, site_name=rq.edge.site_name, address=rq.absolute(LINK_PATH)
    )
    return rq.redirect(
        "/sign-in", done=_("如果这个邮箱有账号，几分钟内会收到设置密码的邮件。没有收到请联系系统管理员。")
    )


def link_page(rq: Rq) -> Response:
    user = service.link_user(rq.db, now=rq.now, token=rq.path("token"))
    return rq.render("accounts/set_password.html", user=user, shortest=passwords.SHORTEST)


def _hash_new(rq: Rq) -> str:
    service.link_user(rq.db, now=rq.now, token=rq.path("token"))
    return _new_password(read_form(NewPasswordForm, rq.form))


def set_by_link(rq: Rq) -> Response:
    user = service.use_link(rq.db, now=rq.now, token=rq.path("token"), password_hash=rq.prepared)
    _enter(rq, user)
    return rq.redirect("/", done=_("密码已设置，您已登录。"))


# --- my account ------------------------------------------------------------------------------------


def _own(rq: Rq) -> Actor:
    """The owner at a browser: a token must not make further tokens or change what it hangs on."""
    actor = rq.signed_in()
    if rq.identity.by_token:
        raise Forbidden(_("个人令牌只能用于开放接口。请在浏览器中登录后管理账号。"))
    return actor


def account_page(rq: Rq) -> Response:
    return _account(rq)


def _account(rq: Rq, new_token: str = "") -> Response:
    actor = _own(rq)
    return rq.render(
        "accounts/account.html",
        user=people.user(rq.db, actor.user_id),
        sessions=service.sessions_of(rq.db, actor.user_id, rq.now),
        this_session=rq.identity.key,
        tokens=service.tokens_of(rq.db, actor.user_id),
        new_token=new_token,
        browser_name=browser_name,
        shortest=passwords.SHORTEST,
    )


def save_profile(rq: Rq) -> Response:
    user = people.user(rq.db, _own(rq).user_id)
    form = read_form(ProfileForm, rq.form)
    user.name, user.language = form.name, form.language
    rq.set_cookie("lang", form.language, 0 if not form.language else 365 * 24 * 3600)
    return rq.redirect("/account", done=_("已保存。"))


def _check_change(rq: Rq) -> str:
    actor = _own(rq)
    form = read_form(NewPasswordForm, rq.form)
    credential = rq.db.get(Credential, actor.user_id)
    if credential is None or not passwords.matches(form.current, credential.password_hash):
        raise Invalid([FieldError("current", _("现在的密码不正确"))])
    return _new_password(form)


def change_password(rq: Rq) -> Response:
    actor = _own(rq)
    user = people.user(rq.db, actor.user_id)
    service.set_password(rq.db, actor=actor, now=rq.now, user=user, password_hash=rq.prepared)
    service.end_sessions(rq.db, user_id=user.id, but_token=rq.request.cookies.get(_cookie(rq), ""))
    return rq.redirect("/account", done=_("密码已修改，其他设备上的登录已全部退出。"))


def end_other_sessions(rq: Rq) -> Response:
    actor = _own(rq)
    service.end_sessions(rq.db, user_id=actor.user_id, but_token=rq.request.cookies.get(_cookie(rq), ""))
    return rq.redirect("/account", done=_("其他设备上的登录已全部退出。"))


def create_token(rq: Rq) -> Response:
    actor = _own(rq)
    form = read_form(TokenForm, rq.form)
    token = service.create_token(rq.db, actor=actor, now=rq.now, name=form.token_name)
    return _account(rq, token)


def revoke_token(rq: Rq) -> Response:
    service.revoke_token(rq.db, actor=_own(rq), token_id=rq.path("id"))
    return rq.redirect("/account", done=_("令牌已作废，使用它的程序不能再访问。"))


# --- words -----------------------------------------------------------------------------------------

_BROWSERS: tuple[tuple[str, str], ...] = (
    ("Edg/", "Edge"),
    ("MicroMessenger", "WeChat"),
    ("QQBrowser", "QQ Browser"),
    ("360SE", "360"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
_SYSTEMS: tuple[tuple[str, str], ...] = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def browser_name(agent: str) -> Text:
    """A user agent as people know it: "Chrome，Windows"."""
    browser = _first(_BROWSERS, agent)
    system = _first(_SYSTEMS, agent)
    if browser and system:
        return _("%(browser)s，%(system)s", browser=browser, system=system)
    return _("其他程序")


def _first(known: tuple[tuple[str, str], ...], agent: str) -> str:
    return next((name for mark, name in known if mark in agent), "")
