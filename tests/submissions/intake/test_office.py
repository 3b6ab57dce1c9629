"""Files of other word processors: converted where LibreOffice is installed, and never on the network."""

from __future__ import annotations

import http.server
import io
import os
import shutil
import subprocess
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from submissions.intake import Unreadable, as_docx, landlock, office, read_document
from tests.submissions.intake.documents import new, saved

needs_office = pytest.mark.skipif(
    office.installed() is None and not os.environ.get("CI"),  # in CI nothing is skipped
    reason="LibreOffice is not installed",
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ASKED = "http://127.0.0.1:{port}/{name}"


@pytest.fixture
def listener() -> Iterator[tuple[int, list[str]]]:
    """A web server on this machine, and what it was asked for."""
    asked: list[str] = []

    class Listening(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the base class's name
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET  # noqa: N815  # the base class's names

        def log_message(self, *_arguments: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Listening)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port, asked
    server.shutdown()
    server.server_close()


def rtf(port: int = 9) -> bytes:
    """With a template and a picture that are only linked."""
    template, picture = ASKED.format(port=port, name="t.dot"), ASKED.format(port=port, name="p.png")
    text = "".join(f"\\u{ord(each)}?" for each in "一、背景")
    body = "".join(f"\\u{ord(each)}?" for each in "支部建立台账，逐户上门。")
    return (
        "{\\rtf1\\ansi{\\*\\template " + template + "}\\pard " + text + "\\par " + body + "\\par "
        '{\\field{\\*\\fldinst INCLUDEPICTURE "' + picture + '" \\\\d}{\\fldrslt }}\\par}'
    ).encode("ascii")


def odt(port: int) -> bytes:
    picture = ASKED.format(port=port, name="p.png")
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
        'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
        'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" '
        'xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.2"><office:body><office:text>'
        "<text:p>支部建立台账</text:p><text:p>"
        "<draw:frame svg:width='2cm' svg:height='2cm' text:anchor-type='paragraph'>"
        f"<draw:image xlink:href='{picture}' xlink:type='simple' xlink:show='embed' xlink:actuate='onLoad'/>"
        "</draw:frame></text:p></office:text></office:body></office:document-content>"
    )
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    kind = "application/vnd.oasis.opendocument.text"
    entries = "".join(
        f'<m:file-entry m:full-path="{path}" m:media-type="{media}"/>'
        for path, media in (("/", kind), ("content.xml", "text/xml"))
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{manifest}">{entries}</m:manifest>')
    return target.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (rtf(), "rtf"),
        (b"\xef\xbb\xbf\r\n{\\RTF1 x}", "rtf"),
        (odt(9), "odt"),
        (OLE + "WordDocument".encode("utf-16-le"), "doc"),
        (OLE + "MatOST".encode("utf-16-le"), "wps"),
        (OLE + "Workbook".encode("utf-16-le"), ""),
        (OLE + "EncryptedPackageWordDocument".encode("utf-16-le"), ""),
        (saved(new()), ""),
        (b"%PDF-1.7", ""),
        (b"", ""),
    ],
)
def test_the_bytes_say_what_it_is(data: bytes, kind: str) -> None:
    assert office.kind_of(data) == kind


def test_a_docx_is_not_touched() -> None:
    data = saved(new())
    assert as_docx(data) is data


def test_without_libreoffice_the_sentence_says_how_to_save(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(Unreadable) as refused:
        read_document("案例.rtf", rtf())
    assert "另存为" in str(refused.value.reason)


@needs_office
def test_an_rtf_is_read_and_asks_for_nothing(listener: tuple[int, list[str]]) -> None:
    port, asked = listener
    case = read_document("案例.wps", rtf(port))
    assert "支部建立台账，逐户上门。" in case.body_html
    assert "LibreOffice" in str(case.findings[0])
    assert asked == []


@needs_office
def test_a_linked_picture_is_not_fetched_even_with_a_network(
    listener: tuple[int, list[str]], tmp_path: Path
) -> None:
    """The same file makes an ordinary LibreOffice ask, so the listener does listen."""
    port, asked = listener
    assert b"PK" in office.to_docx(odt(port), "odt", keep_network=True)
    assert asked == []
    (tmp_path / "a.odt").write_bytes(odt(port))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    program = shutil.which("soffice") or "libreoffice"
    subprocess.run(
        [program, profile, "--headless", "--convert-to", "docx", "--outdir", tmp_path, tmp_path / "a.odt"],
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert "/p.png" in asked


@needs_office
def test_what_cannot_be_converted_is_refused_and_takes_no_longer_than_allowed() -> None:
    with pytest.raises(Unreadable) as refused:
        office.to_docx(rtf(), "rtf", timeout=0.05)
    assert "没能转换" in str(refused.value.reason)


@needs_office
@pytest.mark.skipif(not landlock.version(), reason="this system has no Landlock")
def test_no_picture_of_this_machine_gets_into_the_document(tmp_path: Path) -> None:
    """A file may name any picture; what the server can read must not be drawn for its sender."""
    picture = tmp_path / "secret.png"
    Image.new("RGB", (40, 40), "red").save(picture)
    field = f'{{\\field{{\\*\\fldinst INCLUDEPICTURE "{picture}"}}{{\\fldrslt x}}}}'
    made = office.to_docx(f"{{\\rtf1 Hello {field}}}".encode("ascii"), "rtf")
    with zipfile.ZipFile(io.BytesIO(made)) as package:
        assert [name for name in package.namelist() if "media" in name] == []
        assert b"Hello" in package.read("word/document.xml")


@needs_office
def test_a_file_does_not_wait_for_ever_for_the_one_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "PATIENCE", 0.05)
    with office._turn(), pytest.raises(Unreadable, match="正在转换"):
        office.to_docx(b"{\\rtf1 Hello}", "rtf")
