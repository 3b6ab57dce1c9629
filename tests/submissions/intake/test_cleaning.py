"""Evidence files without the properties that name people."""

import io
import zipfile

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Text
from pypdf.generic import NameObject, TextStringObject

from submissions.intake.cleaning import OFFICE, PDF, NotCleanable, without_properties


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


def test_comments_and_changes_are_of_nobody() -> None:
    content = office(
        word__document_xml='<w:ins w:id="1" w:author="张三" w:date="2026"><w:t>author="正文"</w:t></w:ins>',
        word__comments_xml="<w:comment w:author='张三' w:initials=\"ZS\">好</w:comment>",
        word__people_xml='<w15:person w15:author="张三"><w15:info w15:userId="zhang@x"/></w15:person>',
        xl__comments1_xml="<authors><author>张三</author></authors>",
        xl__persons__person_xml='<person displayName="张三" id="{1}" userId="zhang@x"/>',
        ppt__commentAuthors_xml='<p:cmAuthor id="0" name="张三" initials="张"/>',
    )
    cleaned = without_properties(content, OFFICE[0])
    with zipfile.ZipFile(io.BytesIO(cleaned)) as archive:
        whole = {entry: archive.read(entry).decode() for entry in archive.namelist()}
    assert not [entry for entry, said in whole.items() if "张" in said or "ZS" in said or "zhang" in said]
    assert '<w:ins w:id="1" w:author="" w:date="2026"><w:t>author="正文"<' in whole["word/document.xml"]
    assert whole["xl/comments1.xml"] == "<authors><author></author></authors>"
    assert 'id="{1}"' in whole["xl/persons/person.xml"]


def test_notes_in_a_pdf_are_of_nobody() -> None:
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    note = Text(rect=(0, 0, 10, 10), text="good")
    note[NameObject("/T")] = TextStringObject("Zhang San")
    writer.add_annotation(0, note)
    target = io.BytesIO()
    writer.write(target)
    cleaned = without_properties(target.getvalue(), PDF)
    assert b"Zhang San" in target.getvalue()
    assert b"Zhang San" not in cleaned
    assert b"good" in cleaned


def test_a_damaged_part_is_no_failure_of_ours() -> None:
    sound = io.BytesIO()
    with zipfile.ZipFile(sound, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "正文" * 1000)
    broken = bytearray(sound.getvalue())
    start = broken.index(b"word/document.xml") + len("word/document.xml")
    broken[start : start + 8] = b"\xff" * 8
    with pytest.raises(NotCleanable):
        without_properties(bytes(broken), OFFICE[0])


@pytest.mark.parametrize(
    ("data", "media_type"),
    [(b"no zip", OFFICE[0]), (b"no pdf", PDF), (b"", PDF), (b"x", "application/zip"), (b"x", "text/plain")],
)
def test_what_cannot_be_cleaned_is_not_handed_out(data: bytes, media_type: str) -> None:
    with pytest.raises(NotCleanable):
        without_properties(data, media_type)
