"""Which files a call takes."""

import pytest

from submissions.rules.files import accepted_endings, file_refusal, place_refusal
from submissions.values import MEGABYTE, FileKind, FileRules
from tests.submissions.factories import attachment

PHOTOS = FileRules(kinds=(FileKind.PHOTO, FileKind.PDF), size_highest=10, number_highest=2, total_highest=12)


@pytest.mark.parametrize(
    ("name", "size", "sentence"),
    [
        ("a.JPG", 10 * MEGABYTE, None),
        ("a.pdf", 1, None),
        (
            "a.mp4",
            1,
            "“a.mp4”不能上传：这次征集只收照片（JPG、PNG、HEIC 等）、PDF。请换一种格式，或把内容写进正文。",
        ),
        ("a.jpg", 10 * MEGABYTE + 1, "“a.jpg”有 10.1 MB，这次征集单个文件不能超过 10 MB。请压缩后再上传。"),
    ],
)
def test_kind_and_size(name: str, size: int, sentence: str | None) -> None:
    refusal = file_refusal(PHOTOS, name=name, size=size)
    assert (None if refusal is None else str(refusal)) == sentence


def test_number_and_total() -> None:
    one = attachment(size=10 * MEGABYTE)
    assert place_refusal(PHOTOS, name="b.jpg", size=2 * MEGABYTE, there=[one]) is None
    assert str(place_refusal(PHOTOS, name="b.jpg", size=2 * MEGABYTE + 1, there=[one])) == (
        "加上“b.jpg”合计 12.1 MB，照片和附件合计不能超过 12 MB。请先移除或压缩一些文件。"
    )
    assert str(place_refusal(PHOTOS, name="b.jpg", size=1, there=[one, one])) == (
        "照片和附件最多 2 个，请先移除不用的。"
    )


def test_a_call_may_take_no_files() -> None:
    assert file_refusal(FileRules(kinds=()), name="a.jpg", size=1) is not None
    assert accepted_endings(FileRules(kinds=())) == ""
    assert accepted_endings(FileRules(kinds=(FileKind.PDF, FileKind.SHEET))) == ".pdf,.xls,.xlsx"
