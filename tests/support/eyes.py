"""What a careful person sees on each page: a picture, accessibility, overflow, errors in the console."""

import os
import re
from pathlib import Path
from typing import Any

from playwright.sync_api import ConsoleMessage, Page

AXE = Path(__file__).parent / "vendor/axe-core/axe.min.js"
FOLDER_VARIABLE = "EXEMPLAR_SCREENSHOTS"
"""Names the folder for the pictures; without it none are taken."""

_RUN = """async () => {
  const found = await axe.run({resultTypes: ['violations']});
  return found.violations.filter(one => ['serious', 'critical'].includes(one.impact))
    .map(one => one.id + ' ' + one.nodes[0].html.slice(0, 160));
}"""
_WIDER = """() => [...document.querySelectorAll('body *')]
  .filter(one => one.getBoundingClientRect().right > innerWidth + 1
    && getComputedStyle(one).position !== 'absolute'
    && !one.closest('.nav2 ul, .tabs, .table-scroll, .prose table, .visually-hidden, pre, [data-wide]'))
  .slice(0, 3).map(one => one.outerHTML.slice(0, 120))"""
_EXPECTED = re.compile(r"status of 4\d\d|Password forms should have|Password field is not contained")
"""What Chromium says about a refusal, which journeys provoke on purpose, and advice that is no error."""


class Eyes:
    """Looks at one browser page after another; `faults` collects what is wrong, to be compared with []."""

    def __init__(self, page: Page, folder: Path) -> None:
        named = os.environ.get(FOLDER_VARIABLE)
        self._kept = bool(named)
        self._folder = Path(named) if named else folder
        self._folder.mkdir(parents=True, exist_ok=True)
        self.page = page
        page.emulate_media(reduced_motion="reduce")  # no colour is looked at on its way to another
        self.faults: list[str] = []
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.faults.append(f"{page.url} {error}"))

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not _EXPECTED.search(message.text):
            self.faults.append(f"{self.page.url} {message.text}")

    def picture(self, name: str) -> None:
        """Only the picture, where somebody wants to keep it: taking one costs as much as a page."""
        if self._kept:
            self.page.screenshot(path=self._folder / f"{name}.png", full_page=True)

    def look(self, name: str, *, axe: bool = True) -> None:
        """Take a picture of the whole page and check it as it is, once it has arrived."""
        self.page.wait_for_load_state()
        self.picture(name)
        self._check_width(name)
        if axe:
            self._check_access(name)

    def look_narrow(self, name: str, *, width: int = 390) -> None:
        """The same on a phone; the page is as wide as before afterwards."""
        self.page.wait_for_load_state()
        before = self.page.viewport_size
        self.page.set_viewport_size({"width": width, "height": 844})
        self.picture(f"{name}-{width}")
        self._check_width(f"{name} at {width} px")
        if before:
            self.page.set_viewport_size(before)

    def _check_width(self, name: str) -> None:
        over = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        if over > 0:
            widest: list[Any] = self.page.evaluate(_WIDER)
            self.faults.append(f"{name}: {over} px too wide {widest}")

    def _check_access(self, name: str) -> None:
        if not self.page.evaluate("typeof axe === 'object'"):
            self.page.evaluate(AXE.read_text(encoding="utf-8") + ";1")
        found: list[str] = self.page.evaluate(_RUN)
        self.faults += [f"{name}: {one}" for one in found]
