"""Signing in and out, passwords, tokens."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session
from starlette.requests import Request

from foundation import tries
from foundation.actor import ANONYMOUS, Actor
from foundation.errors import FieldError, Invalid, NotFound, Refused
from foundation.journal import Event, record
from foundation.people import User, actor_of, user_by_email
from foundation.text import _
from foundation.web import NOBODY, Identity
from webapp.accounts import passwords
from webapp.accounts.models import Credential, OneTimeLink, PersonalToken, UserSession

IDLE = timedelta(hours=2)
ABSOLUTE = timedelta(hours=12)
REFRESH = timedelta(minutes=5)
FAILURES_PER_ACCOUNT = 10
FAILURES_PER_ADDRESS = 60
LINK_LIFE = timedelta(hours=24)
_IDENTIFIED = "identified user"
"""Held by the session: else its identity map forgets the user and each later look costs three queries."""
TOKEN_PREFIX = "exm_"  # noqa: S105  # a visible prefix of personal tokens, not a secret


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn(Event):
    action: ClassVar[str] = "account.signed_in"
    user_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordChanged(Event):
    action: ClassVar[str] = "account.password_changed"
    user_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenCreated(Event):
    action: ClassVar[str] = "account.token_created"
    user_id: str
    token_id: str


def cookie_name(secure: bool) -> str:
    """Browsers accept a `__Host-` cookie only over HTTPS and for this host alone."""
    return "__Host-sid" if secure else "sid"


def digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def check_password(db: Session, *, now: datetime, email: str, password: str, address: str) -> str | None:
    """The user's id if the password is right, else None. Slow on purpose: not inside a write transaction.

    Raises:
        TooMany: too many failures for this account or from this address lately.
    """
    tries.refuse_more(
        db,
        now=now,
        limits=_counted(email, address),
        reason=_("登录失败次数过多，请 15 分钟后再试，或联系管理员重置密码。"),
    )
    found = user_by_email(db, email)
    credential = db.get(Credential, found.id) if found and found.active else None
    if credential is None:
        passwords.spend_time()
        return None
    return credential.user_id if passwords.matches(password, credential.password_hash) else None


def note_failure(db: Session, *, now: datetime, email: str, address: str) -> None:
    """Count a wrong password."""
    tries.note(db, now=now, names=_counted(email, address))


def _counted(email: str, address: str) -> dict[str, int]:
    return {f"account:{email}": FAILURES_PER_ACCOUNT, f"address:{address}": FAILURES_PER_ADDRESS}


def start_session(db: Session, *, user: User, now: datetime, browser: str, address: str) -> str:
    """Sign in: returns the token for the cookie."""
    token = secrets.token_urlsafe(32)
    db.add(
        UserSession(
            token_hash=digest(token),
            user_id=user.id,
            created_at=now,
            seen_at=now,
            browser=browser[:200],
            address=address[:64],
        )
    )
    db.execute(delete(UserSession).where(UserSession.created_at < now - ABSOLUTE))
    record(db, actor=actor_of(user), now=now, event=SignedIn(user_id=user.id))
    return token


def end_session(db: Session, token: str) -> None:
    db.execute(delete(UserSession).where(UserSession.token_hash == digest(token)))


def end_sessions(db: Session, *, user_id: str, but_token: str = "") -> None:
    """Sign out everywhere, except the browser that asks."""
    db.execute(
        delete(UserSession).where(UserSession.user_id == user_id, UserSession.token_hash != digest(but_token))
    )


def sessions_of(db: Session, user_id: str, now: datetime) -> Sequence[UserSession]:
    alive = (UserSession.seen_at > now - IDLE, UserSession.created_at > now - ABSOLUTE)
    return db.scalars(
        select(UserSession).where(UserSession.user_id == user_id, *alive).order_by(UserSession.seen_at.desc())
    ).all()


def identify(db: Session, request: Request, now: datetime) -> Identity:
    """Who sends this request: by personal token, by session cookie, or nobody."""
    scheme, _space, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return _by_token(db, token)
    cookie = request.cookies.get(cookie_name(request.app.state.edge.secure_cookies))
    if not cookie:
        return NOBODY
    row = db.scalar(select(UserSession).where(UserSession.token_hash == digest(cookie)))
    if row is None or row.seen_at <= now - IDLE or row.created_at <= now - ABSOLUTE:
        return NOBODY
    user = db.get(User, row.user_id)
    if user is None or not user.active:
        return NOBODY
    db.info[_IDENTIFIED] = user
    stale = row.id if row.seen_at < now - REFRESH else None
    return Identity(actor_of(user), key=row.token_hash, language=user.language, stale=stale)


def _by_token(db: Session, token: str) -> Identity:
    row = db.scalar(select(PersonalToken).where(PersonalToken.token_hash == digest(token.strip())))
    user = db.get(User, row.user_id) if row else None
    if row is None or user is None or not user.active:
        return Identity(ANONYMOUS, by_token=True)
    db.info[_IDENTIFIED] = user
    return Identity(actor_of(user), key=row.token_hash, language=user.language, by_token=True)


def touch(db: Session, session_id: str, now: datetime) -> None:
    row = db.get(UserSession, session_id)
    if row is not None:
        row.seen_at = now


def check_new_password(password: str) -> None:
    """Length is what protects; no rules of composition (NIST SP 800-63B 3.1.1).

    Raises:
        Invalid
    """
    if not passwords.SHORTEST <= len(password) <= passwords.LONGEST:
        message = _("密码至少需要 %(shortest)s 个字符，可以是一句话", shortest=passwords.SHORTEST)
        raise Invalid([FieldError("password", message)])


def set_password(db: Session, *, actor: Actor, now: datetime, user: User, password_hash: str) -> None:
    """Give the account this password (already hashed); links mailed before set no other one."""
    void_links(db, now=now, user_id=user.id)
    credential = db.get(Credential, user.id)
    if credential is None:
        db.add(Credential(user_id=user.id, password_hash=password_hash, changed_at=now))
    else:
        credential.password_hash = password_hash
        credential.changed_at = now
    record(db, actor=actor, now=now, event=PasswordChanged(user_id=user.id))


def create_token(db: Session, *, actor: Actor, now: datetime, name: str) -> str:
    """Make a personal token for the API; it is shown once and kept as a hash."""
    token = TOKEN_PREFIX + secrets.token_urlsafe(32)
    row = PersonalToken(token_hash=digest(token), user_id=actor.user_id, name=name[:100], created_at=now)
    db.add(row)
    db.flush()
    record(db, actor=actor, now=now, event=TokenCreated(user_id=actor.user_id, token_id=row.id))
    return token


def tokens_of(db: Session, user_id: str) -> Sequence[PersonalToken]:
    return db.scalars(
        select(PersonalToken).where(PersonalToken.user_id == user_id).order_by(PersonalToken.created_at)
    ).all()


def revoke_token(db: Session, *, actor: Actor, token_id: str) -> None:
    row = db.get(PersonalToken, token_id)
    if row is None or row.user_id != actor.user_id:
        raise NotFound
    db.delete(row)


def create_link(db: Session, *, now: datetime, user: User) -> str:
    """A one-time token with which the user sets a password; the caller mails the link."""
    token = secrets.token_urlsafe(32)
    db.add(OneTimeLink(token_hash=digest(token), user_id=user.id, expires_at=now + LINK_LIFE))
    return token


def void_links(db: Session, *, now: datetime, user_id: str) -> None:
    """One-time links of the account that nobody has used yet cannot be used any more."""
    unused = (OneTimeLink.user_id == user_id) & OneTimeLink.used_at.is_(None)
    db.execute(update(OneTimeLink).where(unused).values(used_at=now))


def link_user(db: Session, *, now: datetime, token: str) -> User:
    """Whom an unused, fresh link belongs to.

    Raises:
        Refused: the link was used or has run out.
    """
    row = db.scalar(select(OneTimeLink).where(OneTimeLink.token_hash == digest(token)))
    user = db.get(User, row.user_id) if row else None
    if row is None or user is None or row.used_at is not None or row.expires_at <= now:
        raise Refused(_("这个链接已使用过或已过期。请在登录页重新申请。"))
    return user


def use_link(db: Session, *, now: datetime, token: str, password_hash: str) -> User:
    """Set the password by a one-time link.

    Raises:
        Refused
    """
    user = link_user(db, now=now, token=token)
    row = db.scalars(select(OneTimeLink).where(OneTimeLink.token_hash == digest(token))).one()
    row.used_at = now
    end_sessions(db, user_id=user.id)
    set_password(db, actor=actor_of(user), now=now, user=user, password_hash=password_hash)
    return user


def any_user(db: Session) -> bool:
    return db.scalar(select(User.id).limit(1)) is not None
