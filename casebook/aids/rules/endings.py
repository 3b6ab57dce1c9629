"""Blanks between characters, ends of paragraphs, headings and captions, numbering: GB/T 15834-2011, 附录 A.1
(captions), 附录 B.3 (序次语)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from casebook.aids.rules.marks import each_match, inside, is_chinese, quoted, slip, titled
from casebook.aids.rules.surnames import SURNAMES
from casebook.aids.values import PROSE, Kind, Line, Role, Seriousness, Slip
from foundation.folding import HAN
from foundation.text import _

_MARK = "，。、；：！？"
_BLANK = re.compile(rf"[{HAN}][ \u3000\xa0]+[{HAN}]")
_BLANK_AT_MARK = re.compile(
    rf"[{_MARK}][ \u3000\xa0]+(?=[{HAN}“《（])|(?<=[{HAN}”》）])[ \u3000\xa0]+[{_MARK}]"
)
_SHORT_NAME = re.compile(rf"[{HAN}][ \u3000\xa0]+[{HAN}](?![{HAN}])")
_LEAST = 30
"""Characters of a paragraph that is a sentence and no label."""
_SENTENCE_END = re.compile("[。！？…：；]\\Z|[。！？…][”’）』」】]+\\Z|——\\Z")
_BRACKET_AFTER_STOP = re.compile("[。！？…”][（(][^（）()]*[）)]\\Z")
_NOTE_CALLS = re.compile("(?:\\[[0-9]{1,4}\\])+\\Z")
"""Calls for notes (`casebook.notes`)."""
_LABEL_END = re.compile("[。，、；：]\\Z|(?<!\\.)\\.\\Z")
_FIRST_NUMBER = re.compile(f"\\A([一二三四五六七八九十]{{1,3}})[.．,，](?=[{HAN}])")
_FIRST_BRACKET = re.compile("\\A（(?:[一二三四五六七八九十]{1,3}|[0-9]{1,2})）[、，.．]")
_FIRST_DIGIT = re.compile(f"\\A([0-9]{{1,2}})、(?=[{HAN}“《])")
_FIRST_WORD = re.compile(
    "(?:\\A|(?<=[。；]))(首先|其次|再次|最后|其一|其二|其三|第一|第二|第三|第四|第五)、(?!第|[一二三四五六七八九十])"
)


def find(line: Line) -> Iterator[Slip]:
    if not is_chinese(line.text):
        return
    if line.role in PROSE:
        yield from _blanks(line)
        yield from _paragraph_end(line)
    elif line.role in (Role.HEADING, Role.TITLE, Role.CAPTION):
        yield from _label_end(line)
    yield from _numbering(line)


def _blanks(line: Line) -> Iterator[Slip]:
    left_alone = [*quoted(line.text), *titled(line.text)]
    for pattern in (_BLANK, _BLANK_AT_MARK):
        for found, span in each_match(pattern, line.text):
            if not inside(left_alone, *span) and not _is_name(line.text, span[0]):
                yield slip(
                    line,
                    span,
                    Kind.PUNCTUATION,
                    "punctuation.blank",
                    Seriousness.SHOULD,
                    _("汉字之间、标点旁边不留空格。"),
                    re.sub("[ \u3000\xa0]+", "", found[0]),
                )


def _is_name(text: str, at: int) -> bool:
    """王　晶: a surname, a blank and one character, as such names are set beside longer ones."""
    alone = not re.match(f"[{HAN}]", text[at - 1 : at]) if at else True
    return text[at] in SURNAMES and (alone or bool(_SHORT_NAME.match(text, at)))


def _paragraph_end(line: Line) -> Iterator[Slip]:
    text = _NOTE_CALLS.sub("", line.text.rstrip())
    if line.role is Role.ITEM or len(text) < _LEAST or not re.search("[，。；]", text):
        return
    if _SENTENCE_END.search(text) or _BRACKET_AFTER_STOP.search(text):
        return
    last = text[-1]
    certain = re.match(f"[{HAN}0-9A-Za-z%”’》）]", last)
    yield slip(
        line,
        (len(text) - 1, len(text)),
        Kind.PUNCTUATION,
        "punctuation.paragraph_end",
        Seriousness.SHOULD,
        _("段落末尾没有句末标点（GB/T 15834）。"),
        last + "。" if certain else None,
    )


def _label_end(line: Line) -> Iterator[Slip]:
    for _found, span in each_match(_LABEL_END, line.text):
        yield slip(
            line,
            (max(0, span[0] - 1), span[1]),
            Kind.PUNCTUATION,
            "punctuation.label_end",
            Seriousness.SHOULD,
            _("标题和图表的题名末尾不用标点（GB/T 15834）。"),
            line.text[max(0, span[0] - 1) : span[0]],
        )


def _numbering(line: Line) -> Iterator[Slip]:
    for pattern, mark in ((_FIRST_NUMBER, "、"), (_FIRST_DIGIT, "."), (_FIRST_WORD, "，")):
        for found, span in each_match(pattern, line.text):
            yield slip(
                line,
                span,
                Kind.PUNCTUATION,
                "punctuation.numbering",
                Seriousness.SHOULD,
                _("序号“%(number)s”后面用“%(mark)s”（GB/T 15834）。", number=found[1], mark=mark),
                found[1] + mark,
            )
    for found, span in each_match(_FIRST_BRACKET, line.text):
        yield slip(
            line,
            span,
            Kind.PUNCTUATION,
            "punctuation.numbering",
            Seriousness.SHOULD,
            _("带括号的序号后面不用标点（GB/T 15834）。"),
            found[0][:-1],
        )
