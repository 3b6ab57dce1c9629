"""Instants, lengths of time and sizes in words."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from foundation.display import (
    clock_time,
    date_of,
    day,
    duration,
    local_input,
    moment,
    moment_in_zone,
    size,
    zone_name,
)
from foundation.text import use_translations
from webapp.languages import languages

AT = datetime(2026, 11, 30, 10, 0, tzinfo=UTC)


def test_instants_are_written_in_their_zone() -> None:
    assert str(day(AT)) == str(date_of(date(2026, 11, 30))) == "2026年11月30日"
    assert str(moment(AT)) == "2026年11月30日 18:00"
    assert str(moment_in_zone(AT)) == "2026年11月30日 18:00（北京时间）"
    assert str(moment_in_zone(AT, "Asia/Kolkata")) == "2026年11月30日 15:30（世界时 +05:30）"
    assert str(moment(AT, ZoneInfo("UTC"))) == "2026年11月30日 10:00"
    assert clock_time(AT) == "18:00"


def test_a_zone_object_has_the_name_of_its_key() -> None:
    assert str(zone_name(ZoneInfo("Asia/Shanghai"), AT)) == "北京时间"


def test_in_english() -> None:
    with use_translations(languages()["en"]):
        assert str(moment_in_zone(AT)) == "30 Nov 2026, 18:00 (Beijing time)"
        assert str(moment_in_zone(AT, "America/New_York")) == "30 Nov 2026, 05:00 (UTC-05:00)"
        assert str(duration(timedelta(minutes=1))) == "1 minute"


def test_an_input_gets_the_wall_clock() -> None:
    assert local_input(AT) == "2026-11-30T18:00"
    assert local_input(None) == ""


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(days=8, hours=20, minutes=59), "8 天 20 小时"),
        (timedelta(hours=3, minutes=5), "3 小时 5 分钟"),
        (timedelta(minutes=59, seconds=59), "59 分钟"),
        (timedelta(seconds=59), "不到 1 分钟"),
        (timedelta(hours=-3, minutes=-5), "3 小时 5 分钟"),
    ],
)
def test_lengths_are_said_in_their_two_largest_units(length: timedelta, words: str) -> None:
    assert str(duration(length)) == words


@pytest.mark.parametrize(
    ("octets", "words"), [(12, "12 B"), (640_000, "640 KB"), (3_210_000, "3.2 MB"), (0, "0 B")]
)
def test_sizes(octets: int, words: str) -> None:
    assert size(octets) == words
