"""Readers of strangers' files: a few processes of `submissions.intake.child`, started when first needed.

They run with our interpreter but without our environment and open files; what one of them answers is only
data, which is cleaned again on this side. One that does not answer in time is killed and replaced.
"""

from __future__ import annotations

import atexit
import logging
import select
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from foundation.text import _
from submissions.intake import wire
from submissions.intake.errors import Unreadable
from submissions.intake.pictures import Picture
from submissions.intake.values import ParsedCase

TIMEOUT = 30.0
"""Seconds of wall time; an ordinary file takes a tenth of one."""
AT_ONCE = 2
_GRACE = 10.0
"""How much longer than the file's own time a reader is waited for: starting, sending, answering."""

_ROOT = Path(__file__).parents[2]
_REQUEST = struct.Struct(">cIf")
_REPLY = struct.Struct(">cI")
_WORD, _PICTURE, _CODES, _SAID, _CLEAN, _ANSWERED = b"w", b"p", b"q", b"s", b"c", b"a"
_log = logging.getLogger(__name__)


class ReaderLost(Exception):
    """The reader has ended."""


class ReaderSlow(ReaderLost):
    """The reader does not answer in time."""


def read_word_apart(data: bytes, *, timeout: float = TIMEOUT) -> ParsedCase:
    """Read a .docx in a process of its own.

    Raises:
        Unreadable: not a sound .docx, or it asks for more time or memory than any real document.
    """
    content, blobs = _asked(_WORD, data, timeout)
    return wire.case_of(content, blobs)


def redraw_apart(data: bytes, *, timeout: float = TIMEOUT) -> Picture:
    """Re-encode a picture in a process of its own.

    Raises:
        Unreadable
    """
    content, blobs = _asked(_PICTURE, data, timeout)
    return wire.picture_of(content, blobs)


def read_codes_apart(data: bytes, *, timeout: float = TIMEOUT) -> tuple[str, ...]:
    """The texts of the QR codes on a scan, in a process of its own; nothing where none can be read."""
    try:
        content, _blobs = _asked(_CODES, data, timeout)
    except Unreadable:
        return ()
    return wire.codes_of(content)


def read_properties_apart(data: bytes, media_type: str, *, timeout: float = TIMEOUT) -> tuple[str, ...]:
    """What a file says of who made it, in a process of its own.

    Raises:
        Unreadable: it asks for more time or memory than any real file; a damaged one says nothing.
    """
    content, _blobs = _asked(_SAID, media_type.encode() + b"\n" + data, timeout)
    return wire.said_of(content)


def clean_apart(data: bytes, media_type: str, *, timeout: float = TIMEOUT) -> bytes:
    """A file without the properties that name people (`cleaning`), in a process of its own.

    Raises:
        Unreadable: damaged, not what its type says, or it asks for more time or memory than any real file.
    """
    _content, blobs = _asked(_CLEAN, media_type.encode() + b"\n" + data, timeout)
    return wire.cleaned_of(blobs)


def _asked(kind: bytes, data: bytes, timeout: float) -> tuple[dict[str, Any], list[bytes]]:
    try:
        outcome, answer = _readers.ask(kind, data, timeout)
    except ReaderLost as error:
        _log.warning("a reader of files was lost: %s", error)
        raise _too_hard() from error
    if outcome != _ANSWERED:
        _log.warning("reading a file failed: %s", answer.decode(errors="replace"))
        raise _too_hard()
    try:
        said, content, blobs = wire.unpack(answer)
        if said == "refused":
            raise Unreadable(wire.text_of(content))
    except (ValueError, KeyError, TypeError, struct.error) as error:
        raise _too_hard() from error
    return content, blobs


class _Reader:
    """One process and the pipes to it."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-s", "-B", "-m", "submissions.intake.child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"PYTHONPATH": str(_ROOT), "PYTHONUTF8": "1"},
            bufsize=0,
        )

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def ask(self, kind: bytes, data: bytes, timeout: float) -> tuple[bytes, bytes]:
        """Raises ReaderLost; the reader is closed then."""
        deadline = time.monotonic() + timeout + _GRACE
        try:
            self._send(_REQUEST.pack(kind, len(data), timeout))
            self._send(data)
            outcome, length = _REPLY.unpack(self._received(_REPLY.size, deadline))
            return outcome, self._received(length, deadline)
        except (OSError, ValueError) as error:  # a closed pipe is a ValueError
            self.close()
            raise ReaderLost(str(error)) from error
        except ReaderLost:
            self.close()
            raise

    def _send(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest and self._process.stdin is not None:
            rest = rest[self._process.stdin.write(rest) or 0 :]

    def _received(self, length: int, deadline: float) -> bytes:
        source, pieces, missing = self._process.stdout, [], length
        while missing and source is not None:
            if not select.select([source], [], [], max(0.0, deadline - time.monotonic()))[0]:
                raise ReaderSlow("no answer in time")
            piece = source.read(min(missing, 1 << 20))
            if not piece:
                raise ReaderLost("ended without an answer")
            pieces.append(piece)
            missing -= len(piece)
        return b"".join(pieces)

    def close(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process.kill()
        self._process.wait()


class _Readers:
    """At most `AT_ONCE` readers, each asked by one thread at a time."""

    def __init__(self) -> None:
        self._places = threading.BoundedSemaphore(AT_ONCE)
        self._guard = threading.Lock()
        self._idle: list[_Reader] = []
        self._registered = False

    def ask(self, kind: bytes, data: bytes, timeout: float) -> tuple[bytes, bytes]:
        """Ask one reader; if that has died in its sleep (or been killed), one new one.

        Raises:
            ReaderLost
        """
        with self._places:
            try:
                with self._borrowed(self._taken() or _Reader()) as reader:
                    return reader.ask(kind, data, timeout)
            except ReaderSlow:
                raise
            except ReaderLost:
                with self._borrowed(_Reader()) as reader:
                    return reader.ask(kind, data, timeout)

    @contextmanager
    def _borrowed(self, reader: _Reader) -> Iterator[_Reader]:
        try:
            yield reader
        finally:
            if reader.alive:
                with self._guard:
                    self._idle.append(reader)

    def _taken(self) -> _Reader | None:
        """An idle reader that has not died meanwhile."""
        with self._guard:
            if not self._registered:
                self._registered = True
                atexit.register(self.close)
            while self._idle:
                reader = self._idle.pop()
                if reader.alive:
                    return reader
                reader.close()
        return None

    def close(self) -> None:
        with self._guard:
            while self._idle:
                self._idle.pop().close()


_readers = _Readers()


def _too_hard() -> Unreadable:
    return Unreadable(
        _("这个文件过于复杂，无法在限定的时间和内存内读完。请把文字复制到新的 Word 文档后再上传。")
    )
