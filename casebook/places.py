"""Places that a case is about, read from its unit, its title and its summary: proposals for the index.

A unit's name in China begins with where it is (杭州市西湖区翠苑街道党工委), so the chain of its administrative
names is read by rule; in title and summary the words that the dictionary knows as places count.
"""

import re
from collections.abc import Iterator

import rjieba

_LEVELS = "特别行政区|自治区|自治州|自治县|自治旗|省|市|盟|县|区|旗|街道|镇|乡|村|社区"
_STEP = re.compile(f"[\\u4e00-\\u9fff]{{1,8}}?(?:{_LEVELS})(?![场民容级域直]|村振)")
_PARTY = re.compile("^(?:中国共产党|中共|中國共產黨)")
_ENDS = re.compile(f"(?:{_LEVELS})\\Z")
_NO_PLACE = re.compile(
    "^(?:[全我本各城乡农新老山小校园景库灾辖片市县区街镇村上超强驻跨]|乡镇|行政|自然|贫困|先进|示范|易地|社|高新|经济|"
    f"开发|经开|重点|百强|产业|文明|美丽|最美|红色)(?:开发|技术开发|产业|高新|经济)?(?:{_LEVELS})\\Z"
)
_TOO_WIDE = frozenset({"中国", "中華", "中华", "中國", "亚洲", "世界", "国家", "全国", "东方", "西方"})


def places_of(unit: str, title: str, summary: str) -> tuple[str, ...]:
    """Names of places, each once: the unit's from the widest to the nearest, then those of the texts."""
    own = list(_chain(unit)) or list(_known(unit))
    named = [*own, *_known(title), *(each for each in _known(summary) if _ENDS.search(each))]
    found: list[str] = []
    for place in dict.fromkeys(named):
        if not any(place != other and other.startswith(place) for other in named):
            found.append(place)
    return tuple(found)


def _chain(unit: str) -> Iterator[str]:
    rest = _PARTY.sub("", unit)
    while (step := _STEP.match(rest)) is not None:
        if not _NO_PLACE.match(step[0]):
            yield step[0]
        rest = rest[step.end() :]


def _known(text: str) -> Iterator[str]:
    for word, tag in rjieba.tag(text):
        if tag == "ns" and len(word) > 1 and word not in _TOO_WIDE and not _NO_PLACE.match(word):
            yield word
