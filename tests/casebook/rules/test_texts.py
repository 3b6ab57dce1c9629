"""The digest of a text."""

from dataclasses import fields, replace
from typing import Any

from casebook.rules import text_digest
from casebook.values import ManuscriptText, PlacedPhoto

TEXT = ManuscriptText(
    "题", "某支部", ("甲",), "摘要", "<p>正文</p>", (PlacedPhoto("1", "图"),), "来源", "签发"
)


def test_the_digest_holds_for_everything_printed() -> None:
    other: dict[str, Any] = {"authors": ("甲", "乙"), "photos": (PlacedPhoto("1", "图一"),)}
    changed = {
        text_digest(replace(TEXT, **{each.name: other.get(each.name, "别的")})) for each in fields(TEXT)
    }
    assert len(changed | {text_digest(TEXT)}) == len(fields(TEXT)) + 1
    assert text_digest(replace(TEXT)) == text_digest(TEXT)
