"""Marks: GB/T 15834-2011 标点符号用法.

Quotation marks and brackets are in `pairs`; blanks, ends of lines and numbering in `endings`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from casebook.aids.rules.marks import each_match, is_chinese, slip
from casebook.aids.values import PROSE, Kind, Line, Seriousness, Slip
from foundation.folding import GLOSS, HAN
from foundation.text import Text, _

_FULL = str.maketrans(",;:!?.", "，；：！？。")
_BEFORE = f"[{HAN}”’》）】]"
_AFTER = f"[{HAN}“‘《（【]"
_HALF = re.compile(rf"(?<={_BEFORE})[,;:!?]|(?<=[0-9A-Za-z%])[,;](?={_AFTER})")
_HALF_STOP = re.compile(rf"(?<={_BEFORE})\.(?=\Z|\n)")
_HALF_BRACKETS = re.compile(r"\(([^()（）\n]{1,80})\)")
_ONLY_NUMBER = re.compile(r"[0-9A-Za-z]{1,3}\Z")
_PINYIN = re.compile(GLOSS)
_TIME_OR_RATIO = re.compile(r"[0-9]\s*\Z")

_HALF_WORDS: Text = _("中文里的标点用全角（GB/T 15834）。")

# mark pattern -> what it should be; None where only a person can say
_DOUBLED: tuple[tuple[re.Pattern[str], str | None], ...] = (
    (re.compile(r"。[ 　]*。(?![。])(?<!。。。)"), "。"),
    (re.compile("，[ 　]*，+"), "，"),
    (re.compile("、[ 　]*、+"), "、"),
    (re.compile("；[ 　]*；+"), "；"),
    (re.compile("：[ 　]*：+"), "："),
    (re.compile("[，、；]。"), "。"),
    (re.compile("、，"), "，"),
    (re.compile("。[，、；]"), None),
    (re.compile("[：，]、|、[；：]|；，|，；"), None),
    (re.compile("(?<=[。！？])”。"), "”"),
)
_ELLIPSIS = re.compile(r"(?<![.。…])(?:\.{3,}|。{3,}|…{1}|…{3}|…{5,})(?![.。…])")
_ELLIPSIS_AND_SO_ON = re.compile("……(?=等(?![待级候于到]))")
_DASHES = re.compile(rf"(?<=[{HAN}”》）])\s?(?:--+|－－+|––+|―+)\s?(?=[{HAN}“《（])")
_ENGLISH_FULL = re.compile(r"(?<=[A-Za-z])[，；：。！？](?=\s|[A-Za-z]|\Z)")


def find(line: Line) -> Iterator[Slip]:
    if is_chinese(line.text):
        yield from _half_width(line)
        yield from _brackets(line)
        yield from _doubled(line)
        yield from _ellipses_and_dashes(line)
    elif line.role in PROSE:
        yield from _english(line)


def _half_width(line: Line) -> Iterator[Slip]:
    for found, span in each_match(_HALF, line.text):
        if found[0] == ":" and _TIME_OR_RATIO.search(line.text[: span[0]]):
            continue
        proposal = found[0].translate(_FULL)
        yield slip(line, span, Kind.PUNCTUATION, "punctuation.half", Seriousness.MUST, _HALF_WORDS, proposal)
    for found, span in each_match(_HALF_STOP, line.text):
        proposal = found[0].translate(_FULL)
        yield slip(line, span, Kind.PUNCTUATION, "punctuation.half", Seriousness.MUST, _HALF_WORDS, proposal)


def _brackets(line: Line) -> Iterator[Slip]:
    for found, span in each_match(_HALF_BRACKETS, line.text):
        before, content = line.text[: span[0]], found[1]
        chinese = re.search(f"[{HAN}]", content)
        after_chinese = re.search(f"[{HAN}”》]\\Z", before)
        if _PINYIN.fullmatch(line.text, *span) or (
            not chinese and (not after_chinese or _ONLY_NUMBER.match(content))
        ):
            continue
        yield slip(
            line,
            span,
            Kind.PUNCTUATION,
            "punctuation.brackets",
            Seriousness.MUST,
            _("中文里的括号用全角（GB/T 15834）。"),
            f"（{content}）",
        )


def _doubled(line: Line) -> Iterator[Slip]:
    for pattern, proposal in _DOUBLED:
        for _found, span in each_match(pattern, line.text):
            yield slip(
                line,
                span,
                Kind.PUNCTUATION,
                "punctuation.doubled",
                Seriousness.MUST,
                _("标点重复或连用，请只留一个（GB/T 15834）。"),
                proposal,
            )


def _ellipses_and_dashes(line: Line) -> Iterator[Slip]:
    for _found, span in each_match(_ELLIPSIS, line.text):
        yield slip(
            line,
            span,
            Kind.PUNCTUATION,
            "punctuation.ellipsis",
            Seriousness.MUST,
            _("省略号是六个连点，占两个字（GB/T 15834）。"),
            "……",
        )
    for _found, span in each_match(_ELLIPSIS_AND_SO_ON, line.text):
        yield slip(
            line,
            (span[0], span[1] + 1),
            Kind.PUNCTUATION,
            "punctuation.ellipsis_etc",
            Seriousness.MUST,
            _("省略号和“%(word)s”意思重复，只留一个（GB/T 15834）。", word="等"),
            "等",
        )
    for _found, span in each_match(_DASHES, line.text):
        yield slip(
            line,
            span,
            Kind.PUNCTUATION,
            "punctuation.dash",
            Seriousness.MUST,
            _("破折号是一条占两个字的横线（GB/T 15834）。"),
            "——",
        )


def _english(line: Line) -> Iterator[Slip]:
    back = dict(zip(map(ord, "，；：！？。"), ",;:!?.", strict=True))
    for found, span in each_match(_ENGLISH_FULL, line.text):
        follows = line.text[span[1] : span[1] + 1]
        proposal = back[ord(found[0])] + (" " if follows.isalpha() else "")
        yield slip(
            line,
            span,
            Kind.PUNCTUATION,
            "punctuation.full_in_english",
            Seriousness.MUST,
            _("英文里的标点用半角。"),
            proposal,
        )
