"""A call as a document: which document of a folder it is, and what it lays down.

Press reports, notices and translated web pages are all read the same way: by the few things every call says
(when, for whom, by what standards, who judges, which prizes), in Chinese of both scripts and in English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from foundation import richtext
from submissions.call_templates import CATEGORIES, PRIZES
from submissions.intake.elements import without_glosses
from submissions.intake.values import ParsedCase
from submissions.values import Category, Prize

_SIGNS = (
    r"collection time|征集时间|徵集時間|征集時間|申报时间|报送时间|截止时间|截止日期",
    r"case collection|(?:案例|成果)征集|(?:案例|成果)徵集|征集(?:活动|通知|启事|公告)",
    r"four standards|四[条項项个]?标准|四[條項個]?標準|选用标准|评选标准|评审标准",
    r"\bjury\b|评委会|評委會|评审委员会|专家评审|專家評審",
    r"\bprizes?\b|[一二三]等奖|[一二三]等獎|奖项设置",
    r"authenticity.*effectiveness.*innovation|真实性.*实效性.*创新性|真實性.*實效性.*創新性",
)
"""Each sign counts once; a case may have one or two of them, a call has most."""
ENOUGH_SIGNS = 4

_CATEGORY_WORDS = {
    "rural": r"\brural\b|农村|農村",
    "community": r"\bcommunit(?:y|ies)\b|社区|社區",
    "enterprise": r"\bcollective enterprises?\b|\bstate[- ](?:owned )?enterprises?\b|国有企业|集体企业",
    "school": r"\buniversit(?:y|ies)\b|\bschools?\b|\bcolleges?\b|高校|高等院校|学校|學校",
    "non_public": r"\bnon-?\s?public\b|非公",
    "social": r"\bsocial organi[sz]ations?\b|社会组织|社會組織",
    "institution": r"\binstitutions?\b|事业单位|事業單位",
    "organ": r"\b(?:party and )?state organs?\b|党政机关|黨政機關|机关",
    "mobile": r"\b(?:mobile|floating) party members?\b|流动党员|流動黨員",
}
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_MONTH = "|".join(_MONTHS)
_ENGLISH_DATE = re.compile(
    rf"(?P<month>{_MONTH})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s*(?P<year>\d{{4}})", re.IGNORECASE
)
_CHINESE_DATE = re.compile(
    r"(?:(?P<year>\d{4})\s*[年./-])?\s*(?P<month>\d{1,2})\s*[月./-]\s*(?P<day>\d{1,2})\s*日?"
)
_WHEN = re.compile(
    r"collection time|征集时间|徵集時間|征集時間|申报时间|报送时间|征集期限|活动时间|collected from|征集日期",
    re.IGNORECASE,
)
_UNTIL = re.compile(r"截止(?:时间|日期|到|至|于)?|deadline|\bby\b", re.IGNORECASE)
_WORDS_BETWEEN = re.compile(r"(\d{3,5})\s*字?\s*(?:至|到|[-—–~～])\s*(\d{3,5})\s*字")
_WORDS_MOST = re.compile(r"(?:不超过|不得超过|控制在|限)\s*(\d{3,5})\s*字|(\d{3,5})\s*字(?:以内|以下|之内)")
_WORDS_LEAST = re.compile(r"(?:不少于|不低于)\s*(\d{3,5})\s*字|(\d{3,5})\s*字以上")
_QUOTA = re.compile(r"([一二三])等[奖獎]\s*[:：]?\s*(\d{1,3})\s*(?:名|个|項|项|篇|件)")
_PRIZE_NAMES = (("一", "first", "一等奖"), ("二", "second", "二等奖"), ("三", "third", "三等奖"))
_TITLE = (
    re.compile(r"((?:[A-Z][\w’'-]*\s+(?:of\s+|the\s+|and\s+)*){2,9}Case Collection)"),
    re.compile(r"[“《\"]?([\u3400-\u9fff0-9（）()]{4,40}?(?:案例|成果)(?:征集|徵集)(?:活动|活動)?)"),
)
_THEME = re.compile(
    r"(?:case collection is|主题(?:为|是|：|:)?|主題(?:為|是|：|:)?)\s*(?:the\s*)?"
    r"[\"“《]([^\"”》]{4,80})[\"”》]",
    re.IGNORECASE,
)
_BOOK = re.compile(
    r"(?:edit|compile|编辑|編輯|汇编|彙編|选编|結集|结集)[^\"“《]{0,14}[\"“《]([^\"”》]{2,80})[\"”》]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class CallDocument:
    """What a call document lays down; None, "" or () where it says nothing.

    `first_day` and `last_day` are both inside the window. `prizes` have the quota 0 where none is given.
    """

    title: str
    theme: str
    book_title: str
    first_day: date | None
    last_day: date | None
    categories: tuple[Category, ...]
    prizes: tuple[Prize, ...]
    words_lowest: int | None
    words_highest: int | None
    notice_html: str
    source_line: str
    signoff_line: str


def signs_of_a_call(document: ParsedCase) -> int:
    """How many of the things a call says this document says."""
    written = _text(document)
    return sum(1 for sign in _SIGNS if re.search(sign, written, re.IGNORECASE | re.DOTALL))


def is_call(document: ParsedCase) -> bool:
    return signs_of_a_call(document) >= ENOUGH_SIGNS


def read_call(document: ParsedCase) -> CallDocument:
    """What the document lays down for its call."""
    written = _text(document)
    first_day, last_day = window_in(written)
    lowest, highest = _word_limits(written)
    return CallDocument(
        title=_first(_TITLE, written) or document.title,
        theme=_found(_THEME, written),
        book_title=_found(_BOOK, written),
        first_day=first_day,
        last_day=last_day,
        categories=tuple(
            each for each in CATEGORIES if re.search(_CATEGORY_WORDS[each.key], written, re.IGNORECASE)
        ),
        prizes=tuple(_prizes(written)),
        words_lowest=lowest,
        words_highest=highest,
        notice_html=document.body_html,
        source_line=document.source_line,
        signoff_line=document.signoff_line,
    )


def window_in(written: str) -> tuple[date | None, date | None]:
    """The first and last day that stand after the words for the window; the year of the first serves both."""
    for lead in (_WHEN, _UNTIL):
        for found in lead.finditer(written):
            days = list(_dates(written[found.end() : found.end() + 120]))
            if lead is _WHEN and len(days) >= 2 and days[0] <= days[1]:
                return days[0], days[1]
            if lead is _UNTIL and days:
                return None, days[0]
    return None, None


def _dates(written: str) -> Iterator[date]:
    year: int | None = None
    found = [*_ENGLISH_DATE.finditer(written), *_CHINESE_DATE.finditer(written)]
    for each in sorted(found, key=lambda match: match.start()):
        year = int(each["year"]) if each["year"] else year
        month = each["month"].lower()
        number = _MONTHS.index(month) + 1 if month in _MONTHS else int(month)
        if year is not None and 1 <= number <= 12 and 1 <= int(each["day"]) <= 31:
            try:
                yield date(year, number, int(each["day"]))
            except ValueError:  # 31 June and the like
                continue


def _word_limits(written: str) -> tuple[int | None, int | None]:
    if between := _WORDS_BETWEEN.search(written):
        return int(between[1]), int(between[2])
    least, most = _WORDS_LEAST.search(written), _WORDS_MOST.search(written)
    return (
        int(least[1] or least[2]) if least else None,
        int(most[1] or most[2]) if most else None,
    )


def _prizes(written: str) -> Iterator[Prize]:
    """The prizes with their quotas, or the usual first and second where prizes are only mentioned."""
    quotas = {found[1]: int(found[2]) for found in _QUOTA.finditer(written)}
    named = [
        (sign, key, name) for sign, key, name in _PRIZE_NAMES if sign in quotas or f"{sign}等奖" in written
    ]
    if named:
        yield from (Prize(key, name, quotas.get(sign, 0)) for sign, key, name in named)
    elif re.search(r"prize|[奖獎]", written):
        yield from (Prize(each.key, each.name, 0) for each in PRIZES)


def _text(document: ParsedCase) -> str:
    return without_glosses("\n".join((document.title, document.summary, richtext.plain(document.body_html))))


def _first(patterns: tuple[re.Pattern[str], ...], written: str) -> str:
    return next((name for pattern in patterns if (name := _found(pattern, written))), "")


def _found(pattern: re.Pattern[str], written: str) -> str:
    found = pattern.search(written)
    return " ".join(found[1].split()) if found else ""
