"""Runs `submissions.intake.child` on one file: a fresh process, without our environment, killed in time."""

from __future__ import annotations

import logging
import struct
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, Literal

from foundation.text import _
from submissions.intake import wire
from submissions.intake.errors import Unreadable
from submissions.intake.pictures import Picture
from submissions.intake.values import ParsedCase

TIMEOUT = 30.0
"""Seconds of wall time; an ordinary file takes less than half of one."""
AT_ONCE = 2

_ROOT = Path(__file__).parents[2]
_places = threading.BoundedSemaphore(AT_ONCE)
_log = logging.getLogger(__name__)


def read_word_apart(data: bytes, *, timeout: float = TIMEOUT) -> ParsedCase:
    """Read a .docx in a process of its own.

    Raises:
        Unreadable: not a sound .docx, or it asks for more time or memory than any real document.
    """
    content, blobs = _asked("word", data, timeout)
    return wire.case_of(content, blobs)


def redraw_apart(data: bytes, *, timeout: float = TIMEOUT) -> Picture:
    """Re-encode a picture in a process of its own.

    Raises:
        Unreadable
    """
    content, blobs = _asked("picture", data, timeout)
    return wire.picture_of(content, blobs)


def _asked(
    kind: Literal["word", "picture"], data: bytes, timeout: float
) -> tuple[dict[str, Any], list[bytes]]:
    try:
        with _places:
            done = subprocess.run(  # noqa: S603 - our own interpreter and module, no shell, nothing from outside
                [sys.executable, "-s", "-B", "-m", "submissions.intake.child", kind],
                input=data,
                capture_output=True,
                timeout=timeout,
                env={"PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1"},
                check=False,
            )
    except subprocess.TimeoutExpired as error:
        raise _too_hard() from error
    if done.returncode:
        _log.warning(
            "reading a file failed with %s: %s", done.returncode, done.stderr[-2000:].decode(errors="replace")
        )
        raise _too_hard()
    try:
        answer, content, blobs = wire.unpack(done.stdout)
        if answer == "refused":
            raise Unreadable(wire.text_of(content))
    except (ValueError, KeyError, TypeError, struct.error) as error:
        raise _too_hard() from error
    return content, blobs


def _too_hard() -> Unreadable:
    return Unreadable(
        _("这个文件过于复杂，无法在限定的时间和内存内读完。请把文字复制到新的 Word 文档后再上传。")
    )
