"""From rows to values: what is printed, what is left out; a case as a file of its own."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from docx import Document

from casebook.assemble import Around, Beside, StoredPictures, book, printed_authors
from casebook.book import BoardLine, Entry, Format, Matter, Trim
from casebook.docx.check import findings
from casebook.docx.renderer import render_case
from casebook.values import ChapterView, EditionDetails, EntryView, ManuscriptText
from foundation.files import LocalFiles
from foundation.richtext import Paragraph, Run, blocks
from submissions.values import AttachmentView, Author
from tests.casebook.factories import Photos, make_entry
from tests.casebook.world import awarded
from tests.support.web import Visitor

DETAILS = EditionDetails(
    title="基层实践",
    publisher="示范出版社",
    year=2026,
    isbn="978-7-111-07575-2",
    cip="2026012345",
    board="主编：张三",
    trim=Trim.A4,
)
TEXT = ManuscriptText("标题", "某支部", ("甲",), "摘要", "<p>正文</p>", (), "来源", "签发")
ENTRY = EntryView(
    id="e1",
    edition_id="x",
    chapter_id="c1",
    case_id="k1",
    version_id="v1",
    award_id="a1",
    prize_name="一等奖",
    prize_rank=1,
    category_key="rural",
    category_name="农村",
    withdrawn_at=None,
    title="标题",
    unit="某支部",
    rounds=1,
)


def test_a_book_of_rows() -> None:
    found = book(DETAILS, (ChapterView("c1", "一等奖", (ENTRY,)),), {"e1": TEXT})
    assert found.entries == (
        Entry(
            title="标题",
            unit="某支部",
            prize="一等奖",
            authors=("甲",),
            summary="摘要",
            blocks=blocks("<p>正文</p>"),
            source_line="来源",
            signoff_line="签发",
            category="农村",
            id="e1",
        ),
    )
    assert (found.title, found.imprint.isbn) == ("基层实践", "978-7-111-07575-2")
    assert (found.imprint.cip, found.board) == ("2026012345", (BoardLine("主编", ("张三",)),))
    assert (found.format, found.front) == (Format(trim=Trim.A4), ())


def test_what_stands_around_the_cases() -> None:
    front = (Matter("前言", blocks("<p>序</p>")),)
    found = book(DETAILS, (), {}, around=Around(front=front, reference=b"docx"))
    assert (found.front, found.back, found.format.reference) == (front, (), b"docx")


def test_what_stands_beside_the_manuscripts() -> None:
    entry = replace(ENTRY, id="e2", case_id="01HCASE000000002", topics=("党建",), places=("余杭区",))
    linked = replace(TEXT, body='<p><a href="https://a.example/library/01HCASE000000002">乙案</a></p>')
    beside = Beside(commendations={"e2": "扎实"}, signoffs={"e2": "（编辑：丁）"})
    chapters = (ChapterView("c1", "一等奖", (ENTRY, entry)),)
    first, second = book(DETAILS, chapters, {"e1": linked, "e2": TEXT}, beside).entries
    assert first.blocks == (Paragraph((Run("乙案", href="entry:e2"),)),)
    assert (first.commendation, first.signoff_line) == ("", "签发")
    assert (second.topics, second.places) == (("党建",), ("余杭区",))
    assert (second.commendation, second.signoff_line) == ("扎实", "（编辑：丁）")


def test_withdrawn_entries_and_the_chapters_they_empty_are_not_printed() -> None:
    gone = replace(ENTRY, id="e2", withdrawn_at=datetime(2026, 3, 1, tzinfo=UTC))
    chapters = (
        ChapterView("c1", "一等奖", (ENTRY, gone)),
        ChapterView("c2", "二等奖", (replace(gone, id="e3"),)),
        ChapterView("c3", "空章", ()),
    )
    found = book(DETAILS, chapters, dict.fromkeys(("e1", "e2", "e3"), TEXT))
    assert [(chapter.title, len(chapter.entries)) for chapter in found.chapters] == [("一等奖", 1)]


def test_authors_with_and_without_a_post() -> None:
    assert printed_authors((Author("甲", "书记"), Author("乙", ""))) == ("甲（书记）", "乙")


def test_only_stored_photos_of_known_size_are_printed(files: LocalFiles) -> None:
    stored = files.put([b"jpeg"])
    photo = AttachmentView("p", "photo", "a.jpg", "image/jpeg", 4, stored.sha256, "", 30, 20, 0)
    pictures = StoredPictures(
        files, (photo, replace(photo, id="q", width=None), replace(photo, id="r", sha256="0" * 64))
    )
    assert [pictures.find(f"attachment:{key}") is not None for key in "pqrs"] == [True, False, False, False]
    assert pictures.read("attachment:p") == b"jpeg"


def test_a_case_of_its_own_is_a_sound_file() -> None:
    data = render_case(make_entry("独立的案例"), Photos())
    assert findings(BytesIO(data)) == ()
    opened = Document(BytesIO(data))
    assert [p.text for p in opened.paragraphs if p.style and p.style.name == "Heading 2"] == ["独立的案例"]
    assert opened.core_properties.title == "独立的案例"


def test_the_library_gives_a_case_as_word(product: Any, visitor: Visitor) -> None:
    made = awarded(product.database)
    answer = visitor.get(f"/library/{made.entries[0].case_id}/word")
    assert answer.status_code == 200
    assert findings(BytesIO(answer.content)) == ()
    assert any(p.text == "案例之一" for p in Document(BytesIO(answer.content)).paragraphs)
