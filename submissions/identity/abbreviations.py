"""A unit's name as people shorten it in a text: 望山科技园楼宇联合党支部 is also 科技园楼宇支部.

Whoever shortens a name leaves characters out and keeps the order of the others, so a shortened name is what
stands before an organisation's ending and is a subsequence of the full one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

SHORTEST = 3
"""Characters of the name that must stand before the ending; fewer would be any company."""
SURE = 4
"""From so many on it is proposed, not only mentioned."""
_LONGEST = 16
_ENDING = re.compile(r"(?:党总支|党支部|支部|党委|党组|公司|集团|学院|学校|医院|中心|协会|合作社|社区)")


def shortened(text: str, names: Iterable[str]) -> Iterator[tuple[int, int, bool]]:
    """Places (start, end, proposed) where `text` has a shortened form of one of `names`."""
    full = tuple(dict.fromkeys(each.strip() for each in names if each.strip()))
    for ending in _ENDING.finditer(text):
        kept = max((_kept(text, ending.start(), name) for name in full), default=0)
        if kept >= SHORTEST:
            yield ending.start() - kept, ending.end(), kept >= SURE


def _kept(text: str, end: int, name: str) -> int:
    """How many characters before `end` are a subsequence of `name`, counted backwards from `end`."""
    left, count = len(name), 0
    while count < min(end, _LONGEST):
        left = name.rfind(text[end - count - 1], 0, left)
        if left < 0:
            break
        count += 1
    return count
