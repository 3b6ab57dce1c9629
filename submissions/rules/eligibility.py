"""Who and what may take part in a call: kinds of unit, when the practice was, earlier awards."""

from __future__ import annotations

import calendar
import hashlib
import unicodedata
from collections.abc import Sequence
from datetime import date

from foundation.text import Text, _
from submissions.values import UNIT_KINDS, CaseText, EarlierAwards, Eligibility, Finding


def unit_refusal(eligibility: Eligibility, unit_kind: str) -> Text | None:
    """Why a unit of this kind cannot take part, or None. Told before it starts, and decided when it does."""
    if not eligibility.unit_kinds or unit_kind in eligibility.unit_kinds:
        return None
    if not unit_kind:
        return _("这次征集只面向部分类别的单位，而贵单位的单位类别还没有设置。请联系管理员设置后再申报。")
    return _(
        "这次征集不面向“%(kind)s”类单位，贵单位不能申报。如果单位类别有误，请联系管理员更正。",
        kind=UNIT_KINDS.get(unit_kind, unit_kind),
    )


def practice_window(eligibility: Eligibility, closes_on: date) -> tuple[date | None, date | None]:
    """The first and last day that a practice may have; `closes_on` is the day of the call's deadline."""
    earliest = eligibility.practice_earliest
    if eligibility.practice_months is not None:
        earliest = months_before(closes_on, eligibility.practice_months)
    return earliest, eligibility.practice_latest


def practice_findings(text: CaseText, eligibility: Eligibility, closes_on: date) -> list[Finding]:
    """Dates of the practice outside what the call takes; missing dates are nobody's business here."""
    earliest, latest = practice_window(eligibility, closes_on)
    begin, end = text.practice_from, text.practice_to
    found = []
    if begin is not None and earliest is not None and begin < earliest:
        sentence = _("这次征集只收 %(day)s 以来的实践，请核对实践开始的日期。", day=earliest.isoformat())
        found.append(Finding("practice_from", sentence))
    if begin is not None and latest is not None and begin > latest:
        sentence = _("这次征集只收 %(day)s 以前的实践，请核对实践开始的日期。", day=latest.isoformat())
        found.append(Finding("practice_from", sentence))
    elif end is not None and latest is not None and end > latest:
        sentence = _("这次征集只收 %(day)s 以前的实践，请核对实践结束的日期。", day=latest.isoformat())
        found.append(Finding("practice_to", sentence))
    return found


def award_findings(eligibility: Eligibility, earlier: Sequence[str]) -> list[Finding]:
    """What the call makes of a case that has won before; `earlier` are the awarded cases' titles."""
    if not earlier or eligibility.earlier_awards is EarlierAwards.ALLOWED:
        return []
    if eligibility.earlier_awards is EarlierAwards.REFUSED:
        sentence = _(
            "“%(title)s”已在以前的征集中获奖，这次征集不再接收获奖案例，请换一个案例。", title=earlier[0]
        )
        return [Finding("title", sentence)]
    sentence = _("“%(title)s”已在以前的征集中获奖，组织单位会看到这一情况。", title=earlier[0])
    return [Finding("title", sentence, blocking=False)]


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, the last of the month where there is none."""
    place = day.year * 12 + day.month - 1 - months
    year, month = max(1, place // 12), place % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def likeness(text: str) -> str:
    """SHA-256 of a text's letters and digits alone: what is the same whatever the layout and punctuation."""
    letters = "".join(each for each in unicodedata.normalize("NFKC", text).casefold() if each.isalnum())
    return hashlib.sha256(letters.encode()).hexdigest()
