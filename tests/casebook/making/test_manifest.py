"""Manifests: written, read, compared."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebook.making import manifest
from casebook.making.manifest import Change, KeptPhoto, Manifest, Paper, PrintedEntry, Record
from casebook.making.values import BuildKind, BuiltFile, Output
from tests.casebook.factories import make_book, make_entry

AT = datetime(2026, 3, 1, 8, tzinfo=UTC)


def printed(key: str, **changes: object) -> PrintedEntry:
    entry = PrintedEntry(
        entry_id=key,
        case_id=f"c{key}",
        version_id=f"v{key}",
        award_id=f"a{key}",
        round=1,
        text_sha256="0" * 64,
        chapter="一等奖",
        title=f"案例{key}",
        unit="某支部",
    )
    return replace(entry, **changes)  # type: ignore[arg-type]  # fields of one entry


def of(*entries: PrintedEntry, **settings: str) -> Manifest:
    record = Record("e", 1, 1, BuildKind.PROOF, AT, entries, ())
    return Manifest(record, settings, {}, "program")


def test_what_is_written_is_read() -> None:
    photo = KeptPhoto("attachment:1", "f" * 64, "image/jpeg", 30, 20)
    record = Record("e", 4, 7, BuildKind.FINAL, AT, (printed("1"),), (photo,), Paper(80, 0, 240))
    file = BuiltFile(Output.WORD, "书-7.docx", "x/y", "a" * 64, 12)
    made = {"program": "p 1", "template": "", "fonts": {"word": ["宋体"]}}
    written = manifest.written(record, make_book(make_entry()), [file], **made)  # type: ignore[arg-type]  # as named
    read = manifest.read(written)
    assert (read.record, read.outputs, read.program) == (record, {"word": "a" * 64}, "p 1")
    assert read.settings["title"] == "基层党建创新案例选编"
    assert read.settings["imprint.compiler"] == "本书编写组"
    assert read.settings["format.trim"] == "k16_large"


@pytest.mark.parametrize("source", [b"{}", b"[]", b"\xff", b'{"manifest": 2}'])
def test_what_is_no_manifest_says_so(source: bytes) -> None:
    with pytest.raises(ValueError, match=r"manifest|JSON|Expecting|utf"):
        manifest.read(source)


def test_nothing_changed() -> None:
    assert manifest.difference(of(printed("1"), title="甲"), of(printed("1"), title="甲")).nothing


def test_entries_are_added_edited_moved_removed_and_settings_change() -> None:
    before = of(printed("1"), printed("2"), printed("3"), title="甲")
    after = of(
        printed("3"),
        printed("1", round=2, text_sha256="1" * 64),
        printed("4", chapter="二等奖"),
        title="乙",
        isbn="978",
    )
    found = manifest.difference(before, after)
    assert [(each.change, each.entry.entry_id, each.before, each.after) for each in found.entries] == [
        (Change.MOVED, "3", 1, 1),
        (Change.EDITED, "1", 1, 2),
        (Change.ADDED, "4", 0, 1),
        (Change.REMOVED, "2", 1, 0),
    ]
    assert found.settings == (("title", "甲", "乙"), ("isbn", "", "978"))


@given(st.permutations(["1", "2", "3", "4", "5", "6"]))
def test_what_did_not_move_kept_its_order(order: list[str]) -> None:
    known = sorted(order)
    found = manifest.difference(of(*map(printed, known)), of(*map(printed, order)))
    moved = {each.entry.entry_id for each in found.entries}
    stayed = [key for key in order if key not in moved]
    assert stayed == sorted(stayed)
    assert bool(moved) == (order != known)
