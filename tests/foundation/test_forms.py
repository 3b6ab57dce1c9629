"""Forms: text is cleaned once, errors are sentences."""

from datetime import date, datetime
from decimal import Decimal
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field, field_validator
from starlette.datastructures import FormData

from foundation.errors import Invalid
from foundation.forms import Form, FormError, clean_text, read_form, validated
from foundation.text import verbatim


class Sample(Form):
    title: str = Field(min_length=1, max_length=10)
    note: str = ""
    weight: int | None = Field(default=None, ge=1, le=100)
    score: Decimal | None = None
    day: date | None = None
    at: datetime | None = None
    kind: Literal["a", "b"] = "a"
    tags: list[str] = Field(default=[], max_length=3)
    agreed: bool = False

    @field_validator("note")
    @classmethod
    def _no_shouting(cls, note: str) -> str:
        if note.endswith("！！！"):
            raise FormError(verbatim("请不要连用感叹号"))
        return note


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  标题 ", "标题"),
        ("a\x00b\x07c", "abc"),
        ("甲\r\n乙\r丙", "甲\n乙\n丙"),
        ("姓名\u202e倒", "姓名倒"),
        ("é", "é"),
        ("坏\ud800字", "坏字"),
        ("\u3000", ""),
        ("保留\t制表", "保留\t制表"),
    ],
)
def test_clean_text(typed: str, kept: str) -> None:
    assert clean_text(typed) == kept


@given(st.text(alphabet=st.characters()))
def test_cleaning_twice_changes_nothing_and_is_storable(typed: str) -> None:
    once = clean_text(typed)
    assert clean_text(once) == once
    once.encode("utf-8")
    assert "\x00" not in once


def test_a_form_becomes_a_model() -> None:
    form = FormData(
        [
            ("title", " 强村记 "),
            ("weight", "30"),
            ("score", "8.5"),
            ("day", "2026-03-01"),
            ("tags", "甲"),
            ("tags", "乙"),
            ("agreed", "on"),
            ("unknown", "x"),
        ]
    )
    assert read_form(Sample, form) == Sample(
        title="强村记", weight=30, score=Decimal("8.5"), day=date(2026, 3, 1), tags=["甲", "乙"], agreed=True
    )


def test_empty_boxes_are_not_given() -> None:
    form = FormData([("title", "强村记"), ("weight", ""), ("day", ""), ("at", "")])
    assert read_form(Sample, form) == Sample(title="强村记")


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({}, [("title", "这一项必须填写")]),
        ({"title": "   "}, [("title", "这一项必须填写")]),
        ({"title": "一二三四五六七八九十十一"}, [("title", "不能超过 10 个字")]),
        ({"title": "题", "weight": "0"}, [("weight", "不能小于 1")]),
        ({"title": "题", "weight": "101"}, [("weight", "不能大于 100")]),
        ({"title": "题", "weight": "三十"}, [("weight", "请填写整数")]),
        ({"title": "题", "score": "高"}, [("score", "请填写数字")]),
        ({"title": "题", "day": "明天"}, [("day", "请填写日期，例如 2026-11-30")]),
        ({"title": "题", "at": "明天"}, [("at", "请填写日期和时间，例如 2026-11-30 18:00")]),
        ({"title": "题", "kind": "c"}, [("kind", "请从列出的选项中选择")]),
        ({"title": "题", "agreed": "也许"}, [("agreed", "请选择“是”或“否”")]),
        ({"title": "题", "note": "快看！！！"}, [("note", "请不要连用感叹号")]),
        ({"title": "", "weight": "x"}, [("title", "这一项必须填写"), ("weight", "请填写整数")]),
    ],
)
def test_each_mistake_is_a_sentence(fields: dict[str, str], errors: list[tuple[str, str]]) -> None:
    with pytest.raises(Invalid) as refused:
        read_form(Sample, FormData(fields))
    assert [(error.field, str(error.message)) for error in refused.value.errors] == errors


def test_too_many_items() -> None:
    with pytest.raises(Invalid) as refused:
        read_form(Sample, FormData([("title", "题"), *[("tags", str(n)) for n in range(4)]]))
    assert [(error.field, str(error.message)) for error in refused.value.errors] == [
        ("tags", "不能超过 3 项")
    ]


def test_json_is_cleaned_at_every_depth() -> None:
    class Outer(Form):
        parts: list[dict[str, str]]

    assert validated(Outer, {"parts": [{"a\x00": " b\x00 "}]}) == Outer(parts=[{"a": "b"}])


@pytest.mark.parametrize("value", [None, 3, "text", [1], {"title": {"deep": 1}}, {"title": 7}])
def test_json_of_another_shape_is_refused_not_a_crash(value: object) -> None:
    with pytest.raises(Invalid):
        validated(Sample, value)


@pytest.mark.parametrize("at", ["0001-01-01T00:00", "0001-01-01T00:00+08:00", "9999-12-31T23:59-12:00"])
def test_an_instant_outside_the_calendar_is_refused(at: str) -> None:
    class Window(Form):
        opens_at: datetime | None = None

    with pytest.raises(Invalid) as refused:
        validated(Window, {"opens_at": at})
    assert [error.field for error in refused.value.errors] == ["opens_at"]
    assert validated(Window, {"opens_at": "2026-03-01T08:00"}).opens_at == datetime(2026, 3, 1, 8)  # noqa: DTZ001  # as typed, in the call's zone
