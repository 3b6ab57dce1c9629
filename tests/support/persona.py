"""Somebody with an account and a browser of his own, for journeys."""

from pathlib import Path

from playwright.sync_api import Browser, Locator, expect

from foundation import people
from foundation.people import User
from tests.support.eyes import Eyes
from webapp.accounts import passwords, service
from webapp.wiring import Product

PASSWORD = "春风化雨润物无声二零二六"  # of accounts of the tests only
PATIENCE = 30_000
"""Milliseconds to wait for anything: a busy machine is slow, not broken."""
_HASH: list[str] = []


def give_password(product: Product, user: User) -> None:
    """Everybody of a journey has the same password: hashing is slow on purpose."""
    if not _HASH:
        _HASH.append(passwords.hash_password(PASSWORD))
    with product.database.write() as db:
        service.set_password(
            db,
            actor=people.actor_of(user),
            now=product.clock.now(),
            user=people.user(db, user.id),
            password_hash=_HASH[0],
        )


class Persona:
    """A browser window at the served product; what is wrong on its pages collects in `eyes.faults`."""

    def __init__(self, browser: Browser, address: str, email: str, folder: Path) -> None:
        self._address = address
        self._email = email
        self.page = browser.new_context(
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            viewport={"width": 1280, "height": 900},
            base_url=address,
            accept_downloads=True,
            reduced_motion="reduce",
        ).new_page()
        self.page.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        self.eyes = Eyes(self.page, folder)

    def enter(self) -> "Persona":
        """Sign in by the form; again after the clock was moved, since sessions end by themselves."""
        self.page.context.clear_cookies()
        self.page.goto("/sign-in")
        self.page.get_by_label("邮箱").fill(self._email)
        self.page.get_by_label("密码").fill(PASSWORD)
        self.main.get_by_role("button", name="登录").click()
        self.page.wait_for_url(f"{self._address}/")
        return self

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    def go(self, path: str) -> "Persona":
        self.page.goto(path)
        return self

    def press(self, name: str, *, exact: bool = False) -> None:
        """Press the first button or link of the page's main part with this name."""
        either = self.main.get_by_role("button", name=name, exact=exact).or_(
            self.main.get_by_role("link", name=name, exact=exact)
        )
        either.first.click()

    def says(self, sentence: str) -> None:
        """Wait until the page says this somewhere."""
        self.page.get_by_text(sentence).first.wait_for()

    def close(self) -> None:
        """Keep a picture of the last page: after a failure it shows what went wrong."""
        self.eyes.picture(f"last-{self._email.partition('@')[0]}")
        self.page.context.close()
