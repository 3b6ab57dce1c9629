"""The process that opens strangers' files: `python -m submissions.intake.child word < file > message`.

It limits itself before it reads a byte, has no environment, and ends after one file.
"""

from __future__ import annotations

import contextlib
import resource
import sys

from foundation.text import Text, _
from submissions.intake import wire
from submissions.intake.assemble import assemble
from submissions.intake.errors import Unreadable
from submissions.intake.pictures import redrawn
from submissions.intake.word import read_word

CPU_SECONDS = 20
MEMORY_BYTES = 1_500_000_000


def main(kind: str) -> None:
    _limit()
    data = sys.stdin.buffer.read()
    try:
        message = _answer(kind, data)
    except Unreadable as error:
        message = wire.refusal_message(error.reason)
    except (MemoryError, RecursionError):
        message = wire.refusal_message(too_hard())
    sys.stdout.buffer.write(message)


def _answer(kind: str, data: bytes) -> bytes:
    if kind == "picture":
        return wire.picture_message(redrawn(data))
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
    main(sys.argv[1])
