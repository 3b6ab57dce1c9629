"""Evidence files without the properties that name people."""

import io
import zipfile

import pytest
from pypdf import PdfReader, PdfWriter

from judging.cleaning import OFFICE, PDF, NotCleanable, without_properties


def office(**parts: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.comment = "张三".encode()
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return target.getvalue()


def test_office_properties_are_emptied_and_the_rest_stays() -> None:
    cleaned = without_properties(
        office(
            docProps__core_xml="<creator>张三</creator>",
            docProps__app_xml="<Company>某局</Company>",
            docProps__custom_xml="<x>某局</x>",
            word__document_xml="<w>正文</w>",
        ),
        OFFICE[0],
    )
    with zipfile.ZipFile(io.BytesIO(cleaned)) as archive:
        assert archive.comment == b""
        assert archive.read("word/document.xml").decode() == "<w>正文</w>"
        properties = b"".join(archive.read(f"docProps/{part}.xml") for part in ("core", "app", "custom"))
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert "张三".encode() not in properties
    assert "某局".encode() not in properties


def test_pdf_information_is_left_out() -> None:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_metadata({"/Author": "Zhang San", "/Title": "Bureau"})
    target = io.BytesIO()
    writer.write(target)
    cleaned = without_properties(target.getvalue(), PDF)
    assert b"Zhang San" not in cleaned
    assert len(PdfReader(io.BytesIO(cleaned)).pages) == 1


@pytest.mark.parametrize(
    ("data", "media_type"),
    [(b"no zip", OFFICE[0]), (b"no pdf", PDF), (b"", PDF), (b"x", "application/zip"), (b"x", "text/plain")],
)
def test_what_cannot_be_cleaned_is_not_handed_out(data: bytes, media_type: str) -> None:
    with pytest.raises(NotCleanable):
        without_properties(data, media_type)
