"""PDF files of cases: made once for each version and prize, kept in a folder that can be deleted at any time.

Making one takes seconds, so it is done outside of every transaction, one at a time in this process, in a
thread that no page waits for; whoever comes when too many are waiting is asked to come again.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import anyio.to_thread
from anyio import CapacityLimiter

from foundation.errors import TooMany
from foundation.text import _
from search.holdings import Shelved

FORM = "1"
"""Raised when the same case shall look otherwise: every kept file is then made again."""
WAITING = 8
KEPT_BYTES = 2_000_000_000
"""Beyond this the files that were asked for longest ago go."""


class PdfCopies:
    """`convert` makes a PDF of a Word file; it may take its time. `source` is what each file says of where it
    is from."""

    def __init__(self, folder: Path, convert: Callable[[bytes], bytes], *, source: str = "") -> None:
        self._folder = folder
        self._convert = convert
        self._source = source
        self._limiter: CapacityLimiter | None = None
        self._waiting = 0

    def key_of(self, case: Shelved) -> str:
        """What the file is kept under: it says the same as long as this does not change."""
        said = (FORM, self._source, case.version.content_hash, case.award.prize_name, case.category)
        return hashlib.sha256("\x00".join(said).encode()).hexdigest()

    def kept(self, key: str) -> bytes | None:
        """The file, if there is one."""
        place = self._place(key)
        try:
            content = place.read_bytes()
            os.utime(place)
        except FileNotFoundError:
            return None
        return content

    async def made(self, key: str, word: bytes) -> bytes:
        """The file, made of this Word file where there is none yet.

        Raises:
            TooMany: others are waiting for theirs.
        """
        if self._waiting >= WAITING:
            raise TooMany(_("正在为其他读者生成 PDF，请稍后再试；也可以先下载 Word。"), retry_after=20)
        if self._limiter is None:
            self._limiter = CapacityLimiter(1)
        self._waiting += 1
        try:
            return await anyio.to_thread.run_sync(self._make, key, word, limiter=self._limiter)
        finally:
            self._waiting -= 1

    def _make(self, key: str, word: bytes) -> bytes:
        made_meanwhile = self.kept(key)
        if made_meanwhile is not None:
            return made_meanwhile
        content = self._convert(word)
        self._keep(key, content)
        return content

    def _keep(self, key: str, content: bytes) -> None:
        place = self._place(key)
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=place.parent, prefix="new-", delete=False) as new:
            new.write(content)
        Path(new.name).rename(place)
        self._tidy()

    def _tidy(self) -> None:
        files = [(each.stat().st_mtime, each.stat().st_size, each) for each in self._folder.glob("*.pdf")]
        total = sum(size for _at, size, _place in files)
        for _at, size, place in sorted(files):
            if total <= KEPT_BYTES:
                break
            place.unlink(missing_ok=True)
            total -= size

    def _place(self, key: str) -> Path:
        return self._folder / f"{key}.pdf"
