"""Letters and digits in full width, look-alikes and characters nobody sees: GB/T 15834-2011, GB/T 15835-2011
(Arabic digits and Latin letters are half width) and what a copy from a PDF or a web page leaves behind."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from casebook.aids.rules.marks import slip
from casebook.aids.values import Kind, Line, Seriousness, Slip
from foundation.folding import GLOSS
from foundation.text import _

_FULL = re.compile(
    "[０-９Ａ-Ｚａ-ｚ](?:[０-９Ａ-Ｚａ-ｚ．／＠＿＋－]*[０-９Ａ-Ｚａ-ｚ])?％?|％|[＠＃＆＋＝](?=[0-9A-Za-z])"
)
_UNSEEN = re.compile("[\u200b-\u200f\u2060\u00ad\ufeff\u202f]+")
_PRIVATE = re.compile("[\ue000-\uf8ff\ufffd]+")
_RADICAL = re.compile("[\u2e80-\u2fdf]+")
_SQUARED = {"㎡": "m²", "㎥": "m³", "㎏": "kg", "㎞": "km", "㎝": "cm", "㎜": "mm", "℅": "c/o", "㏄": "cm³"}
_PINYIN = re.compile(GLOSS, re.IGNORECASE)


def find(line: Line) -> Iterator[Slip]:
    for found in _FULL.finditer(line.text):
        better = unicodedata.normalize("NFKC", found[0])
        message = _("字母、数字和百分号用半角。")
        yield slip(line, found.span(), Kind.WIDTH, "width.full", Seriousness.MUST, message, better)
    for found in re.finditer(f"[{''.join(_SQUARED)}]", line.text):
        message = _("单位符号不用挤成一个字的，印出来字体会不同。")
        better = _SQUARED[found[0]]
        yield slip(line, found.span(), Kind.WIDTH, "width.squared", Seriousness.SHOULD, message, better)
    for found in _RADICAL.finditer(line.text):
        message = _("这是部首符号，不是汉字，多半是从 PDF 复制来的。")
        better = unicodedata.normalize("NFKC", found[0])
        certain = better if better != found[0] else None
        yield slip(line, found.span(), Kind.WIDTH, "width.radical", Seriousness.MUST, message, certain)
    for found in _UNSEEN.finditer(line.text):
        yield _unseen(line, found)
    for found in _PRIVATE.finditer(line.text):
        message = _("这个字符只在某一台机器的字体里有，印出来会是空白或方框。")
        yield slip(line, found.span(), Kind.WIDTH, "width.private", Seriousness.MUST, message)
    for found in _PINYIN.finditer(line.text):
        message = _("网页上带来的注音，书里不印。")
        yield slip(line, found.span(), Kind.WIDTH, "width.pinyin", Seriousness.MUST, message, "")


def _unseen(line: Line, found: re.Match[str]) -> Slip:
    """Shown with the character before it, so that there is something to see."""
    start = max(0, found.start() - 1)
    kept = line.text[start : found.start()]
    message = _("这里有看不见的字符，排版时会断行或变成方框。")
    return slip(line, (start, found.end()), Kind.WIDTH, "width.unseen", Seriousness.MUST, message, kept)
