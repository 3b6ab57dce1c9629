"""Which short lines are headings, by style or by the numbering of Chinese official writing.

The order of GB/T 9704-2012 is 一、 then （一） then 1. then （1）; longer papers put 第一部分 above. Which of
these a document uses is its own affair: the highest rank it uses becomes h2, the next h3, the rest h4.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from foundation.richtext import Table
from submissions.intake.elements import Element, Line

_NUMBER = "[一二三四五六七八九十百零〇]{1,4}"
RANKS = (
    (0, re.compile(rf"第(?:{_NUMBER}|\d{{1,2}})[部分章节篇]")),
    (0, re.compile(r"(?:Part|Chapter) (?:[IVX]+|\d+|One|Two|Three|Four)\b", re.IGNORECASE)),
    (1, re.compile(rf"{_NUMBER}\s*[、．.]")),
    (2, re.compile(rf"[（(]\s*{_NUMBER}\s*[）)]")),
    (3, re.compile(r"\d{1,2}\s*[.．、](?!\d)")),
)
"""Patterns at the head of a line, highest first."""
_UNNUMBERED = 1
_LOWEST = 4
_ENDS_A_SENTENCE = ("。", "；", "，", ";", ",", "！", "？", ".", "!", "?", "：", ":", "……")
_NAMED = re.compile(
    r"(?:案例)?(?:背景|简介|概况|概述|缘起|问题|做法|举措|成效|成果|效果|启示|经验|思考|体会|反响|结语)"
    r"|(?:案例|实施|工作|基本|主要|具体|创新|特色|取得|实践|推广|存在)(?:的)?"
    r"(?:背景|情况|内容|概况|做法|举措|措施|过程|成效|成果|效果|启示|经验|价值|思考|问题)"
    r"|(?:做法|经验|成效|背景)(?:与|和)(?:成效|启示|做法|起因|问题|经过)"
    r"|(?:Background|Practice|Practices|Measures|Results?|Outcomes?|Effects?|Lessons|Inspiration|Conclusion)"
)


def is_short(line: Line) -> bool:
    """Short enough for a heading, and not a sentence."""
    written = line.text
    return 0 < len(written) <= (40 if _is_chinese(written) else 110) and not written.endswith(
        _ENDS_A_SENTENCE
    )


def rank(line: Line) -> int | None:
    """How high a heading the line is (0 highest), None when it is none."""
    written = line.text
    if not written or line.item is not None:
        return None
    numbered = next((place for place, pattern in RANKS if pattern.match(written)), None)
    if line.outline is not None and len(written) <= 200:
        return line.outline + _UNNUMBERED if numbered is None else numbered
    if not is_short(line):
        return None
    if numbered is not None:
        return numbered if numbered < 3 or line.bold else None
    return _UNNUMBERED if _NAMED.fullmatch(written.strip("【】[]")) else None


def rank_by_looks(elements: Sequence[Element], index: int) -> int | None:
    """As `rank`, for a line that only its surroundings make a heading."""
    line = elements[index]
    if not isinstance(line, Line) or not standing_out(elements, index):
        return None
    return next((place for place, pattern in RANKS if pattern.match(line.text)), _UNNUMBERED)


def levels(ranks: Iterable[int]) -> dict[int, int]:
    """Rank -> heading level (2, 3 or 4) for the ranks that a document uses."""
    return {each: min(_LOWEST, 2 + place) for place, each in enumerate(sorted(set(ranks)))}


def standing_out(elements: Sequence[Element], index: int) -> bool:
    """Whether a short line without number or style is a heading by its looks: bold, or alone above a long
    paragraph that it introduces."""
    line = elements[index]
    following = elements[index + 1] if index + 1 < len(elements) else None
    if not isinstance(line, Line) or line.item is not None or line.align == "right" or not is_short(line):
        return False
    if not isinstance(following, Line):
        return line.bold and isinstance(following, Table)
    if line.bold:
        return not following.bold or rank(following) is not None
    return len(following.text) >= 4 * len(line.text) and len(following.text) >= 80 and following.item is None


def _is_chinese(written: str) -> bool:
    return re.search("[\u3400-\u9fff]", written) is not None
