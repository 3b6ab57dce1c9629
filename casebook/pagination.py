"""Laying books out with LibreOffice: true page numbers, and the book as a PDF.

Two passes (measured at 50 and 300 cases: every contents line equals the printed folio, and a second rendering
changes nothing). Pass one lays out a proxy of the book with grey dots for photos; LibreOffice writes a PDF in
which each bookmark is a named destination. Pass two writes the numbers into the contents. LibreOffice never
saves the Word file itself: a file it has saved breaks the schema and loses indents.

A layout is kept by the proxy's bytes, the fonts and the program: the same book is laid out once.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Protocol

import pypdf

from casebook.errors import LayoutFailed, Stopped
from casebook.typefaces import FAMILIES
from submissions.intake.office import environment, kill_group, launcher, write_profile

_LOOK = 0.25
"""Seconds between looks whether a conversion has ended or shall end."""
_KEPT = 200
"""Layouts beyond this go, those that were asked for longest ago first."""
_CREATED = re.compile(rb"/CreationDate\(D:(\d{14})Z?'?[^)]*\)")
_TRAILER = re.compile(rb"/ID \[ <([0-9A-F]{32})>\s*<([0-9A-F]{32})> \]\s*/DocChecksum /([0-9A-F]{32})")


@dataclass(frozen=True, slots=True)
class PdfSettings:
    """What a PDF is for. `dpi` is what pictures are brought down to where they have more, `quality` that of
    their JPEG; `tagged` keeps the structure for screen readers."""

    dpi: int
    quality: int
    tagged: bool

    def filter(self) -> str:
        """As LibreOffice's command line takes it."""
        choices: dict[str, bool | int] = {
            "ExportBookmarksToPDFDestination": True,
            "ExportBookmarks": True,
            "IsSkipEmptyPages": False,
            "UseTaggedPDF": self.tagged,
            "ReduceImageResolution": True,
            "MaxImageResolution": self.dpi,
            "Quality": self.quality,
        }
        typed = {name: _typed(value) for name, value in choices.items()}
        return "pdf:writer_pdf_Export:" + json.dumps(typed, separators=(",", ":"))


def _typed(value: bool | int) -> dict[str, str]:
    if isinstance(value, bool):
        return {"type": "boolean", "value": str(value).lower()}
    return {"type": "long", "value": str(value)}


PRINTED = PdfSettings(dpi=300, quality=95, tagged=False)
"""For the printer: what has 300 dpi keeps them."""
ON_SCREEN = PdfSettings(dpi=150, quality=80, tagged=True)
_LAID_OUT = PdfSettings(dpi=75, quality=50, tagged=False)


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


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class LibreOffice:
    """Paginator by a LibreOffice that runs without a screen and a network, in a profile of its own that is
    thrown away. `stopped` is asked while it works: when it says yes, the program is ended. `kept` is a folder
    of layouts that can be deleted at any time."""

    program: str
    timeout: float = 1800
    stopped: Callable[[], bool] = field(default=_never)
    kept: Path | None = None

    def watching(self, stopped: Callable[[], bool]) -> "LibreOffice":
        """The same program, ended when `stopped` says so."""
        return replace(self, stopped=stopped)

    def lay_out(self, document: Path) -> Layout:
        place = self._place(document)
        known = _kept_layout(place)
        if known is None:
            with tempfile.TemporaryDirectory(prefix="exemplar-layout-") as folder:
                known = read_layout(self.to_pdf(document, Path(folder), _LAID_OUT))
            _keep_layout(place, known)
        return known

    def pdf(self, word: bytes) -> bytes:
        """A Word file as a PDF. Raises LayoutFailed."""
        with tempfile.TemporaryDirectory(prefix="exemplar-pdf-") as name:
            folder = Path(name)
            document = folder / "document.docx"
            document.write_bytes(word)
            return self.to_pdf(document, folder).read_bytes()

    def to_pdf(self, document: Path, folder: Path, settings: PdfSettings = ON_SCREEN) -> Path:
        """The document as a PDF in this folder, its bookmarks as named destinations.

        Raises:
            LayoutFailed: LibreOffice made nothing of it, or not in time.
            Stopped: nobody wants it any more.
        """
        with tempfile.TemporaryDirectory(prefix="exemplar-office-") as name:
            own = Path(name)
            source = shutil.copyfile(document, own / document.name)
            write_profile(own / "profile" / "user")
            (own / "fonts.conf").write_text(_font_aliases(), encoding="utf-8")
            said = self._run(self._command(own, source, settings), self._environment(own))
            made = own / "out" / f"{document.stem}.pdf"
            if not made.exists():
                raise LayoutFailed(said[:300] or "no answer")
            return Path(shutil.move(made, folder / made.name))

    def _command(self, own: Path, source: Path, settings: PdfSettings) -> list[str]:
        return launcher(
            self.program,
            f"-env:UserInstallation={(own / 'profile').as_uri()}",
            *("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck"),
            *("--convert-to", settings.filter(), "--outdir", str(own / "out"), str(source)),
        )

    def _environment(self, own: Path) -> dict[str, str]:
        fonts = {"FONTCONFIG_FILE": str(own / "fonts.conf")}
        return {**environment(own), **fonts, "EXEMPLAR_CPU_SECONDS": str(int(self.timeout) * 2)}

    def _run(self, command: list[str], surroundings: dict[str, str]) -> str:
        """What it said; its whole group of processes is gone afterwards."""
        with tempfile.TemporaryFile() as said:
            try:
                process = subprocess.Popen(  # noqa: S603  # our own command on our own file, no shell
                    command,
                    env=surroundings,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=said,
                    start_new_session=True,
                )
            except OSError as failure:
                raise LayoutFailed(str(failure)) from failure
            try:
                self._wait(process)
            finally:
                kill_group(process)
            said.seek(0)
            return said.read().decode("utf-8", "replace").strip()

    def _wait(self, process: subprocess.Popen[bytes]) -> None:
        until = time.monotonic() + self.timeout
        while True:
            try:
                process.wait(_LOOK)
            except subprocess.TimeoutExpired:
                if self.stopped():
                    raise Stopped from None
                if time.monotonic() > until:
                    raise LayoutFailed(f"not finished in {self.timeout:.0f} seconds") from None
            else:
                return

    def _place(self, document: Path) -> Path | None:
        if self.kept is None:
            return None
        with document.open("rb") as source:
            proxy = hashlib.file_digest(source, "sha256").hexdigest()
        said = "\n".join((proxy, _fonts(), self.program, str(Path(self.program).stat().st_mtime_ns)))
        return self.kept / f"{hashlib.sha256(said.encode()).hexdigest()}.json"


def installed_paginator(
    program: str = "", *, timeout: float = 1800, kept: Path | None = None
) -> LibreOffice | None:
    """The LibreOffice named, or the one on PATH; None when there is none."""
    found = shutil.which(program) if program else shutil.which("soffice") or shutil.which("libreoffice")
    return LibreOffice(found, timeout=timeout, kept=kept) if found else None


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


def dated(pdf: bytes, at: datetime) -> bytes:
    """The same PDF as if made at this moment: LibreOffice writes its clock's, and hashes drawn from
    that, which become those of the content. Everything keeps its place, so that the cross references hold."""
    moment = at.astimezone(UTC).strftime("%Y%m%d%H%M%S").encode()
    still = _CREATED.sub(lambda found: _filled(found, 1, moment), pdf)
    bare = _TRAILER.sub(_blank, still)
    digest = hashlib.md5(bare, usedforsecurity=False).hexdigest().upper().encode()
    return _TRAILER.sub(lambda found: _blank(found, digest), bare)


def _filled(found: re.Match[bytes], group: int, content: bytes) -> bytes:
    start, end = found.start(group) - found.start(), found.end(group) - found.start()
    return found[0][:start] + content + found[0][end:]


def _blank(found: re.Match[bytes], digest: bytes = b"0" * 32) -> bytes:
    whole = found[0]
    for group in (1, 2, 3):
        start = found.start(group) - found.start()
        whole = whole[:start] + digest + whole[start + 32 :]
    return whole


def _kept_layout(place: Path | None) -> Layout | None:
    if place is None:
        return None
    try:
        kept = json.loads(place.read_text(encoding="utf-8"))
        os.utime(place)
    except (FileNotFoundError, json.JSONDecodeError):
        return None
    return Layout(kept["pages"], kept["places"])


def _keep_layout(place: Path | None, layout: Layout) -> None:
    if place is None:
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    new = place.with_suffix(f".{os.getpid()}")
    new.write_text(json.dumps({"pages": layout.pages, "places": dict(layout.places)}), encoding="utf-8")
    new.rename(place)
    oldest_first = sorted(place.parent.glob("*.json"), key=lambda each: each.stat().st_mtime)
    for each in oldest_first[:-_KEPT]:
        each.unlink(missing_ok=True)


@cache
def _fonts() -> str:
    """The fonts of this machine, as one line; "" where that cannot be asked."""
    program = shutil.which("fc-list")
    if program is None:
        return ""
    listed = subprocess.run(  # noqa: S603  # a fixed command
        [program, ":", "file", "family", "style", "fontversion"], capture_output=True, check=False, timeout=60
    )
    return hashlib.sha256(b"\n".join(sorted(listed.stdout.splitlines()))).hexdigest()


def _font_aliases() -> str:
    """Open fonts in place of the Chinese families that only Windows and macOS have."""
    rules = "".join(
        f'<match target="pattern"><test name="family" compare="eq"><string>{family}</string></test>'
        '<edit name="family" mode="assign" binding="strong">'
        + "".join(f"<string>{other}</string>" for other in (family, *others))
        + "</edit></match>"
        for families, others in FAMILIES.items()
        for family in families
    )
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f'<include ignore_missing="yes">/etc/fonts/fonts.conf</include>{rules}</fontconfig>'
    )
