"""Produced downloads: a table written row by row to a file on disk, a zip made while it is sent."""

from __future__ import annotations

import re
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from typing import IO

from starlette.responses import Response

from foundation.files import CHUNK
from foundation.forms import clean_text
from foundation.sheets import Table, media_type, write
from foundation.web import stream

IN_MEMORY = 4_000_000
NAME_LONGEST = 80
_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')


def download(table: Table, kind: str) -> Response:
    """The table as .xlsx or CSV, in the language in use.

    It is written before this returns, while the transaction and the language are still there.
    """
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115  # closed when it has been sent
    try:
        write(table, kind, file)  # type: ignore[arg-type]  # a BinaryIO in all but name
        file.seek(0)
    except BaseException:
        file.close()
        raise
    return stream(_pieces(file), name=f"{table.name}.{kind}", media_type=media_type(kind))


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    with file:
        while piece := file.read(CHUNK):
            yield piece


Member = tuple[str, Iterable[bytes]]
"""A file of an archive: its path inside, its content in pieces."""


def zipped(members: Iterable[Member]) -> Iterator[bytes]:
    """A zip archive in pieces, made while it is taken: one member's piece is in memory at a time.

    Members are stored as they are (documents and photos are compressed already). A second member of the
    same path gets a number.
    """
    sink = _Sink()
    taken: set[str] = set()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as archive:  # type: ignore[call-overload]  # it is only written to
        for path, pieces in members:
            entry = zipfile.ZipInfo(_free(path, taken), date_time=(1980, 1, 1, 0, 0, 0))
            with archive.open(entry, "w", force_zip64=True) as target:
                for piece in pieces:
                    target.write(piece)
                    yield from sink.taken()
            yield from sink.taken()
    yield from sink.taken()


class _Sink:
    """What an archive is written to: it only goes forward."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._pieces.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        pass

    def taken(self) -> list[bytes]:
        pieces, self._pieces = self._pieces, []
        return pieces


def _free(path: str, taken: set[str]) -> str:
    stem, dot, ending = path.rpartition(".")
    number, free = 1, path
    while free.lower() in taken:
        number += 1
        free = f"{stem} ({number}){dot}{ending}" if stem and "/" not in ending else f"{path} ({number})"
    taken.add(free.lower())
    return free


def safe_name(name: str) -> str:
    """A name that is a file's name on every system, and never a path."""
    kept = _UNSAFE.sub(" ", clean_text(name).replace("\n", " "))
    kept = " ".join(kept.split())[:NAME_LONGEST].strip(". ")
    return kept or "_"


def send_zip(members: Iterable[Member], name: str) -> Response:
    """The archive as a download."""
    return stream(zipped(members), name=f"{safe_name(name)}.zip", media_type="application/zip")
