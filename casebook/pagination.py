"""True page numbers: the book is laid out once by LibreOffice, and its bookmarks tell where they landed.

Two passes (measured at 50 and 300 cases: every contents line equals the printed folio, and a second rendering
changes nothing). Pass one lays out a proxy of the book with grey dots for photos; LibreOffice writes a PDF in
which each bookmark is a named destination. Pass two writes the numbers into the contents. LibreOffice never
saves the Word file itself: a file it has saved breaks the schema and loses indents.
"""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pypdf

from casebook.errors import LayoutFailed

_FILTER = (
    'pdf:writer_pdf_Export:{"ExportBookmarksToPDFDestination":{"type":"boolean","value":"true"},'
    '"IsSkipEmptyPages":{"type":"boolean","value":"false"}}'
)
_FAMILIES = {
    ("宋体", "SimSun"): ("Noto Serif CJK SC", "Source Han Serif SC", "AR PL UMing CN"),
    ("黑体", "SimHei"): ("Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Zen Hei"),
    ("楷体", "KaiTi"): ("LXGW WenKai", "AR PL UKai CN", "Noto Serif CJK SC"),
    ("仿宋", "FangSong"): ("LXGW WenKai", "AR PL UKai CN", "Noto Serif CJK SC"),
    ("Times New Roman",): ("Liberation Serif",),
    ("Arial",): ("Liberation Sans",),
}


@dataclass(frozen=True, slots=True)
class Layout:
    """`pages` of the whole file, and by bookmark the page it stands on, counted from 0."""

    pages: int
    places: Mapping[str, int]


class Paginator(Protocol):
    """Lays a Word file out to learn on which page each bookmark stands."""

    def lay_out(self, document: Path) -> Layout:
        """Raises LayoutFailed."""
        ...


class LibreOffice:
    """Paginator by a LibreOffice that runs without a screen, in a profile of its own that is thrown away."""

    def __init__(self, program: str, *, timeout: float = 1800) -> None:
        self._program = program
        self._timeout = timeout

    def lay_out(self, document: Path) -> Layout:
        with tempfile.TemporaryDirectory(prefix="exemplar-layout-") as folder:
            return read_layout(self.to_pdf(document, Path(folder)))

    def pdf(self, word: bytes) -> bytes:
        """A Word file as a PDF. Raises LayoutFailed."""
        with tempfile.TemporaryDirectory(prefix="exemplar-pdf-") as folder:
            document = Path(folder) / "document.docx"
            document.write_bytes(word)
            return self.to_pdf(document, Path(folder)).read_bytes()

    def to_pdf(self, document: Path, folder: Path) -> Path:
        """The document as a PDF in this folder, its bookmarks as named destinations. Raises LayoutFailed."""
        fonts = folder / "fonts.conf"
        fonts.write_text(_font_aliases(), encoding="utf-8")
        command = [
            self._program,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            *("--headless", "--norestore", "--nologo", "--nodefault", "--convert-to", _FILTER),
            *("--outdir", str(folder), str(document)),
        ]
        try:
            done = subprocess.run(  # noqa: S603 - our own command on our own file, no shell
                command,
                env={**os.environ, "FONTCONFIG_FILE": str(fonts), "SAL_USE_VCLPLUGIN": "svp"},
                capture_output=True,
                timeout=self._timeout,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired) as failure:
            raise LayoutFailed(str(failure)) from failure
        pdf = folder / f"{document.stem}.pdf"
        if not pdf.exists():
            raise LayoutFailed((done.stderr or done.stdout or b"no answer").decode("utf-8", "replace")[:300])
        return pdf


def installed_paginator(program: str = "", *, timeout: float = 1800) -> LibreOffice | None:
    """The LibreOffice named, or the one on PATH; None when there is none."""
    found = shutil.which(program) if program else shutil.which("soffice") or shutil.which("libreoffice")
    return LibreOffice(found, timeout=timeout) if found else None


def read_layout(pdf: Path) -> Layout:
    """Pages and named destinations of a PDF that LibreOffice wrote."""
    reader = pypdf.PdfReader(pdf)
    places = {}
    for name, destination in reader.named_destinations.items():
        page = reader.get_destination_page_number(destination)
        if page is not None and page >= 0:
            # LibreOffice writes an underscore in a name as the escape /5F.
            places[name.replace("/5F", "_").replace("#5F", "_")] = page
    return Layout(len(reader.pages), places)


def _font_aliases() -> str:
    """Open fonts in place of the Chinese families that only Windows and macOS have."""
    rules = "".join(
        f'<match target="pattern"><test name="family" compare="eq"><string>{family}</string></test>'
        '<edit name="family" mode="assign" binding="strong">'
        + "".join(f"<string>{other}</string>" for other in (family, *others))
        + "</edit></match>"
        for families, others in _FAMILIES.items()
        for family in families
    )
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f'<include ignore_missing="yes">/etc/fonts/fonts.conf</include>{rules}</fontconfig>'
    )
