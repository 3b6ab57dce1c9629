"""Templates of a house: uploaded, checked, kept with versions, chosen for a book."""

from typing import Any

import pytest

from casebook import queries as editions
from casebook.book import Trim
from casebook.docx.starter import starter
from casebook.docx.template import inspect
from casebook.houses import queries, service
from casebook.houses.service import Checked
from foundation.actor import Role
from foundation.db import Database
from foundation.errors import Forbidden, Invalid, NotFound
from foundation.files import StoredFile
from foundation.people import actor_of
from tests.casebook.world import LATER, Desk, desk
from tests.support.factories import make_user
from tests.support.web import Visitor


@pytest.fixture
def made(sqlite_database: Database) -> Desk:
    return desk(sqlite_database)


def checked(trim: Trim = Trim.K16) -> Checked:
    return Checked("版式.docx", StoredFile("a" * 64, 10), inspect(starter(trim)))


def test_versions_are_kept_and_the_newest_stands_first(made: Desk) -> None:
    with made.database.write(made.editor) as db:
        call = {"actor": made.editor, "now": LATER}
        kept = service.upload_template(db, **call, checked=checked(), name="某社16开")  # type: ignore[arg-type]  # as named
        service.upload_template(db, **call, checked=checked(Trim.A4), template_id=kept, note="换纸")  # type: ignore[arg-type]  # as named
        found = queries.template(db, kept)
        assert [(each.number, each.report.trim, each.note) for each in found.versions] == [
            (2, "a4", "换纸"),
            (1, "k16", ""),
        ]
        assert found.newest.report.missing == ()
        service.retire_template(db, **call, template_id=kept)  # type: ignore[arg-type]  # as named
        assert queries.template(db, kept).retired_at == LATER
        service.offer_template(db, **call, template_id=kept)  # type: ignore[arg-type]  # as named
        assert queries.template(db, kept).retired_at is None
        for name in ("", "某社16开"):
            with pytest.raises(Invalid):
                service.upload_template(db, **call, checked=checked(), name=name)  # type: ignore[arg-type]  # as named
        with pytest.raises(NotFound):
            service.upload_template(db, **call, checked=checked(), template_id="none")  # type: ignore[arg-type]  # as named


def test_only_editors_see_and_upload(made: Desk) -> None:
    with made.database.write(made.editor) as db:
        service.upload_template(db, actor=made.editor, now=LATER, checked=checked(), name="甲")
    with made.database.write() as db:
        trainer = actor_of(make_user(db, Role.TRAINER))
    with made.database.write(trainer) as db:
        assert queries.templates(db) == []
        with pytest.raises(Forbidden):
            service.upload_template(db, actor=trainer, now=LATER, checked=checked(), name="乙")


def test_the_pages_of_templates_and_a_book_that_uses_one(product: Any, visitor: Visitor) -> None:
    made = desk(product.database)
    visitor.sign_in(made.user).speak("zh")
    start = visitor.get("/book-templates/start/k16")
    assert start.content[:2] == b"PK"
    assert visitor.get("/book-templates/start/a0").status_code == 404
    file = {"file": ("某社.docx", start.content, "application/octet-stream")}
    page = visitor.post("/book-templates", {"name": "某社16开"}, files=file)
    assert "样式齐全" in page.text
    assert "16开（185×260 毫米）" in page.text
    bad = {"file": ("x.docx", b"%PDF-1.7", "application/octet-stream")}
    refused = visitor.post("/book-templates", {"name": "又一个"}, files=bad)
    assert (refused.status_code, "这是 PDF 文件" in refused.text, 'value="又一个"' in refused.text) == (
        422,
        True,
        True,
    )
    assert visitor.post("/book-templates", {"name": "没有文件"}).status_code == 422
    assert "第 2 版" in visitor.post(f"{page.url.path}/versions", {"note": "改了"}, files=file).text
    assert visitor.get(f"{page.url.path}/versions/1").content == start.content
    assert visitor.get(f"{page.url.path}/versions/9").status_code == 404
    with product.database.read(made.editor) as db:
        version = queries.templates(db)[0].newest.id
        assert queries.content(db, product.files, version) == start.content
        assert queries.content(db, product.files, "none") == b""
    typed = {"revision": "1", "title": "书", "year": "2026", "template": version, "trim": "a4"}
    saved = visitor.post(f"/editions/{made.edition_id}/edit", typed)
    assert "与开本不同" in saved.text
    visitor.post(f"{page.url.path}/retired", {"action": "retire"})
    assert "某社16开 · 第 2 版" in visitor.get(f"/editions/{made.edition_id}/edit").text
    with product.database.read(made.editor) as db:
        assert editions.edition(db, made.edition_id).details.template == version
