"""Counting errors and characters as publishing does.

The weights and their caps are those of 《图书编校质量差错率计算方法》, the annex of 《图书质量管理规定》
(新闻出版总署令第26号, 2004); at most one error in 10,000 characters passes. CY/T 266—2023
《图书编校质量差错判定和计算方法》 words the judging of errors anew: a house that is inspected by it compares
`FAULTS`, the only place where weights stand. The rules give no number for a political error (it concerns the
quality of the content, which fails as a whole): we count it like one of knowledge, and a book with an open
one is never cleared.

Characters are set characters (版面字数): characters of a line x lines of a page x pages, blanks included.
Before pages are made we count the whole lines that a text's paragraphs fill; foreign text counts 30 percent
more.
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from casebook.reviewing.values import ErrorKind, ProofError, Rate
from casebook.values import ManuscriptText
from foundation import richtext
from foundation.text import Text, _

PASS_MARK = Decimal(1)
"""Errors in 10,000 characters."""
LINE = 38
"""Characters in a set line of the larger 16mo: a text's extent is an estimate until pages are made."""
_INDENT = 2
_FOREIGN = Decimal("1.3")


@dataclass(frozen=True, slots=True)
class Fault:
    """What an error counts as. `same_most` caps one and the same error repeated in the book, `all_most` all
    errors of this kind in it; None: no cap."""

    key: str
    kind: ErrorKind
    label: Text
    weight: Decimal
    same_most: Decimal | None = None
    all_most: Decimal | None = None


def _fault(
    key: str, kind: ErrorKind, label: Text, weight: str, same: str | None = None, whole: str | None = None
) -> Fault:
    return Fault(
        key,
        kind,
        label,
        Decimal(weight),
        Decimal(same) if same else None,
        Decimal(whole) if whole else None,
    )


_K = ErrorKind
FAULTS: tuple[Fault, ...] = (
    _fault("political", _K.POLITICAL, _("政治性差错"), "2"),
    _fault("knowledge", _K.KNOWLEDGE, _("知识性、逻辑性差错"), "2"),
    _fault("figure_text", _K.KNOWLEDGE, _("图、表内容与说明文字不符"), "2"),
    _fault("character", _K.LANGUAGE, _("错字、别字、多字、漏字、倒字"), "1", same="4"),
    _fault("few_missing", _K.LANGUAGE, _("多、漏 2 至 5 个字"), "2"),
    _fault("many_missing", _K.LANGUAGE, _("多、漏 5 个字以上"), "4"),
    _fault("grammar", _K.LANGUAGE, _("语法性差错"), "2"),
    _fault("cover", _K.LANGUAGE, _("封面、扉页上的文字差错"), "2"),
    _fault("inconsistent", _K.LANGUAGE, _("相关文字不一致"), "1"),
    _fault("term", _K.WORD, _("科技名词、计量单位名称不规范"), "1", same="3"),
    _fault("foreign", _K.WORD, _("外文、拼音差错，一个单词"), "1"),
    _fault("letter_case", _K.WORD, _("字母大小写、正斜体误用"), "0.5", same="1.5"),
    _fault("traditional", _K.WORD, _("简化字、繁体字混用"), "0.5", same="1.5"),
    _fault("punctuation", _K.PUNCTUATION, _("标点错用、漏用、多用"), "0.1"),
    _fault("number", _K.NUMBER, _("数字差错，无论几位"), "1"),
    _fault("number_usage", _K.NUMBER, _("数字用法不合规定"), "0.1", whole="1"),
    _fault("unit_symbol", _K.NUMBER, _("计量单位符号、科学符号差错"), "0.5", same="1.5"),
    _fault("figure_number", _K.LAYOUT, _("图序、表序、公式序标注差错"), "0.1", whole="1"),
    _fault("layout", _K.LAYOUT, _("另面、另段、空行、空格等格式差错"), "0.1"),
    _fault("font", _K.LAYOUT, _("字体、字号差错"), "0.1", whole="1"),
    _fault("figure_place", _K.LAYOUT, _("图、表的位置错"), "1"),
)
BY_KEY = {fault.key: fault for fault in FAULTS}

KIND_NAMES: dict[ErrorKind, Text] = {
    _K.POLITICAL: _("政治性"),
    _K.KNOWLEDGE: _("知识性"),
    _K.LANGUAGE: _("文字、语言"),
    _K.WORD: _("词语"),
    _K.PUNCTUATION: _("标点"),
    _K.NUMBER: _("数字、计量"),
    _K.LAYOUT: _("格式、版式"),
}


def counted(errors: Iterable[ProofError]) -> Decimal:
    """The number of errors as the standard counts them, caps applied; dismissed ones do not count.

    The same error is one with the same fault, passage and correction.
    """
    repeated = Counter((each.fault, each.before, each.after) for each in errors if each.counts)
    totals: dict[str, Decimal] = {}
    for (key, _before, _after), times in repeated.items():
        fault = BY_KEY[key]
        weight = _capped(fault.weight * times, fault.same_most)
        totals[key] = totals.get(key, Decimal(0)) + weight
    return sum((_capped(total, BY_KEY[key].all_most) for key, total in totals.items()), Decimal(0))


def _capped(weight: Decimal, most: Decimal | None) -> Decimal:
    return weight if most is None else min(weight, most)


def rate(errors: Iterable[ProofError], characters: int) -> Rate:
    found = [each for each in errors if each.counts]
    return Rate(counted(found), characters, len(found))


def passes(found: Rate) -> bool:
    """Whether the rate is at most one in 10,000."""
    return found.errors * 10000 <= PASS_MARK * found.characters


def set_characters(text: ManuscriptText) -> int:
    """The extent of a text in set characters: each paragraph fills its lines."""
    paragraphs = [text.title, text.unit, *text.authors, text.summary, *richtext.plain(text.body).split("\n")]
    paragraphs += [photo.caption for photo in text.photos]
    paragraphs += [text.source_line, text.signoff_line]
    lines = sum(_lines(each) for each in paragraphs if each.strip())
    foreign = _is_foreign("".join(paragraphs))
    return math.ceil(lines * LINE * (_FOREIGN if foreign else 1))


def _lines(paragraph: str) -> int:
    return max(1, math.ceil((_INDENT + _width(paragraph)) / LINE))


def _width(text: str) -> float:
    wide = sum(unicodedata.east_asian_width(each) in "WFA" for each in text)
    return wide + (len(text) - wide) / 2


def _is_foreign(text: str) -> bool:
    letters = [each for each in text if each.isalpha()]
    wide = sum(unicodedata.east_asian_width(each) == "W" for each in letters)
    return bool(letters) and wide * 2 < len(letters)
