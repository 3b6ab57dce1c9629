"""Names of places in Chinese prose, without a gazetteer.

Two sources: the places that the units' own names are made of (青溪镇上河村党支部: 青溪镇, 上河村, 青溪), and
words that end as places do (…村, …街道, …路). The word before the ending decides whether it is a name: a
proper name or a word no dictionary knows is one, "文明" before 社区 is not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import rjieba

from submissions.identity.lists import COMMON_STEMS, FAMOUS, GENERIC, PLAIN

Word = tuple[str, str, int]
"""A word, its part of speech, and where it begins."""

_ENDINGS = (
    "自治区", "自治州", "自治县", "开发区", "工业园区", "工业园", "街道办事处", "街道", "社区", "新村",
    "小区", "农场", "林场", "胡同", "大道", "大街", "省", "市", "县", "区", "旗", "镇", "乡", "村", "屯",
    "庄",
    "路", "街", "巷",
)  # fmt: skip
_WIDE = frozenset({"省", "自治区", "市", "自治州"})
"""Endings of places so large that naming one gives little away, unless it is the unit's own."""
_SEGMENT = re.compile(rf"([\u4e00-\u9fff]{{1,6}}?)({'|'.join(_ENDINGS)})")
_NAMES = frozenset({"ns", "nr", "nrt", "nz", "nrfg", "x", "zg"})
_MAYBE = frozenset({"n", "a", "an", "b", "vn", "i", "l", "j", "t", "g"})


def own_places(unit_names: Iterable[str]) -> dict[str, bool]:
    """The places in the units' names, and whether covering each is proposed. Short forms included."""
    found: dict[str, bool] = {}
    for name in unit_names:
        for match in _SEGMENT.finditer(re.sub(r"^(?:中国共产党|中共)", "", name)):
            stem, _ending = match.groups()
            if stem in PLAIN or stem[0] == "第" or match[0] in GENERIC:
                continue
            found[match[0]] = True
            if len(stem) >= 2:
                found[stem] = stem not in COMMON_STEMS
    return found


def words_of(text: str) -> list[Word]:
    """The words of a text with their parts of speech and places."""
    found: list[Word] = []
    at = 0
    for word, kind in rjieba.tag(text):
        found.append((word, kind, at))
        at += len(word)
    return found


def named_places(words: Sequence[Word]) -> Iterator[tuple[int, int, bool]]:
    """Places by their endings: begin, end, whether covering is proposed."""
    for place, (word, kind, begin) in enumerate(words):
        ending = next((each for each in _ENDINGS if word.endswith(each)), "")
        if word in FAMOUS or _is_generic(word):
            continue
        if ending and word != ending and _is_name(word, kind):
            first = _with_one_more(words, place, begin)
            yield first, begin + len(word), ending not in _WIDE
        elif ending and word == ending and place:
            yield from _named_before(words, place, ending)
        elif kind == "ns" and len(word) >= 2:
            yield begin, begin + len(word), False


def _is_generic(word: str) -> bool:
    """农村, 各乡镇, 全街道: no name."""
    if word in GENERIC and word not in _ENDINGS:
        return True
    return len(word) > 2 and word[0] in PLAIN and (word[1:] in GENERIC or word[1:] in _ENDINGS)


def _is_name(word: str, kind: str) -> bool:
    return kind in _NAMES or not rjieba.has_word(word)


def _named_before(words: Sequence[Word], place: int, ending: str) -> Iterator[tuple[int, int, bool]]:
    name, kind, begin = words[place - 1]
    whole = name + ending
    if name in PLAIN or whole in GENERIC or not re.fullmatch(r"[\u4e00-\u9fff]{1,4}", name):
        return
    end = words[place][2] + len(ending)
    if len(name) == 1 and kind not in _NAMES:
        return
    if _is_name(name, kind):
        yield begin, end, ending not in _WIDE
    elif kind in _MAYBE and ending in ("社区", "街道", "村", "路", "街", "小区", "镇", "乡"):
        yield begin, end, False


def _with_one_more(words: Sequence[Word], place: int, begin: int) -> int:
    """上 + 河村 is 上河村: one character that the dictionary cut off belongs to the name."""
    if not place or len(words[place][0]) > 2:
        return begin
    before, kind, start = words[place - 1]
    return (
        start
        if len(before) == 1 and kind in {"f", "a", "n", "nr", "m", "zg"} and before not in PLAIN
        else begin
    )
