"""Words with placeholders: `{单位}` or `{unit}`. Checked when they are saved, filled when they are used."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date

from foundation.text import Text, _

NAMES: dict[str, tuple[str, str]] = {
    "recipient": ("收件人", "recipient"),
    "unit": ("单位", "unit"),
    "author": ("作者", "author"),
    "title": ("案例", "title"),
    "call": ("征集", "call"),
    "prize": ("奖项", "prize"),
    "commendation": ("授奖词", "commendation"),
    "link": ("链接", "link"),
}
"""Key -> its name in Chinese and in English; both are understood everywhere."""

IN_CERTIFICATES = ("unit", "author", "title", "call", "prize")
IN_LETTERS = ("recipient", "unit", "title", "call", "prize", "commendation", "link")
_KEY_OF = {name: key for key, names in NAMES.items() for name in names}
_PLACEHOLDER = re.compile(r"\{([^{}\n]{0,30})\}")
_GAP = re.compile(r"\n{3,}")
_DIGITS = "〇一二三四五六七八九"


def named(keys: Collection[str]) -> str:
    """The placeholders as they are typed."""
    return " ".join("{" + NAMES[key][0] + "}" for key in keys)


def problem(words: str, allowed: Collection[str]) -> Text | None:
    """What is wrong with the placeholders in these words, None if nothing is."""
    for name in _PLACEHOLDER.findall(words):
        if _KEY_OF.get(name.strip()) not in allowed:
            return _("不认识“{%(name)s}”，这里可以用：%(known)s", name=name, known=named(allowed))
    if "{" in _PLACEHOLDER.sub("", words) or "}" in _PLACEHOLDER.sub("", words):
        return _("花括号没有成对，可以用的占位词：%(known)s", known=named(allowed))
    return None


def filled(words: str, values: Mapping[str, str]) -> str:
    """The words with everything filled in; a line with a placeholder that has nothing to say is left out."""
    lines = []
    for line in words.split("\n"):
        if any(not values.get(_KEY_OF.get(name.strip(), ""), "") for name in _PLACEHOLDER.findall(line)):
            continue
        lines.append(_PLACEHOLDER.sub(lambda match: values[_KEY_OF[match[1].strip()]], line))
    return _GAP.sub("\n\n", "\n".join(lines))


def certificate_lines(words: str, values: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Lines of a certificate: the first says to whom; a line that is only the prize stands alone."""
    found: list[tuple[str, str]] = []
    for line in words.split("\n"):
        done = filled(line, values).strip()
        if not done:
            continue
        bare = _PLACEHOLDER.fullmatch(line.strip())
        if not found:
            kind = "to"
        elif bare is not None and _KEY_OF.get(bare[1].strip()) == "prize":
            kind = "prize"
        else:
            kind = "text"
        found.append((kind, done))
    return tuple(found)


def chinese_date(day: date) -> str:
    """As it stands on certificates: 二〇二六年十一月二十二日."""
    year = "".join(_DIGITS[int(digit)] for digit in str(day.year))
    return f"{year}年{_number(day.month)}月{_number(day.day)}日"


def _number(value: int) -> str:
    tens, ones = divmod(value, 10)
    lead = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return lead + (_DIGITS[ones] if ones else "") if tens else _DIGITS[ones]


def written_date(day: date, language: str) -> str:
    """The date in the certificate's language."""
    return chinese_date(day) if language == "zh" else f"{day.day} {day:%B} {day.year}"
