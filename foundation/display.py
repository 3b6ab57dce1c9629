"""How instants, lengths of time and sizes are written for people; template filters of the same names.

Pure: values in, a `Text` or string out; the language is the one in use when the Text is printed.
"""

from datetime import date, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

from foundation.text import Text, _, n_

BEIJING = "Asia/Shanghai"
_MONTHS = (
    _("1月"),
    _("2月"),
    _("3月"),
    _("4月"),
    _("5月"),
    _("6月"),
    _("7月"),
    _("8月"),
    _("9月"),
    _("10月"),
    _("11月"),
    _("12月"),
)


def _zone(tz: str | tzinfo) -> tzinfo:
    return ZoneInfo(tz) if isinstance(tz, str) else tz


def _parts(at: datetime, tz: str | tzinfo) -> dict[str, object]:
    local = at.astimezone(_zone(tz))
    return {
        "year": local.year,
        "month": _MONTHS[local.month - 1],
        "day": local.day,
        "time": local.strftime("%H:%M"),
        "second": local.strftime("%S"),
    }


def zone_name(tz: str | tzinfo, at: datetime) -> Text:
    """The zone as people say it: "北京时间"; others by their offset, "UTC+05:30"."""
    name = tz if isinstance(tz, str) else getattr(tz, "key", "")
    if name in {BEIJING, "Asia/Chongqing", "PRC"}:
        return _("北京时间")
    offset = at.astimezone(_zone(tz)).strftime("%z")
    return _("世界时 %(offset)s", offset=f"{offset[:3]}:{offset[3:5]}")


def day(at: datetime, tz: str | tzinfo = BEIJING) -> Text:
    """ "2026年11月30日"."""
    return _("%(year)s年%(month)s%(day)s日", **_parts(at, tz))


def date_of(on: date) -> Text:
    """ "2026年11月30日" of a calendar day."""
    return _("%(year)s年%(month)s%(day)s日", year=on.year, month=_MONTHS[on.month - 1], day=on.day)


def moment(at: datetime, tz: str | tzinfo = BEIJING) -> Text:
    """ "2026年11月30日 18:00", without the zone: for lists where the zone is said once."""
    return _("%(year)s年%(month)s%(day)s日 %(time)s", **_parts(at, tz))


def moment_in_zone(at: datetime, tz: str | tzinfo = BEIJING) -> Text:
    """ "2026年11月30日 18:00（北京时间）": for deadlines."""
    return _("%(moment)s（%(zone)s）", moment=moment(at, tz), zone=zone_name(tz, at))


def clock_time(at: datetime, tz: str | tzinfo = BEIJING) -> str:
    """ "21:46"."""
    return at.astimezone(_zone(tz)).strftime("%H:%M")


def local_input(at: datetime | None, tz: str | tzinfo = BEIJING) -> str:
    """The value of an `<input type="datetime-local">`."""
    return "" if at is None else at.astimezone(_zone(tz)).strftime("%Y-%m-%dT%H:%M")


def duration(length: timedelta) -> Text:
    """The two largest units: "8 天 20 小时", "3 小时 5 分钟", "不到 1 分钟"; negative lengths as positive."""
    minutes = int(abs(length).total_seconds() // 60)
    days, hours, rest = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return _("%(days)s 天 %(hours)s 小时", days=days, hours=hours)
    if hours:
        return _("%(hours)s 小时 %(minutes)s 分钟", hours=hours, minutes=rest)
    if rest:
        return n_("%(n)s 分钟", "%(n)s 分钟", rest)
    return _("不到 1 分钟")


def size(octets: int) -> str:
    """ "3.2 MB", "640 KB", "12 B"."""
    if octets >= 1_000_000:
        return f"{octets / 1_000_000:.1f} MB"
    if octets >= 1_000:
        return f"{octets / 1_000:.0f} KB"
    return f"{octets} B"


FILTERS = {
    "day": day,
    "date_of": date_of,
    "moment": moment,
    "moment_in_zone": moment_in_zone,
    "clock_time": clock_time,
    "local_input": local_input,
    "duration": duration,
    "filesize": size,
}
"""Installed in the template environment by these names (`filesize` replaces Jinja's near-namesake)."""
