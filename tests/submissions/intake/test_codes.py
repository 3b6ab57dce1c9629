"""Codes on scans: pictures, scanned PDFs, and files without any."""

import io
from collections.abc import Callable

import pytest
import segno
from PIL import Image, ImageDraw

from submissions.intake import read_codes
from submissions.intake.codes import codes_in

TEXT = (
    "https://cases.example.org/receipts/verify?number=2026-ABCDEFGH-1&code=" + "ab" * 16 + "&form=" + "c" * 16
)


def sheet(*, turned: float = 0, code: str = TEXT) -> Image.Image:
    """A page of A4 at 150 dpi with a code of about 3 cm on it."""
    page = Image.new("L", (1240, 1754), 245)
    ImageDraw.Draw(page).rectangle((100, 100, 1140, 800), outline=30, width=3)
    if code:
        drawn = io.BytesIO()
        segno.make_qr(code, error="m").save(drawn, kind="png", scale=4, border=4)
        page.paste(Image.open(drawn).convert("L"), (130, 900))
    return page.rotate(turned, expand=True, fillcolor=255)


def as_jpeg(page: Image.Image) -> bytes:
    out = io.BytesIO()
    page.save(out, "JPEG", quality=60)
    return out.getvalue()


def as_pdf(page: Image.Image) -> bytes:
    out = io.BytesIO()
    page.save(out, "PDF", resolution=150)
    return out.getvalue()


@pytest.mark.parametrize("turned", [0, 2.5, 90, 180])
@pytest.mark.parametrize("written", [as_jpeg, as_pdf])
def test_a_code_is_read(written: Callable[[Image.Image], bytes], turned: float) -> None:
    assert codes_in(written(sheet(turned=turned))) == (TEXT,)


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.4 torn", b"\xff\xd8\xff torn", b"plain", as_pdf(sheet(code=""))], ids=range(5)
)
def test_nothing_to_read_is_no_error(data: bytes) -> None:
    assert codes_in(data) == ()


def test_read_in_a_process_apart() -> None:
    assert read_codes(as_pdf(sheet())) == (TEXT,)
    assert read_codes(b"%PDF-1.4 torn") == ()
