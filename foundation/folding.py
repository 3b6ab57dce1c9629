"""Characters that read the same become the same character, one for one.

Traditional and variant forms become simplified (OpenCC's t2s table taken character by character, plus merges
it leaves out), full width becomes half width, upper case lower. The length stays, so a place in a folded text
is a place in the original.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import opencc

HAN = "々〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
"""The Chinese characters, as the inside of a regular expression's class."""

_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ"
_NEUTRAL = "de|di|le|zhe|zi|me|men|ma|ba|ne|ya|la|tou|shang|li|guo|ge|er|bo|luo"
GLOSS = rf"(?<=[{HAN}])[(（](?:(?=[a-zɡɑü]*[{_TONED}])[a-zɡɑü{_TONED}]{{1,6}}|(?:{_NEUTRAL}))[)）]"
"""The pinyin of a Chinese character in brackets after it (`認(rèn)真`), as web pages have it."""

_MERGES = {
    "著": "着", "於": "于", "乾": "干", "徵": "征", "瞭": "了", "藉": "借", "衹": "只", "祇": "只",
    "妳": "你", "牠": "它", "祂": "他", "碁": "棋", "竝": "并", "甦": "苏", "馀": "余", "祕": "秘",
    "峯": "峰", "慾": "欲", "綵": "彩", "託": "托", "姪": "侄", "搾": "榨", "鬭": "斗", "鬪": "斗",
    "餘": "余", "証": "证", "麼": "么", "喫": "吃", "牀": "床", "堃": "坤", "鉅": "巨", "彫": "雕",
    "週": "周", "凖": "准", "準": "准", "濶": "阔", "畧": "略", "綫": "线", "缐": "线", "脩": "修",
    "遶": "绕", "麽": "么",
}  # fmt: skip
"""Characters that OpenCC keeps apart because they differ in some words; for finding they are the same."""


@lru_cache(maxsize=1)
def folding() -> dict[int, str]:
    """The table of one-to-one folds, for `str.translate`; built once from OpenCC's data in about 0.1 s."""
    table = {
        code: _narrow(chr(code)) for block in (range(0x2E80, 0x2FE0), range(0xFF01, 0xFF5F)) for code in block
    }
    table[0x3000] = " "
    for code in range(0x41, 0x2000):
        lower = chr(code).lower()
        if len(lower) == 1 and lower != chr(code):
            table[code] = lower
    table.update((ord("Ａ") + i, chr(ord("a") + i)) for i in range(26))
    han = [chr(code) for block in (range(0x3400, 0xA000), range(0x20000, 0x323B0)) for code in block]
    simplified = opencc.OpenCC("t2s").convert("\n".join(han)).split("\n")
    table.update((ord(a), b) for a, b in zip(han, simplified, strict=True) if a != b and len(b) == 1)
    table.update((ord(a), b) for a, b in _MERGES.items() if a != b)
    return {code: table.get(ord(to), to) for code, to in table.items() if chr(code) != to}


def _narrow(character: str) -> str:
    """The compatibility form where it is one character (full width, CJK radicals), else the same."""
    to = unicodedata.normalize("NFKC", character)
    return to if len(to) == 1 else character


def fold(text: str) -> str:
    """Folds characters only; the length stays. For short texts without debris: names, titles, questions."""
    return text.translate(folding())
