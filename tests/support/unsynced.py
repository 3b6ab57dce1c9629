"""No test waits for the disk: what a test writes need not survive a power cut.

That the product does wait is tested where `in_life` holds.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from foundation.db import SQLITE_PRAGMAS

_PRAGMAS = dict(SQLITE_PRAGMAS)
_FSYNC = os.fsync


def everywhere() -> None:
    """From now on nothing of this process waits until the disk has it."""
    SQLITE_PRAGMAS["synchronous"] = "OFF"
    os.fsync = _at_once


@contextmanager
def in_life() -> Iterator[None]:
    """Inside the block, databases are opened and files kept as the product does it."""
    SQLITE_PRAGMAS.update(_PRAGMAS)
    os.fsync = _FSYNC
    try:
        yield
    finally:
        everywhere()


def _at_once(fd: object) -> None:
    """Stands in for `os.fsync`."""
