"""A real browser: Debian's chromium by its path, or Playwright's own where that is installed.

The headless shell comes first: the same engine without a window system costs a third less of the processor.
"""

import os
import shutil
from pathlib import Path

ARGUMENTS = (
    "--no-sandbox",  # the tests may run as root in a container
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def executable() -> Path | None:
    """The browser to use, None where there is none; `EXEMPLAR_TEST_BROWSER` names another."""
    chosen = os.environ.get("EXEMPLAR_TEST_BROWSER")
    if chosen:
        return Path(chosen)
    for name in NAMES:
        found = shutil.which(name)
        if found:
            return Path(found)
    return None
