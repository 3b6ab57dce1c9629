"""The search box's small language. Any string is a question; none is an error.

党建 微信群            cases with these words, those with all of them first
"三会一课" “三会一课”   exactly these characters together
+党建 -微信群           must be there, must not be there (also NOT 微信群)
党建 OR 队建            one of them is enough (also |)
单位:审计局 年份:2024..2026 奖项:一等奖 类别:机关 标题:夜校 活动:创新案例 地区:江北区 主题:志愿服务
字数:1500..3000 含:照片
                       fields, in Chinese (simplified or traditional) or English
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from foundation.folding import fold
from search.analysis import units
from search.values import (
    HAS_EVIDENCE,
    HAS_PACK,
    HAS_PHOTOS,
    LENGTHS,
    AnyOf,
    Clause,
    FieldText,
    Phrase,
    Plain,
    Query,
    QueryField,
    Sign,
    YearRange,
)

LONGEST = 400
"""Characters of a question that are read; what follows is ignored."""
MOST_CLAUSES = 48

_FIELDS = {
    "标题": QueryField.TITLE, "题目": QueryField.TITLE, "title": QueryField.TITLE,
    "单位": QueryField.UNIT, "unit": QueryField.UNIT,
    "年份": QueryField.YEAR, "年度": QueryField.YEAR, "年": QueryField.YEAR, "year": QueryField.YEAR,
    "类别": QueryField.CATEGORY, "category": QueryField.CATEGORY,
    "奖项": QueryField.PRIZE, "获奖": QueryField.PRIZE, "prize": QueryField.PRIZE, "award": QueryField.PRIZE,
    "活动": QueryField.CALL, "征集活动": QueryField.CALL, "征集": QueryField.CALL, "call": QueryField.CALL,
    "地区": QueryField.REGION, "区域": QueryField.REGION, "region": QueryField.REGION,
    "主题": QueryField.TOPIC, "话题": QueryField.TOPIC, "topic": QueryField.TOPIC, "tag": QueryField.TOPIC,
    "字数": QueryField.LENGTH, "篇幅": QueryField.LENGTH,
    "words": QueryField.LENGTH, "length": QueryField.LENGTH,
    "含": QueryField.EXTRAS, "有": QueryField.EXTRAS, "has": QueryField.EXTRAS,
}  # fmt: skip
_EXTRAS = {
    "照片": HAS_PHOTOS, "图片": HAS_PHOTOS, "photo": HAS_PHOTOS, "photos": HAS_PHOTOS,
    "证明": HAS_EVIDENCE, "证明材料": HAS_EVIDENCE, "证据": HAS_EVIDENCE, "evidence": HAS_EVIDENCE,
    "教学包": HAS_PACK, "教案": HAS_PACK, "pack": HAS_PACK,
}  # fmt: skip

_NAMES = {field: name for name, field in reversed(_FIELDS.items())}
_NAMES_OF_EXTRAS = {value: name for name, value in reversed(_EXTRAS.items())}

_CLOSING = {'"': '"', "“": "”", "”": "”", "「": "」", "『": "』", "《": "》", "„": "“"}
_QUOTES = "".join(_CLOSING)
_TOKEN = re.compile(
    rf"(?P<sign>[+-]?)(?:(?P<field>[^\W\d_]{{1,8}}):\s?)?(?:(?P<open>[{_QUOTES}])|(?P<text>[^\s{_QUOTES}]+))"
)
_YEARS = re.compile(r"(\d{4})?\s*(?:\.{2,3}|…|-|~|至|到)\s*(\d{4})?")
_COUNTS = re.compile(r"([<>≥≤]?)=?\s*(\d{1,6})?\s*(\.{2,3}|…|-|~|至|到)?\s*(\d{1,6})?\s*(以上|以下|以内)?")
_OR = frozenset({"OR", "|", "||", "或者"})
_AND = frozenset({"AND", "&", "&&"})

_Simple = Plain | Phrase | FieldText | YearRange
_Read = _Simple | AnyOf


@dataclass(frozen=True, slots=True)
class _Token:
    sign: Sign
    part: _Read | None
    word: str = ""
    """The word as typed where it may be an operator."""


def parse(text: str) -> Query:
    """Reads a question. Takes any string, returns a query for each."""
    return _read(_cleaned(text))


@lru_cache(maxsize=1024)
def _read(cleaned: str) -> Query:
    clauses: list[Clause] = []
    joined = False
    negated = False
    for token in _tokens(cleaned):
        if token.word in _OR:
            joined = bool(clauses)
        elif token.word == "NOT":
            negated = True
        elif token.word not in _AND and token.part is not None:
            sign = Sign.MUST_NOT if negated else token.sign
            if joined and sign is Sign.SHOULD and clauses[-1].sign is not Sign.MUST_NOT:
                clauses[-1] = _alternative(clauses[-1], token.part)
            else:
                clauses.append(Clause(_default_sign(sign, token.part), token.part))
            joined = negated = False
        if len(clauses) == MOST_CLAUSES:
            break
    return Query(cleaned, tuple(dict.fromkeys(clauses)))


def every_word(query: Query) -> Query:
    """The same question with each of its words a condition."""
    clauses = tuple(
        replace(clause, sign=Sign.MUST) if clause.sign is Sign.SHOULD else clause for clause in query.clauses
    )
    return replace(query, clauses=clauses)


def written(clauses: Sequence[Clause]) -> str:
    """The question that `parse` reads as these clauses."""
    return " ".join(_written(clause) for clause in clauses)


def _written(clause: Clause) -> str:
    part = clause.part
    if isinstance(part, AnyOf):
        lengths = _written_lengths(part)
        words = lengths or " OR ".join(_written_part(each) for each in part.parts)
        return f"-{words}" if clause.sign is Sign.MUST_NOT else words
    plus = "+" if clause.sign is Sign.MUST and isinstance(part, Plain) else ""
    return ("-" if clause.sign is Sign.MUST_NOT else plus) + _written_part(part)


def _written_part(part: _Simple) -> str:
    match part:
        case Plain(text=text):
            return text
        case Phrase(text=text):
            return f"“{text}”"
        case FieldText(field=QueryField.EXTRAS, text=text):
            return f"含:{_NAMES_OF_EXTRAS[text]}"
        case FieldText(field=QueryField.LENGTH, text=text):
            low, high = _class_bounds(text)
            return f"字数:{low}..{high or ''}"
        case FieldText(field=field, text=text):
            return f"{_NAMES[field]}:“{text}”" if " " in text else f"{_NAMES[field]}:{text}"
        case YearRange(low=low, high=high):
            return f"年份:{low}" if low == high else f"年份:{low or ''}..{high or ''}"


def _written_lengths(part: AnyOf) -> str:
    """Neighbouring classes of length as one range; "" for other alternatives."""
    names = [
        each.text for each in part.parts if isinstance(each, FieldText) and each.field is QueryField.LENGTH
    ]
    if len(names) != len(part.parts):
        return ""
    bounds = sorted(map(_class_bounds, names), key=lambda each: each[0])
    return f"字数:{bounds[0][0]}..{bounds[-1][1] or ''}"


def _class_bounds(name: str) -> tuple[int, int | None]:
    """Where a class of length begins and the next one does."""
    begins = list(LENGTHS.values())
    place = list(LENGTHS).index(name)
    return begins[place], begins[place + 1] if place + 1 < len(begins) else None


def _cleaned(text: str) -> str:
    """NFC, no control or lone surrogate characters, one blank for white space, at most LONGEST characters."""
    whole = text[: LONGEST * 4].encode("utf-8", "replace").decode("utf-8")
    spaced = "".join(
        " " if character.isspace() or unicodedata.category(character) in {"Cc", "Cs", "Cn"} else character
        for character in unicodedata.normalize("NFC", whole)
    )
    return " ".join(spaced.split())[:LONGEST].strip()


def _tokens(text: str) -> Iterator[_Token]:
    # Full-width signs mean the same as half-width ones: 单位：审计局, ＋党建, －微信群.
    readable = text.translate(
        {ord("："): ":", ord("＋"): "+", ord("－"): "-", ord("｜"): "|", ord("＂"): '"'}
    )
    at = 0
    while match := _TOKEN.search(readable, at):
        # A sign or field inside a word is part of the word: e-mail, 2024-2026.
        at = match.end()
        sign = {"+": Sign.MUST, "-": Sign.MUST_NOT}.get(match["sign"], Sign.SHOULD)
        if match["open"]:
            content, at = _quoted(readable, match["open"], at)
            yield _Token(sign, _part(match["field"], content, Phrase(content)))
        else:
            yield _plain(sign, match["field"], match["text"])


def _quoted(text: str, opening: str, start: int) -> tuple[str, int]:
    """Up to the closing sign; an unclosed quotation ends with the text."""
    closing = {_CLOSING[opening], '"'} if opening == "“" else {_CLOSING[opening]}
    end = min((end for sign in closing if (end := text.find(sign, start)) >= 0), default=len(text))
    return text[start:end].strip(), min(end + 1, len(text))


def _plain(sign: Sign, name: str | None, text: str) -> _Token:
    if not name:
        return _Token(sign, _sensible(Plain(text)), text if sign is Sign.SHOULD else "")
    if fold(name) in _FIELDS:
        return _Token(sign, _part(name, text, Plain(text)))
    return _Token(sign, _sensible(Plain(f"{name}:{text}")))


def _part(name: str | None, value: str, without: Plain | Phrase) -> _Read | None:
    field = _FIELDS.get(fold(name)) if name else None
    if field is None:
        return _sensible(without)
    if field is QueryField.YEAR:
        return _years(value) or _sensible(without)
    if field is QueryField.LENGTH:
        return _lengths(value) or _sensible(without)
    if field is QueryField.EXTRAS:
        extra = _EXTRAS.get(fold(value))
        return FieldText(field, extra) if extra else _sensible(without)
    return FieldText(field, fold(value)) if units(fold(value)) else None


def _years(value: str) -> YearRange | None:
    year = value.removesuffix("年")
    if re.fullmatch(r"[0-9]{4}", year):
        return YearRange(int(year), int(year))
    match = _YEARS.fullmatch(value.replace("年", ""))
    if match is None or not any(match.groups()):
        return None
    low, high = (int(bound) if bound else None for bound in match.groups())
    if low is not None and high is not None and low > high:
        low, high = high, low
    return YearRange(low, high)


def _lengths(value: str) -> AnyOf | None:
    """The classes of length that a number of characters, or a range of them, touches."""
    match = _COUNTS.fullmatch(value.replace("字", "").replace(",", "").replace("，", ""))
    if match is None or not (match[2] or match[4]):
        return None
    low, high = _bounds(*match.groups())
    begins = list(LENGTHS.values())
    ends = [*(begin - 1 for begin in begins[1:]), None]
    touched = [
        FieldText(QueryField.LENGTH, name)
        for name, begin, end in zip(LENGTHS, begins, ends, strict=True)
        if (high is None or begin < high or begin <= low) and (end is None or end >= low)
    ]
    return AnyOf(tuple(touched))


def _bounds(
    sign: str, first: str | None, between: str | None, second: str | None, after: str | None
) -> tuple[int, int | None]:
    """The lowest and the highest number of a range; None is open."""
    number = int(first or second or 0)
    if sign in (">", "≥") or after == "以上":
        return number, None
    if sign in ("<", "≤") or after in ("以下", "以内"):
        return 0, number
    if between:
        low, high = int(first or 0), int(second) if second else None
        return (high, low) if high is not None and high < low else (low, high)
    return number, number


def _sensible(part: Plain | Phrase) -> Plain | Phrase | None:
    """A part with a letter, digit or character in it; punctuation alone asks for nothing."""
    return part if units(fold(part.text)) else None


def _default_sign(sign: Sign, part: _Read) -> Sign:
    """Quotations and fields are conditions, whatever stands before them."""
    return Sign.MUST if sign is Sign.SHOULD and not isinstance(part, Plain) else sign


def _alternative(before: Clause, part: _Read) -> Clause:
    return Clause(Sign.MUST, AnyOf((*_parts(before.part), *_parts(part))))


def _parts(part: _Read) -> tuple[_Simple, ...]:
    return part.parts if isinstance(part, AnyOf) else (part,)
