"""PDF files are made once, one at a time, and kept within bounds."""

import os
import threading
import time
from pathlib import Path

import anyio
import pytest

from foundation.errors import TooMany
from search import pdf_copies
from search.pdf_copies import PdfCopies


class Converter:
    """Makes a small file and remembers how many were made, and how many at once."""

    def __init__(self) -> None:
        self.made = 0
        self.most = 0
        self._now = 0
        self._guard = threading.Lock()

    def __call__(self, word: bytes) -> bytes:
        with self._guard:
            self.made += 1
            self._now += 1
            self.most = max(self.most, self._now)
        time.sleep(0.01)
        with self._guard:
            self._now -= 1
        return b"%PDF " + word


def test_a_file_is_made_once_and_never_two_at_a_time(tmp_path: Path) -> None:
    converter = Converter()
    copies = PdfCopies(tmp_path / "pdf", converter)

    async def ask() -> None:
        async with anyio.create_task_group() as tasks:
            for key in ("a", "b", "a", "a"):
                tasks.start_soon(copies.made, key, key.encode())

    assert copies.kept("a") is None
    anyio.run(ask)
    assert (converter.made, converter.most) == (2, 1)
    assert (copies.kept("a"), copies.kept("b")) == (b"%PDF a", b"%PDF b")


def test_who_comes_when_too_many_wait_is_asked_to_come_again(tmp_path: Path) -> None:
    copies = PdfCopies(tmp_path, Converter())
    refused: list[int] = []

    async def one(number: int) -> None:
        try:
            await copies.made(str(number), b"")
        except TooMany:
            refused.append(number)

    async def ask() -> None:
        async with anyio.create_task_group() as tasks:
            for number in range(pdf_copies.WAITING + 2):
                tasks.start_soon(one, number)

    anyio.run(ask)
    assert len(refused) == 2


def test_a_failure_leaves_nothing_behind(tmp_path: Path) -> None:
    def fail(word: bytes) -> bytes:
        raise ValueError(word)

    copies = PdfCopies(tmp_path, fail)
    with pytest.raises(ValueError, match="x"):
        anyio.run(copies.made, "key", b"x")
    assert copies.kept("key") is None
    assert list(tmp_path.iterdir()) == []


def test_the_oldest_go_when_there_is_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_copies, "KEPT_BYTES", 25)
    copies = PdfCopies(tmp_path, lambda word: word)
    for number, key in enumerate("abc"):
        anyio.run(copies.made, key, b"0123456789")
        stamp = 1_700_000_000 + number
        os.utime(tmp_path / f"{key}.pdf", (stamp, stamp))
    assert [copies.kept(key) is not None for key in "abc"] == [False, True, True]
