"""Which document is the call, and what it lays down."""

from __future__ import annotations

from datetime import date

import pytest

from submissions.intake import read_document
from submissions.intake.call_document import is_call, read_call, signs_of_a_call, window_in
from submissions.values import Prize

NOTICE = """关于开展基层党支部工作创新案例征集活动的通知

征集时间：2026年3月2日至3月20日。
面向农村、社区、国有企业、学校、非公组织、社会组织、事业单位、党政机关和流动党员党支部。
一、主题为“把小事办实”。
二、选用标准：注重真实性、实效性、创新性和示范性四条标准。
三、字数在1500至3000字之间。
四、由专家组成评委会评审，设一等奖3名、二等奖5名。
五、获奖案例汇编成《小事集》出版。
"""
REPORT = (
    "A seminar was held\n\nThe topic of the County Branch Work Case Collection Startup. This case collection "
    'is the "Small Things Done", the collection time is January 29, 2022 to January 31, 2022, concentrated '
    "on rural, community, state enterprise and collective enterprises, universities, non-public "
    "organizations, social organizations, institutions, party and state organs, mobile party members. "
    "It should meet four "
    "standards: authenticity, effectiveness, innovation, exemplarity. A jury gives prizes. "
    'Third is to edit the "Choice of Cases".\n'
)


def test_a_chinese_notice() -> None:
    document = read_document("notice.txt", NOTICE.encode())
    call = read_call(document)
    assert is_call(document)
    assert (call.first_day, call.last_day) == (date(2026, 3, 2), date(2026, 3, 20))
    assert (call.theme, call.book_title) == ("把小事办实", "小事集")
    assert (call.words_lowest, call.words_highest) == (1500, 3000)
    assert call.prizes == (Prize("first", "一等奖", 3), Prize("second", "二等奖", 5))
    assert len(call.categories) == 9
    assert "案例征集" in call.title


def test_an_english_report() -> None:
    document = read_document("report.txt", REPORT.encode())
    call = read_call(document)
    assert signs_of_a_call(document) == 6
    assert (call.title, call.theme) == ("County Branch Work Case Collection", "Small Things Done")
    assert (call.first_day, call.last_day) == (date(2022, 1, 29), date(2022, 1, 31))
    assert [each.quota for each in call.prizes] == [0, 0]
    assert (len(call.categories), call.book_title) == (9, "Choice of Cases")


def test_a_case_is_no_call() -> None:
    case = "夜校开在直播间\n某某局党支部\n一、背景\n我们参加了案例征集，拿了一等奖。\n"
    assert not is_call(read_document("case.txt", case.encode()))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("征集时间为2022年1月29日至1月31日", (date(2022, 1, 29), date(2022, 1, 31))),
        ("征集时间：2025年12月28日—2026年1月5日", (date(2025, 12, 28), date(2026, 1, 5))),
        ("申报时间 2025.3.1-2025.4.30", (date(2025, 3, 1), date(2025, 4, 30))),
        ("征集时间：2026-03-02 至 2026-03-20", (date(2026, 3, 2), date(2026, 3, 20))),
        ("截止时间：2026年3月31日", (None, date(2026, 3, 31))),
        ("征集时间：2026年2月31日至3月50日", (None, None)),
        ("2026年3月1日开会", (None, None)),
    ],
)
def test_window_in(written: str, expected: tuple[date | None, date | None]) -> None:
    assert window_in(written) == expected
