"""Files are kept by their content's hash, durably, once; in a folder and on S3."""

import hashlib
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from foundation.errors import TooLarge
from foundation.files import FileStore, LocalFiles, OwnFiles, StoredFile, chunks_of, stored_chunks

CONTENT = "案例附件".encode() * 50_000
DIGEST = hashlib.sha256(CONTENT).hexdigest()


def _pieces(content: bytes, size: int = 65_536) -> Iterator[bytes]:
    for start in range(0, len(content), size):
        yield content[start : start + size]


def test_what_was_put_comes_back(any_files: FileStore) -> None:
    stored = any_files.put(_pieces(CONTENT))
    assert stored == StoredFile(DIGEST, len(CONTENT))
    assert any_files.read(DIGEST) == CONTENT
    with any_files.open(DIGEST) as opened:
        assert b"".join(chunks_of(opened)) == CONTENT


def test_the_same_content_is_kept_once(any_files: FileStore) -> None:
    assert any_files.put([CONTENT]) == any_files.put(_pieces(CONTENT))
    assert any_files.read(DIGEST) == CONTENT


def test_an_empty_file_is_a_file(any_files: FileStore) -> None:
    stored = any_files.put([])
    assert (stored.size, any_files.read(stored.sha256)) == (0, b"")


def test_what_is_not_there(any_files: FileStore) -> None:
    assert any_files.exists("0" * 64) is False
    with pytest.raises(FileNotFoundError):
        any_files.read("0" * 64)
    with pytest.raises(FileNotFoundError):
        any_files.open("0" * 64)


def test_too_large_keeps_nothing(any_files: FileStore) -> None:
    with pytest.raises(TooLarge, match="limit"):
        any_files.put(_pieces(CONTENT), limit=100_000)
    assert any_files.exists(DIGEST) is False


def test_a_sender_that_stops_keeps_nothing(any_files: FileStore) -> None:
    def broken() -> Iterator[bytes]:
        yield CONTENT[:1000]
        raise ConnectionError

    with pytest.raises(ConnectionError):
        any_files.put(broken())
    assert any_files.exists(hashlib.sha256(CONTENT[:1000]).hexdigest()) is False


def test_many_put_the_same_at_once(any_files: FileStore) -> None:
    with ThreadPoolExecutor(8) as pool:
        stored = {done.result() for done in [pool.submit(any_files.put, [CONTENT]) for _thread in range(8)]}
    assert stored == {StoredFile(DIGEST, len(CONTENT))}
    assert any_files.read(DIGEST) == CONTENT


@pytest.mark.parametrize("key", ["", "../../etc/passwd", "A" * 64, "0" * 63, "0" * 62 + "/x", "\x00" * 64])
def test_a_key_is_a_hash_or_nothing(any_files: FileStore, key: str) -> None:
    assert any_files.exists(key) is False
    with pytest.raises(FileNotFoundError):
        any_files.read(key)


def test_no_temporary_file_is_left(tmp_path: Path) -> None:
    files = LocalFiles(tmp_path)
    files.put([CONTENT])
    files.put([CONTENT])
    with pytest.raises(TooLarge):
        files.put([CONTENT], limit=10)
    kept = [path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()]
    assert kept == [f"{DIGEST[:2]}/{DIGEST[2:4]}/{DIGEST}"]


def test_content_folder_and_name_are_synced_before_put_returns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name in the database must never point at content that a power cut took."""
    synced: list[str] = []
    real = os.fsync

    def watched(handle: int) -> None:
        synced.append(os.path.realpath(f"/proc/self/fd/{handle}"))
        real(handle)

    monkeypatch.setattr(os, "fsync", watched)
    LocalFiles(tmp_path).put([CONTENT])
    place = tmp_path / DIGEST[:2] / DIGEST[2:4]
    assert Path(synced[0]).name.startswith("incoming-")
    assert {Path(path) for path in synced[1:]} == {place, place.parent, tmp_path}


def test_pieces_are_opened_when_the_first_is_taken(any_files: FileStore) -> None:
    any_files.put(_pieces(CONTENT))
    never_begun = stored_chunks(any_files, DIGEST)
    assert b"".join(stored_chunks(any_files, DIGEST)) == CONTENT
    with pytest.raises(FileNotFoundError):
        next(stored_chunks(any_files, "0" * 64))
    del never_begun  # an opened file would be a ResourceWarning here, and fail the test


def test_a_store_of_ones_own_lets_contents_go(any_files: OwnFiles) -> None:
    any_files.put(_pieces(CONTENT))
    any_files.remove(DIGEST)
    assert not any_files.exists(DIGEST)
    any_files.remove(DIGEST)  # twice is no error
    with pytest.raises(FileNotFoundError):
        any_files.remove("../secret.key")
