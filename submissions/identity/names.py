"""The forms in which a unit's or a person's name is written, and the patterns that find them.

Names are found with blanks or invisible characters between the characters of a Chinese name, in either
width, and in any case for Latin letters.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

UNIT = "〔单位〕"
AUTHOR = "〔作者〕"
CONTACT = "〔联系方式〕"
LINK = "〔网址〕"
PERSON = "〔人名〕"
PLACE = "〔地名〕"
HIDDEN = "〔略〕"

SHORTEST_STEM = 4
"""A name without its "支部" or "公司" is looked for only from this length on: "机关" would cover too much."""

Patterns = Sequence[tuple[re.Pattern[str], str]]
Span = tuple[int, int, str]

_GAP = r"[\s\u00ad\u200b-\u200d\u2060\ufeff]*"
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_ENDINGS = re.compile(
    r"(?:支部委员会|总支部委员会|基层委员会|委员会|党总支部?|联合党支部|党支部|机关党委|党委|党组|支部|"
    r"股份有限公司|有限责任公司|有限公司|集团公司|公司)$"
)
_PARTY = re.compile(r"^(?:中国共产党|中共)")
_REGION = re.compile(r"^.{1,8}?(?:自治区|自治州|省|市|县|街道办事处|街道|镇|乡)(?=.{4,})")
_MAIL = r"[A-Za-z0-9._%+-]+[@＠][A-Za-z0-9.-]+\.[A-Za-z]{2,}"
_WEB = r"(?:https?://|www\.)[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+"
_PHONE = r"(?<![0-9])(?:1[3-9][0-9]{9}|0[0-9]{2,3}[-－ ]?[0-9]{7,8})(?![0-9])"
_ACCOUNT = (
    r"(?:微信公众号|微信号|公众号|微信|QQ群|QQ|抖音号|视频号)\s*[:：]\s*[“\"]?[\w\-\u4e00-\u9fff]{2,24}[”\"]?"
)
_IDENTITY_CARD = r"(?<![0-9])[1-9][0-9]{5}(?:19|20)[0-9]{9}[0-9Xx](?![0-9])"
_CONTACTS: Patterns = (
    (re.compile(_MAIL), CONTACT),
    (re.compile(_WEB), LINK),
    (re.compile(_PHONE), CONTACT),
    (re.compile(_IDENTITY_CARD), CONTACT),
    (re.compile(_ACCOUNT), CONTACT),
)


def standing_patterns(units: Iterable[str], authors: Iterable[str]) -> list[tuple[re.Pattern[str], str]]:
    """What is covered in any case: contacts, the units' names in all their forms, the authors' names."""
    return [
        *_CONTACTS,
        *((name_pattern(name), UNIT) for name in unit_forms(units)),
        *((name_pattern(name), AUTHOR) for name in author_forms(authors)),
    ]


def spans(text: str, patterns: Patterns) -> list[Span]:
    """Places to cover in `text`, in order, without overlap. Names that reach into one another become one
    place under the longer one's token, so that no piece of either stays."""
    found = sorted(
        (start, -end, token)
        for pattern, token in patterns
        for start, end in (match.span() for match in pattern.finditer(text))
        if start < end
    )
    joined: list[Span] = []
    longest = 0
    for start, minus_end, token in found:
        end = -minus_end
        if joined and start < joined[-1][1]:
            before = joined[-1]
            kept = token if end - start > longest else before[2]
            longest = max(longest, end - start)
            joined[-1] = (before[0], max(before[1], end), kept)
        else:
            joined.append((start, end, token))
            longest = end - start
    return joined


def name_pattern(name: str) -> re.Pattern[str]:
    """The name with blanks or invisible characters between Chinese characters, either width, any case."""
    parts: list[str] = []
    for character in name:
        if character.isspace():
            parts.append(_GAP)
        else:
            parts.append(_either_width(character) + (_GAP if _HAN.match(character) else ""))
    pattern = "".join(parts).removesuffix(_GAP)
    if re.match(r"[A-Za-z0-9]", name):
        pattern = r"(?<![A-Za-z0-9])" + pattern
    if re.search(r"[A-Za-z0-9]$", name):
        pattern += r"(?![A-Za-z0-9])"
    return re.compile(pattern, re.IGNORECASE)


def _either_width(character: str) -> str:
    other = unicodedata.normalize("NFKC", character)
    wide = chr(ord(other) + 0xFEE0) if len(other) == 1 and 0x21 <= ord(other) <= 0x7E else ""
    forms = sorted({character, other, wide} - {""})
    return re.escape(forms[0]) if len(forms) == 1 else f"(?:{'|'.join(map(re.escape, forms))})"


def unit_forms(names: Iterable[str]) -> tuple[str, ...]:
    """The names as given, and what people write instead: without 中共, the region in front, or the ending."""
    found: set[str] = set()
    for name in (each.strip() for each in names):
        if len(name) < 2:
            continue
        found.add(name)
        found.update(form for form in _stems(name) if len(form) >= SHORTEST_STEM)
    return tuple(sorted(found, key=lambda form: (-len(form), form)))


def _stems(name: str) -> set[str]:
    stems = {name, _PARTY.sub("", name)}
    while True:
        more = {short for form in stems for short in (_ENDINGS.sub("", form), _REGION.sub("", form))}
        if more <= stems:
            return stems - {name}
        stems |= more


def author_forms(names: Iterable[str]) -> tuple[str, ...]:
    """Names of at least two characters, longest first."""
    return tuple(
        sorted({name.strip() for name in names if len(name.strip()) >= 2}, key=lambda n: (-len(n), n))
    )
