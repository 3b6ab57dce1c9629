"""The QR codes on a scanned sheet: a picture, or a PDF that holds pictures of pages."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator

import zxingcpp
from PIL import Image
from pypdf import PdfReader

PAGES = 6
"""Pages of a PDF that are looked at: a recommendation form has one or two."""
PIXELS = 60_000_000
_LONGEST_CODE = 1000
_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)


def codes_in(data: bytes) -> tuple[str, ...]:
    """The texts of the QR codes on a scan, each once; nothing where there are none or the file is odd.

    A PDF is not drawn: scanners put one picture on each page, and that picture is read. Not being able to
    read a code is no error (somebody can read the sheet), nor is whatever the libraries raise on odd files.
    """
    found: dict[str, None] = {}
    with contextlib.suppress(Exception):
        for picture in _pictures(data):
            for code in zxingcpp.read_barcodes(picture, formats=_QR):
                found[code.text[:_LONGEST_CODE]] = None
            if found:
                break
    return tuple(found)


def _pictures(data: bytes) -> Iterator[Image.Image]:
    if not data.startswith(b"%PDF-"):
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as opened:
            yield opened.convert("L")
        return
    for page in PdfReader(io.BytesIO(data)).pages[:PAGES]:
        for drawn in page.images:
            if drawn.image is not None and drawn.image.width * drawn.image.height <= PIXELS:
                yield drawn.image.convert("L")
