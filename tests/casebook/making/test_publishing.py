"""Final files: the web edition, what readers see of it, certificates of inclusion, deletion refused."""

import zipfile
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from docx import Document

from casebook import queries as editions
from casebook.making import certifying
from casebook.service import change_details
from tests.casebook.making.press import cleared
from tests.casebook.reviewing.world import Office
from tests.support.web import Visitor


@pytest.fixture
def made(product: Any, visitor: Visitor) -> Office:
    """Final files of a cleared book, and the visitor signed in as its editor."""
    found = cleared(product.database)
    visitor.sign_in(found.people[0]).speak("zh")
    base = f"/editions/{found.edition_id}/builds"
    answer = visitor.post(base, {"kind": "final", "outputs": ["epub"]})
    assert "正在生成付印文件（第 1 次）" in answer.text
    found.desk.deliver(product.files, product.books)
    return found


def test_the_web_edition_shows_what_a_reader_may_read(product: Any, visitor: Visitor, made: Office) -> None:
    base, reader = f"/editions/{made.edition_id}/builds", Visitor(product).speak("zh")
    assert visitor.post(f"{base}/1/delete").status_code == 409
    refused = visitor.post(f"{base}/1/publish", {"slug": "Das Buch"})
    assert refused.status_code == 422
    assert 'value="Das Buch"' in refused.text
    assert reader.get("/books/casebook-2026").status_code == 404
    visitor.post(f"{base}/1/publish", {"slug": "casebook-2026", "offers": ["epub", "screen"]})
    shown = reader.get("/books/casebook-2026").text
    for title in ("案例之一", "案例之二", "案例之三"):
        assert title in shown
    assert "案例选编" in reader.get("/books").text
    assert "案例选编" in reader.get("/library").text
    case = made.desk.judged.entries[0].case_id
    assert 'href="/books/casebook-2026"' in reader.get(f"/library/{case}").text
    fetched = reader.get("/books/casebook-2026/files/epub")
    assert (fetched.status_code, fetched.content[:2]) == (200, b"PK")
    assert reader.get("/books/casebook-2026/files/word").status_code == 404
    assert "已从案例库撤下" in visitor.post(f"/editions/{made.edition_id}/publication/off").text
    assert reader.get("/books/casebook-2026").status_code == 404


def test_a_revoked_award_takes_the_book_off(product: Any, visitor: Visitor, made: Office) -> None:
    base, reader = f"/editions/{made.edition_id}/builds", Visitor(product).speak("zh")
    visitor.post(f"{base}/1/publish", {"slug": "casebook-2026", "offers": ["epub"]})
    made.desk.revoke(0)
    assert reader.get("/books/casebook-2026").status_code == 404  # before the worker has heard
    assert reader.get("/books/casebook-2026/files/epub").status_code == 404
    made.desk.deliver(product.files, product.books)
    assert reader.get("/books/casebook-2026").status_code == 404
    assert "已作废" in visitor.get(base).text


def test_certificates_of_inclusion(product: Any, visitor: Visitor, made: Office) -> None:
    base = f"/editions/{made.edition_id}"
    assert "颁发单位" in visitor.post(f"{base}/builds/1/certificates").text
    with product.database.write(made.actor(0)) as db:
        edition = editions.edition(db, made.edition_id)
        change_details(
            db,
            actor=made.actor(0),
            now=made.now(),
            edition_id=made.edition_id,
            revision=edition.details_revision,
            details=replace(edition.details, compiler="本书编写组"),
        )
    answer = visitor.post(f"{base}/builds/1/certificates")
    assert "已签发 6 张入选证书" in answer.text  # three units, three authors
    assert visitor.post(f"{base}/builds/1/certificates").status_code == 409
    with zipfile.ZipFile(BytesIO(visitor.get(f"{base}/certificates.zip").content)) as archive:
        names = archive.namelist()
        document = Document(BytesIO(archive.read(names[0])))
    assert len(names) == 3
    words = "".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    assert "入选证书" in words
    assert "案例之一" in words
    with product.database.read(made.actor(0)) as db:
        issued = certifying.issued(db, made.edition_id)
    reader = Visitor(product).speak("zh")
    assert "真实有效" in reader.get(f"/inclusions/{issued[0].number}").text
    assert reader.get("/inclusions/RX202600001-XXXX").status_code == 404
    made.desk.revoke(0)
    assert "已失效" in reader.get(f"/inclusions/{issued[0].number}").text
