"""Uploaded and produced files: kept by the SHA-256 of their content, so that a name is a proof.

A file is durable before anything names it: put it first, then write the row in the transaction.
"""

import contextlib
import hashlib
import io
import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

import obstore
from obstore.store import ObjectStore

from foundation.errors import TooLarge
from foundation.text import _

CHUNK = 1 << 18


@dataclass(frozen=True, slots=True)
class StoredFile:
    sha256: str
    size: int


class FileStore(Protocol):
    """Where contents live. Keys are SHA-256 in hex; the same content is kept once."""

    def put(self, chunks: Iterable[bytes], *, limit: int | None = None) -> StoredFile:
        """Store durably and return the key.

        Raises:
            TooLarge: more than `limit` bytes; nothing is kept.
        """
        ...

    def open(self, sha256: str) -> BinaryIO:
        """Raises FileNotFoundError."""
        ...

    def read(self, sha256: str) -> bytes:
        """Raises FileNotFoundError."""
        ...

    def exists(self, sha256: str) -> bool: ...


class OwnFiles(FileStore, Protocol):
    """A store whose contents have one owner, who knows what still names them and may let them go."""

    def remove(self, sha256: str) -> None:
        """Let a content go; one that is not there is no error."""
        ...


def chunks_of(source: BinaryIO) -> Iterator[bytes]:
    """The rest of an opened file, in pieces; it is closed when they have been taken."""
    with source:
        while piece := source.read(CHUNK):
            yield piece


def stored_chunks(store: FileStore, sha256: str) -> Iterator[bytes]:
    """A stored file in pieces, opened when the first is taken: who never begins leaves nothing open.

    Raises FileNotFoundError, at the first piece.
    """
    yield from chunks_of(store.open(sha256))


def _measured(chunks: Iterable[bytes], target: BinaryIO, limit: int | None) -> StoredFile:
    digest = hashlib.sha256()
    size = 0
    for piece in chunks:
        size += len(piece)
        if limit is not None and size > limit:
            raise TooLarge(_("文件超过 %(limit)s MB，请压缩后再上传。", limit=limit // 1_000_000))
        digest.update(piece)
        target.write(piece)
    return StoredFile(digest.hexdigest(), size)


class LocalFiles:
    """A folder, content under `ab/cd/<hash>`, each file and its folder synced before `put` returns."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, chunks: Iterable[bytes], *, limit: int | None = None) -> StoredFile:
        self._folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=self._folder, prefix="incoming-", delete=False) as incoming:
            temporary = Path(incoming.name)
            try:
                stored = _measured(chunks, incoming, limit)  # type: ignore[arg-type]  # the wrapper is a BinaryIO in all but name
                incoming.flush()
                os.fsync(incoming.fileno())
            except BaseException:
                temporary.unlink(missing_ok=True)
                raise
        place = self._place(stored.sha256)
        if place.exists():
            temporary.unlink()
            return stored
        place.parent.mkdir(parents=True, exist_ok=True)
        temporary.rename(place)
        for folder in (place.parent, place.parent.parent, self._folder):
            _sync_folder(folder)
        return stored

    def open(self, sha256: str) -> BinaryIO:
        return self._place(sha256).open("rb")

    def read(self, sha256: str) -> bytes:
        return self._place(sha256).read_bytes()

    def exists(self, sha256: str) -> bool:
        return _is_key(sha256) and self._place(sha256).exists()

    def remove(self, sha256: str) -> None:
        self._place(sha256).unlink(missing_ok=True)

    def _place(self, sha256: str) -> Path:
        _check_key(sha256)
        return self._folder / sha256[:2] / sha256[2:4] / sha256


def _is_key(sha256: str) -> bool:
    return len(sha256) == 64 and all(c in "0123456789abcdef" for c in sha256)


def _check_key(sha256: str) -> None:
    """A key that is no hash names nothing, and least of all a path."""
    if not _is_key(sha256):
        raise FileNotFoundError(sha256)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class S3Files:
    """An S3-compatible bucket; the hash is computed while the content is spooled, then sent whole."""

    def __init__(self, store: ObjectStore) -> None:
        self._store = store

    def put(self, chunks: Iterable[bytes], *, limit: int | None = None) -> StoredFile:
        with tempfile.SpooledTemporaryFile(max_size=8_000_000) as spool:
            stored = _measured(chunks, spool, limit)  # type: ignore[arg-type]  # the wrapper is a BinaryIO in all but name
            if not self.exists(stored.sha256):
                spool.seek(0)
                obstore.put(self._store, stored.sha256, spool)
        return stored

    def open(self, sha256: str) -> BinaryIO:
        return io.BytesIO(self.read(sha256))

    def read(self, sha256: str) -> bytes:
        _check_key(sha256)
        return bytes(obstore.get(self._store, sha256).bytes())

    def exists(self, sha256: str) -> bool:
        if not _is_key(sha256):
            return False
        try:
            obstore.head(self._store, sha256)
        except FileNotFoundError:
            return False
        return True

    def remove(self, sha256: str) -> None:
        _check_key(sha256)
        with contextlib.suppress(FileNotFoundError):
            obstore.delete(self._store, sha256)
