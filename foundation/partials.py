"""Files that come in pieces: how much of one is there is its length on the disk, and nothing knows better.

They live beside the data of one machine until they are whole; then they go into the file store and are gone
from here.
"""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

CHUNK = 1 << 18


class Busy(Exception):
    """Another request is writing to this file."""


class Partial:
    """One such file, open and locked."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        file.seek(0, os.SEEK_END)
        self.length = file.tell()

    def append(self, piece: bytes) -> None:
        self._file.write(piece)
        self.length += len(piece)

    def cut(self, length: int) -> None:
        """Forget everything after `length` bytes."""
        self._file.truncate(length)
        self._file.seek(length)
        self.length = length

    def sync(self) -> None:
        """What was appended is on the disk when this returns."""
        self._file.flush()
        os.fsync(self._file.fileno())

    def digest(self, algorithm: str, start: int) -> bytes:
        """The hash of everything from byte `start` on."""
        self._file.flush()
        self._file.seek(start)
        digest = hashlib.new(algorithm)
        while piece := self._file.read(CHUNK):
            digest.update(piece)
        return digest.digest()

    def whole(self) -> BinaryIO:
        """The file from its beginning, to be closed by who takes it; the lock stays."""
        self._file.flush()
        self._file.seek(0)
        return os.fdopen(os.dup(self._file.fileno()), "rb")


class PartialFiles:
    """A folder of files by key; a key is an id of ours."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def create(self, key: str) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        self._place(key).touch(exist_ok=False)

    def length(self, key: str) -> int:
        """Raises FileNotFoundError."""
        return self._place(key).stat().st_size

    @contextmanager
    def opened(self, key: str) -> Iterator[Partial]:
        """The file, locked against every other request.

        Raises:
            FileNotFoundError
            Busy
        """
        with self._place(key).open("r+b") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise Busy from error
            yield Partial(file)

    def remove(self, key: str) -> None:
        """It is gone afterwards, also if it was not there."""
        self._place(key).unlink(missing_ok=True)

    def keys(self) -> list[str]:
        return sorted(each.name for each in self._folder.iterdir()) if self._folder.is_dir() else []

    def _place(self, key: str) -> Path:
        if not (key.isascii() and key.isalnum()):
            raise FileNotFoundError(key)
        return self._folder / key
