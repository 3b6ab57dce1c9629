"""The processes that read files: same answers, limits that hold, replaced when they die."""

from __future__ import annotations

import io
import os
import struct
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from submissions.intake import ParsedCase, Unreadable, sandbox, wire
from submissions.intake.cleaning import OFFICE, PDF
from submissions.intake.pictures import redrawn
from submissions.intake.sandbox import (
    ReaderLost,
    _Reader,
    clean_apart,
    read_word_apart,
    redraw_apart,
)
from submissions.values import Author
from tests.submissions.intake.documents import LONG, new, package, paragraph, photo, saved


def document(title: str = "标题在这里") -> bytes:
    made = new()
    made.add_heading(title, 0)
    made.add_paragraph(LONG)
    made.add_picture(io.BytesIO(photo(200, 100)))
    return saved(made)


def test_a_case_travels_whole() -> None:
    case = read_word_apart(document())
    assert (case.title, len(case.pictures)) == ("标题在这里", 1)
    assert case.pictures[0].data == redrawn(photo(200, 100)).data
    assert case.body_html == f'<p>{LONG}</p><figure><img src="attachment:picture1" alt=""></figure>'
    assert "没有找到作者，请填写。" in [str(each) for each in case.findings]


def test_several_at_once_are_not_mixed_up() -> None:
    titles = [f"第{number}个标题" for number in range(6)]
    with ThreadPoolExecutor(6) as pool:
        cases = list(pool.map(read_word_apart, map(document, titles)))
    assert [case.title for case in cases] == titles


def test_a_file_that_takes_too_long_is_given_up_and_the_next_is_read() -> None:
    slow = package("".join(paragraph("字" * 50) for _line in range(20_000)))
    started = time.perf_counter()
    with pytest.raises(Unreadable) as refused:
        read_word_apart(slow, timeout=0.05)
    assert "过于复杂" in str(refused.value.reason)
    assert time.perf_counter() - started < 10
    assert read_word_apart(document()).title == "标题在这里"


def test_a_reader_that_died_is_replaced() -> None:
    reader = _Reader()
    reader._process.kill()
    reader._process.wait()
    with pytest.raises(ReaderLost):
        reader.ask(b"w", b"x", 1.0)
    assert not reader.alive
    redraw_apart(photo(50, 40))
    for sleeping in sandbox._readers._idle:
        sleeping._process.kill()
    assert redraw_apart(photo(50, 40)).width == 50


def test_readers_know_nothing_of_our_environment() -> None:
    os.environ["EXEMPLAR_SECRET_OF_A_TEST"] = "x"
    reader = _Reader()
    try:
        environment = Path(f"/proc/{reader._process.pid}/environ").read_bytes()
        assert b"EXEMPLAR_SECRET" not in environment
    finally:
        reader.close()
        del os.environ["EXEMPLAR_SECRET_OF_A_TEST"]


def test_messages_that_are_not_whole_are_noticed() -> None:
    message = wire.case_message(ParsedCase(title="甲", authors=(Author("乙", "丙"),)))
    kind, content, blobs = wire.unpack(message)
    assert (kind, wire.case_of(content, blobs).authors) == ("case", (Author("乙", "丙"),))
    with pytest.raises((ValueError, struct.error)):
        wire.unpack(message[:-3])
    with pytest.raises(ValueError, match="another length"):
        wire.unpack(message + b"x")


def test_a_body_from_the_other_side_is_cleaned_again() -> None:
    message = wire.case_message(ParsedCase(body_html="<p onclick='x'>甲<script>alert(1)</script></p>"))
    _kind, content, blobs = wire.unpack(message)
    assert wire.case_of(content, blobs).body_html == "<p>甲</p>"


def test_files_are_cleaned_on_the_other_side() -> None:
    document = io.BytesIO()
    with zipfile.ZipFile(document, "w") as archive:
        archive.writestr("docProps/core.xml", "<creator>张三</creator>")
        archive.writestr("word/document.xml", "<w>正文</w>")
    cleaned = clean_apart(document.getvalue(), OFFICE[0])
    with zipfile.ZipFile(io.BytesIO(cleaned)) as archive:
        assert b"creator>" not in archive.read("docProps/core.xml")
        assert archive.read("word/document.xml").decode() == "<w>正文</w>"
    with pytest.raises(Unreadable):
        clean_apart(b"%PDF-1.7 and nothing more", PDF)
