"""How many 字 a text has, as Microsoft Word counts them.

Word publishes no algorithm. Its dialog (审阅 > 字数统计) shows 字数 = 中文字符和朝鲜语单词 + 非中文单词, and
what falls into which is known from its behaviour and from the file format:

* Each East Asian character counts one: Chinese characters, kana (also half-width), bopomofo, full-width
  letters, digits and punctuation. Word shows 8 (6 + 2) for `使用 Adobe Photoshop 打开图片`
  (reported in github.com/geezmolycos/vscode-hanzi-counter, issue 3).
* Korean is counted by words, as the name of the line says.
* Everything else is counted by words: a run of other characters up to a blank or an East Asian character,
  whatever it is made of: `12,000`, `72%`, `2022-01-29`, `Internet+` and `--` count one each. Two groups of
  five half-width symbols add two, ten half-width kana ten (observed in ufui.net's note on Word's counter).
* Characters that both scripts use (“ ” ‘ ’ … — · × ° ± § ① Ⅲ → ■ ℃ and so on) are East Asian where the run is
  marked so: ISO/IEC 29500-1, 17.3.2.26 (`w:rFonts`, attribute `w:hint`), lists them by range. Word marks what
  a Chinese keyboard types. Plain text has no such mark, so here a paragraph with any East Asian character is
  taken for Chinese; an apostrophe or hyphen inside a Latin word (It’s) stays in its word.
* Blanks, also the full-width one, line breaks and invisible characters count nothing.

Where Word's behaviour is not documented at all we chose: an emoji counts one, whatever it is made of.

`webapp/static/js/wordcount.js` is the same rule for the page; `tests/foundation/test_wordcount.py` holds both
to one table.
"""

import re

_HANGUL = "\u1100-\u11ff\u3131-\u318e\ua960-\ua97f\uac00-\ud7ff"
_WIDE = (
    "\u2e80-\u2fdf\u2ff0-\u2fff\u3001-\u3130\u318f-\ua4cf\ue000-\ufaff\ufe10-\ufe1f\ufe30-\ufe6f\uff01-\uffee"
    "\U00016fe0-\U00018dff\U0001aff0-\U0001b2ff\U0001f200-\U0001f2ff\U00020000-\U0003ffff"
)
_EMOJI = "\U0001f300-\U0001faff"
_FLAG = "\U0001f1e6-\U0001f1ff"
_SHARED = (
    "\u00a1\u00a4\u00a7\u00a8\u00af-\u00b1\u00b4\u00b6-\u00b8\u00bf\u00d7\u00f7"
    "\u2010-\u2027\u2030-\u205e\u20a0-\u20cf\u2100-\u2bff"
)
_BLANK = " \t\n\v\f\r\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"

_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u007f\u00ad\u0300-\u036f\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\U0001f3fb-\U0001f3ff\U000e0000-\U000e01ef]"
)
_PARAGRAPH = re.compile("[\n\r\v\f\u0085\u2028\u2029]+")
_EAST_ASIAN = re.compile(f"[{_WIDE}]")
_LATIN_JOINT = re.compile("(?<=[0-9A-Za-z\u00c0-\u024f])[\u2010\u2011\u2019](?=[0-9A-Za-z\u00c0-\u024f])")

_JOINED = f"[{_EMOJI}](?:\u200d[{_EMOJI}{_SHARED}])*|[{_FLAG}]{{2}}"
_IN_CHINESE = re.compile(
    f"(?P<each>[{_WIDE}{_SHARED}]+)|{_JOINED}|[{_HANGUL}]+|[^{_BLANK}{_WIDE}{_SHARED}{_HANGUL}{_EMOJI}{_FLAG}]+|[{_FLAG}]"
)
_ELSEWHERE = re.compile(f"{_JOINED}|[{_HANGUL}]+|[^{_BLANK}{_HANGUL}{_EMOJI}{_FLAG}]+|[{_FLAG}]")


def word_count(text: str) -> int:
    """Return the number that Word's 字数 shows for `text` (paragraphs separated by line breaks)."""
    return sum(map(_count, _PARAGRAPH.split(_INVISIBLE.sub("", text))))


def _count(paragraph: str) -> int:
    if not _EAST_ASIAN.search(paragraph):
        return sum(1 for _ in _ELSEWHERE.finditer(paragraph))
    joined = _LATIN_JOINT.sub("-", paragraph)
    return sum(len(found["each"] or "1") for found in _IN_CHINESE.finditer(joined))
