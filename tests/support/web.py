"""A visitor of the pages: a test client that carries the session and the CSRF token as a browser does."""

import re
from typing import Any

import httpx2
from starlette.testclient import TestClient

from foundation import csrf
from foundation.people import User, actor_of
from webapp.accounts import service as accounts
from webapp.wiring import Product

_TOKEN = re.compile(r'name="csrf"[^>]*value="([0-9a-f]+)"|value="([0-9a-f]+)"[^>]*name="csrf"')


class Visitor:
    """Somebody at a browser; signed in after `sign_in`. Redirects are followed unless said otherwise."""

    def __init__(self, product: Product) -> None:
        self.product = product
        self.client = TestClient(product.app, follow_redirects=True)
        self._key = ""

    def sign_in(self, user: User, *, language: str = "") -> "Visitor":
        """Start a session for the user, without the slow password."""
        with self.product.database.write() as db:
            now = self.product.clock.now()
            token = accounts.start_session(db, user=user, now=now, browser="tests", address="127.0.0.1")
        self._key = accounts.digest(token)
        self.client.cookies.set(accounts.cookie_name(self.product.settings.secure_cookies), token)
        return self.speak(language) if language else self

    def speak(self, language: str) -> "Visitor":
        self.client.cookies.set("lang", language)
        return self

    @property
    def csrf_token(self) -> str:
        """The token that our own pages put into this visitor's forms."""
        if not self._key and "visitor" not in self.client.cookies:
            self.client.get("/")  # gives a visitor his cookie
        return csrf.token(self.product.edge.secret, self._key or self.client.cookies.get("visitor") or "")

    def get(self, path: str, **options: Any) -> httpx2.Response:
        return self.client.get(path, **options)

    def post(self, path: str, data: dict[str, Any] | None = None, **options: Any) -> httpx2.Response:
        """Post a form with its token."""
        return self.client.post(path, data={"csrf": self.csrf_token, **(data or {})}, **options)

    def token(self, user: User) -> dict[str, str]:
        """Headers with a personal token of the user, for the JSON API."""
        with self.product.database.write() as db:
            token = accounts.create_token(
                db, actor=actor_of(user), now=self.product.clock.now(), name="tests"
            )
        return {"Authorization": f"Bearer {token}"}


def shown_token(page: str) -> str:
    """The CSRF token in a page's first form, "" when there is none."""
    match = _TOKEN.search(page)
    return next(filter(None, match.groups()), "") if match else ""
