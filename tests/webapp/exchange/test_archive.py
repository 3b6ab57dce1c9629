"""Zips of strangers: names as Windows writes them, and everything that must not be unpacked."""

import io
import zipfile

import pytest

from foundation.sheets import Unreadable
from tests.webapp.exchange.files import archive
from webapp.exchange import archive as room
from webapp.exchange.archive import Archive

FILES = {"清单.xlsx": b"list", "一号案例.docx": b"word", "一号案例/现场照片.jpg": b"photo"}


def opened(data: bytes) -> Archive:
    return Archive(io.BytesIO(data))


@pytest.mark.parametrize("gbk", [False, True])
def test_names_are_read_as_they_were_typed(gbk: bool) -> None:
    found = opened(archive(FILES, gbk=gbk))
    assert found.names == tuple(FILES)
    assert found.read("一号案例.docx") == b"word"


def test_a_folder_around_everything_and_what_systems_leave_behind_are_left_out() -> None:
    members = {f"全部/{name}": content for name, content in FILES.items()}
    debris = {
        "全部/.DS_Store": b"",
        "全部/~$一号案例.docx": b"",
        "__MACOSX/全部/._清单.xlsx": b"",
        "全部/Thumbs.db": b"",
    }
    assert opened(archive({**members, **debris})).names == tuple(FILES)


def test_a_mark_tells_a_changed_file() -> None:
    before, after = (opened(archive({"a.docx": content, "b": b""})) for content in (b"old", b"new"))
    assert before.mark("a.docx") != after.mark("a.docx")


@pytest.mark.parametrize("name", ["../x.docx", "a/../../x.docx", "/etc/x.docx", "C:/x.docx", "a\\..\\x.docx"])
def test_names_that_lead_outside_are_refused(name: str) -> None:
    with pytest.raises(Unreadable) as refused:
        opened(archive({name: b"x", "b": b""}))
    assert "指向包外" in str(refused.value.reason)


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(Unreadable) as refused:
        opened(archive({"a.docx": bytes(30_000_000)}))
    assert "解压后过大" in str(refused.value.reason)


@pytest.mark.parametrize("limit", ["ENTRIES_LIMIT", "LIST_LIMIT"])
def test_a_list_that_is_too_long_is_not_read(monkeypatch: pytest.MonkeyPatch, limit: str) -> None:
    data = bytearray(archive({"a.docx": b"x", "b.docx": b"y"}))
    at = data.index(b"PK\x01\x02")
    data[at : at + 4] = b"XXXX"  # whoever reads the list says that the zip is damaged
    monkeypatch.setattr(room, limit, 1)
    with pytest.raises(Unreadable) as refused:
        opened(bytes(data))
    assert "压缩包太大" in str(refused.value.reason)


def test_an_entry_that_lies_about_its_size_is_read_up_to_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    data = archive({"a.docx": b"x" * 1000})
    monkeypatch.setattr(room, "ENTRY_LIMIT", 999)
    with pytest.raises(Unreadable):
        opened(data)


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (b"PK\x03\x04 not a zip", "已损坏"),
        (b"Rar!\x1a\x07", "已损坏"),
        (archive({f"{number}.txt": b"" for number in range(5_001)}), "压缩包太大"),
    ],
)
def test_what_is_no_sound_zip_is_refused(data: bytes, part: str) -> None:
    with pytest.raises(Unreadable) as refused:
        opened(data)
    assert part in str(refused.value.reason)


def test_a_password_is_said_to_be_one() -> None:
    data = bytearray(archive({"a.docx": b"x"}))
    central = data.rindex(b"PK\x01\x02")
    data[central + 8] |= 1
    with pytest.raises(Unreadable) as refused:
        opened(bytes(data))
    assert "设有密码" in str(refused.value.reason)


def test_two_files_of_one_name_are_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        target.writestr("a.docx", b"1")
        with pytest.warns(UserWarning, match="Duplicate name"):
            target.writestr("a.docx", b"2")
    with pytest.raises(Unreadable) as refused:
        opened(out.getvalue())
    assert "两个同名的文件" in str(refused.value.reason)
