"""The process that opens strangers' files: `python -m submissions.intake.child`, started by `sandbox`.

It has no environment of ours and does one thing: for each file it forks, and the fork limits itself before it
reads a byte, answers, and ends. So nothing of one file is left for the next, and the modules are loaded once:
a file costs milliseconds instead of the half second in which Python starts and imports.
"""

from __future__ import annotations

import contextlib
import os
import resource
import select
import signal
import struct
import sys
import time
import traceback
from typing import BinaryIO

from foundation.text import Text, _
from submissions.intake import wire
from submissions.intake.assemble import assemble
from submissions.intake.cleaning import NotCleanable, without_properties
from submissions.intake.codes import codes_in
from submissions.intake.errors import Unreadable
from submissions.intake.pictures import redrawn
from submissions.intake.properties import properties
from submissions.intake.word import read_word

CPU_SECONDS = 20
MEMORY_BYTES = 1_500_000_000
ANSWER_LIMIT = 400_000_000

REQUEST = struct.Struct(">cIf")
"""Kind, length of the file, seconds of wall time; the file follows, for `SAID` and `CLEAN` behind its media
type and a newline."""
REPLY = struct.Struct(">cI")
"""Outcome, length; the answer follows: a message of `wire`, or for `FAILED` a trace for the log."""
WORD, PICTURE, CODES, SAID, CLEAN = b"w", b"p", b"q", b"s", b"c"
ANSWERED, FAILED = b"a", b"f"


def serve(requests: BinaryIO, replies: BinaryIO) -> None:
    """Answer requests until there are no more."""
    while len(head := requests.read(REQUEST.size)) == REQUEST.size:
        kind, length, seconds = REQUEST.unpack(head)
        outcome, answer = _apart(kind, requests.read(length), seconds)
        replies.write(REPLY.pack(outcome, len(answer)) + answer)
        replies.flush()


def _apart(kind: bytes, data: bytes, seconds: float) -> tuple[bytes, bytes]:
    """Read the file in a fork; whatever happens there, there is an outcome."""
    source, target = os.pipe()
    fork = os.fork()
    if not fork:
        os.close(source)
        _answer_and_end(kind, data, target)
    os.close(target)
    answer, whole = _collected(source, time.monotonic() + seconds)
    os.close(source)
    if not whole:
        os.kill(fork, signal.SIGKILL)
    status = os.waitstatus_to_exitcode(os.waitpid(fork, 0)[1])
    if whole and status == 0:
        return ANSWERED, answer
    return FAILED, answer[-4000:] or f"ended with {status}, in time: {whole}".encode()


def _collected(source: int, deadline: float) -> tuple[bytes, bool]:
    """What the fork writes, and whether it came to its end before the deadline and within the limit."""
    pieces: list[bytes] = []
    size = 0
    while size <= ANSWER_LIMIT and (left := deadline - time.monotonic()) > 0:
        if not select.select([source], [], [], left)[0]:
            break
        piece = os.read(source, 1 << 20)
        if not piece:
            return b"".join(pieces), True
        pieces.append(piece)
        size += len(piece)
    return b"", False


def _answer_and_end(kind: bytes, data: bytes, target: int) -> None:
    code = 1
    try:
        _limit()
        message = _answered(kind, data)
        code = 0
    except BaseException:  # whatever it is, the fork must end here and not run on in its parent's loop
        message = traceback.format_exc().encode()
    with contextlib.suppress(OSError), os.fdopen(target, "wb") as pipe:
        pipe.write(message)
    os._exit(code)


def _answered(kind: bytes, data: bytes) -> bytes:
    try:
        if kind == CODES:
            return wire.codes_message(codes_in(data))
        if kind in (SAID, CLEAN):
            media_type, _newline, file = data.partition(b"\n")
            if kind == SAID:
                return wire.said_message(properties(file, media_type.decode()))
            return wire.cleaned_message(without_properties(file, media_type.decode()))
        return wire.picture_message(redrawn(data)) if kind == PICTURE else _read(data)
    except Unreadable as error:
        return wire.refusal_message(error.reason)
    except NotCleanable:
        return wire.refusal_message(_("文件已损坏，或与它的类型不符。"))
    except (MemoryError, RecursionError):
        return wire.refusal_message(too_hard())


def _read(data: bytes) -> bytes:
    document = read_word(data)
    return wire.case_message(
        assemble(
            document.elements,
            pictures=document.pictures,
            notes=document.notes,
            findings=document.findings,
        )
    )


def _limit() -> None:
    for what, most in (
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
    ):
        with contextlib.suppress(ValueError, OSError):  # a system with a lower limit of its own keeps that
            resource.setrlimit(what, (most, most))


def too_hard() -> Text:
    return _("这个文件过于复杂，无法在限定的时间和内存内读完。请把文字复制到新的 Word 文档后再上传。")


if __name__ == "__main__":
    serve(sys.stdin.buffer, sys.stdout.buffer)
