"""Pages of a PDF as pictures, for the desk: drawn once, kept in a folder that can be deleted at any time.

PDFium draws one page at a time: it is not made for threads.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pypdfium2

from casebook.printcheck import PDFIUM
from foundation.files import FileStore

WIDTHS = {"small": 200, "large": 1100}
"""Pixels across a page, by what it is for: the row of pages, and reading."""
_KEPT_BOOKS = 12


@dataclass(frozen=True, slots=True)
class Previews:
    """`books` has the PDF files, `folder` the pictures: a folder a file, named by its hash."""

    books: FileStore
    folder: Path

    def pages(self, pdf: str) -> int:
        """How many pages a PDF has. Raises FileNotFoundError."""
        with PDFIUM, self.books.open(pdf) as source:
            document = pypdfium2.PdfDocument(source)
            try:
                return len(document)
            finally:
                document.close()

    def picture(self, pdf: str, page: int, width: str) -> bytes:
        """A page as a JPEG; `page` counts from 1.

        Raises:
            FileNotFoundError: there is no such PDF or page.
        """
        place = self._place(pdf, page, width)
        if not place.exists():
            self._draw(pdf, lambda _page: True, (page,), (width,))
        return place.read_bytes()

    def draw_all(self, pdf: str, wanted: Callable[[int], bool] = lambda _page: True) -> int:
        """Draw every page for the row of pages, and the first ones for reading; asked before each whether it
        is still wanted. Returns how many pages there are."""
        count = self.pages(pdf)
        self._draw(pdf, wanted, tuple(range(1, count + 1)), ("small",))
        self._draw(pdf, wanted, tuple(range(1, min(count, 24) + 1)), ("large",))
        self._tidy(pdf)
        return count

    def forget(self, pdf: str) -> None:
        shutil.rmtree(self.folder / pdf, ignore_errors=True)

    def _draw(
        self, pdf: str, wanted: Callable[[int], bool], pages: tuple[int, ...], widths: tuple[str, ...]
    ) -> None:
        with self.books.open(pdf) as source:
            content = source.read()
        for page in pages:
            missing = [width for width in widths if not self._place(pdf, page, width).exists()]
            if not wanted(page):
                return
            for width in missing:
                self._keep(self._place(pdf, page, width), drawn(content, page, WIDTHS[width]))

    def _keep(self, place: Path, content: bytes) -> None:
        place.parent.mkdir(parents=True, exist_ok=True)
        new = place.with_suffix(f".{threading.get_ident()}")
        new.write_bytes(content)
        new.rename(place)

    def _place(self, pdf: str, page: int, width: str) -> Path:
        return self.folder / pdf / f"{width}-{page}.jpg"

    def _tidy(self, pdf: str) -> None:
        """Books that were looked at longest ago go."""
        (self.folder / pdf).touch()
        oldest_first = sorted(self.folder.iterdir(), key=lambda each: each.stat().st_mtime)
        for each in oldest_first[:-_KEPT_BOOKS]:
            shutil.rmtree(each, ignore_errors=True)


def drawn(pdf: bytes, page: int, width: int) -> bytes:
    """A page of a PDF as a JPEG of this many pixels across; `page` counts from 1.

    Raises:
        FileNotFoundError: it has no such page.
    """
    with PDFIUM:
        document = pypdfium2.PdfDocument(pdf)
        try:
            if not 1 <= page <= len(document):
                raise FileNotFoundError(page)
            found = document[page - 1]
            image = found.render(scale=width / found.get_width()).to_pil()
        finally:
            document.close()
    out = BytesIO()
    image.convert("RGB").save(out, "JPEG", quality=82)
    return out.getvalue()
