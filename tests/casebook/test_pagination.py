"""LibreOffice on its leash: stopped, kept layouts, PDFs that are the same bytes."""

import contextlib
import os
import time
from datetime import UTC, datetime
from pathlib import Path

import pypdf
import pytest

from casebook.docx.renderer import render
from casebook.errors import LayoutFailed, Stopped
from casebook.pagination import PRINTED, Layout, LibreOffice, dated, installed_paginator
from tests.casebook.factories import make_book, make_entry
from tests.conftest import lacking

AT = datetime(2026, 3, 1, 8, tzinfo=UTC)
_PDF = (
    b"<</Creator(W)\n/CreationDate(D:20261122132136Z')>>\ntrailer\n<</Size 3\n"
    b"/ID [ <25AB07C9DDB18CD19E1094A24BA5E9F6>\n<25AB07C9DDB18CD19E1094A24BA5E9F6> ]\n"
    b"/DocChecksum /333D4ACFACC9026E363C6D07ED7ED73A\n>>"
)


def script(folder: Path, body: str) -> str:
    """A program that stands in for one that hangs or breaks."""
    bin_folder = folder / "office" / "bin"
    bin_folder.mkdir(parents=True)
    made = bin_folder / "soffice"
    made.write_text(f"#!/bin/sh\n{body}\n")
    made.chmod(0o755)
    return str(made)


def document(folder: Path) -> Path:
    place = folder / "book.docx"
    place.write_bytes(render(make_book(make_entry())))
    return place


def test_a_date_and_what_is_drawn_from_it_are_replaced_in_their_places() -> None:
    other = _PDF.replace(b"20261122132136", b"20261122140000").replace(b"25AB07", b"FFFFFF")
    one = dated(_PDF, AT)
    assert one == dated(other, AT)
    assert len(one) == len(_PDF)
    assert b"(D:20260301080000Z')" in one
    assert dated(_PDF.replace(b"(W)", b"(X)"), AT)[-60:] != one[-60:]


def running(words: str) -> list[str]:
    """Processes with these words in their command line."""
    found = []
    for place in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):  # it has just ended
            line = place.read_bytes().replace(b"\0", b" ").decode(errors="replace")
            found += [line] if words in line else []
    return found


def test_what_hangs_is_stopped_and_its_children_too(tmp_path: Path) -> None:
    child = f"sleep 60.{os.getpid()}"
    program = script(tmp_path, f"{child} & wait")
    started = time.monotonic()

    def enough() -> bool:
        return bool(running(child)) or time.monotonic() - started > 20

    with pytest.raises(Stopped):
        LibreOffice(program).watching(enough).to_pdf(document(tmp_path), tmp_path)
    assert running(child) == []
    assert time.monotonic() - started < 20


def test_what_takes_too_long_or_says_why_fails(tmp_path: Path) -> None:
    with pytest.raises(LayoutFailed, match="not finished in 1 seconds"):
        LibreOffice(script(tmp_path / "slow", "sleep 30"), timeout=1).to_pdf(document(tmp_path), tmp_path)
    with pytest.raises(LayoutFailed, match="no room"):
        LibreOffice(script(tmp_path / "broken", "echo no room >&2")).to_pdf(document(tmp_path), tmp_path)


def test_a_layout_is_kept_and_the_printers_pdf_embeds_its_fonts(tmp_path: Path) -> None:
    office = installed_paginator(kept=tmp_path / "layouts")
    if office is None:
        lacking("layouts need LibreOffice: `apt install libreoffice-writer`")
    assert office is not None
    source = document(tmp_path)
    first = office.lay_out(source)
    (kept,) = (tmp_path / "layouts").iterdir()
    assert first.pages > 5
    kept.write_text('{"pages": 3, "places": {"_TocCase00001": 2}}')
    assert office.lay_out(source) == Layout(3, {"_TocCase00001": 2})
    kept.write_text("{")
    pdf = pypdf.PdfReader(office.to_pdf(source, tmp_path, PRINTED))
    fonts = {
        str(font.get_object()["/BaseFont"])
        for page in pdf.pages
        for font in page["/Resources"].get("/Font", {}).get_object().values()  # type: ignore[attr-defined]  # as PDF says
    }
    assert fonts
    assert all(name[7:8] == "+" for name in fonts)  # six letters and a plus: a part of the font is embedded
