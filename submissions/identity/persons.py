"""Names of people in Chinese prose: beside a post or a form of address, or known to the dictionary."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import rjieba

from submissions.identity.lists import NOT_NAMES, SURNAMES
from submissions.identity.places import Word

_DOUBLE = (
    "欧阳",
    "上官",
    "司马",
    "诸葛",
    "东方",
    "皇甫",
    "尉迟",
    "公孙",
    "慕容",
    "令狐",
    "夏侯",
    "司徒",
    "端木",
    "轩辕",
    "南宫",
)
_BEFORE = re.compile(
    r"(?:书记|主任|局长|处长|科长|站长|所长|校长|院长|园长|组长|队长|会长|社长|场长|厂长|村长|镇长|乡长|县长|市长|区长|经理|董事长|"
    r"委员|干事|党员|村民|居民|职工|员工|教师|老师|医生|护士|民警|辅警|网格员|调解员|志愿者|带头人|村医|律师|教授|工程师|劳模|楼长|"
    r"楼栋长|片长|干部|种植户|养殖户|脱贫户|贫困户|低保户|户主|农户|残疾人|老人|负责人|联络员|讲解员|队员|同志|骨干|代表|先进典型|"
    r"大学生|退役军人|老兵|战士|师傅|师傅|能手|工匠|书记员|秘书|会计|委员长|指导员|辅导员|校友|学生|家长|业主|商户|店主|司机|骑手|主任委员)$"
)
_FORM = re.compile(
    r"^(?:同志|书记|副书记|主任|副主任|老师|医生|局长|站长|所长|校长|院长|组长|队长|经理|师傅|大姐|大哥|大爷|大妈|大娘|阿姨|老人|"
    r"奶奶|爷爷|女士|先生|委员|律师|教授|警官|支书|村长|镇长|同学)$"
)
_HAN = re.compile(r"[\u4e00-\u9fff]+")


_FUNCTION = frozenset({"p", "c", "u", "uj", "ul", "uz", "ud", "d", "r", "x", "w", "y", "f", "k"})
"""Parts of speech that no given name is."""


def named_persons(words: Sequence[Word], authors: Iterable[str] = ()) -> Iterator[tuple[int, int, bool]]:
    """People's names: begin, end, whether covering is proposed (beside a post) or only listed.

    An author's surname before a post (李书记) is proposed too: the juror who knows the place knows him.
    """
    surnames = {each[:1] for each in authors}
    for place, (word, kind, begin) in enumerate(words):
        if not _HAN.fullmatch(word) or not _has_surname(word) or word[:2] in NOT_NAMES:
            continue
        titled = place > 0 and _BEFORE.search(words[place - 1][0]) is not None
        last = _last_word(words, place, titled)
        if last is not None:
            followed = _FORM.match(_word(words, last + 1)) is not None
            yield begin, words[last][2] + len(words[last][0]), titled or followed
        elif word in surnames and _FORM.match(_word(words, place + 1)):
            yield begin, begin + len(word + _word(words, place + 1)), True
        elif kind == "nr" and 2 <= len(word) <= 3:
            yield begin, begin + len(word), False


def _last_word(words: Sequence[Word], place: int, titled: bool) -> int | None:
    """The number of the last word of a name that begins here, None where what begins here is no name."""
    word, kind, _begin = words[place]
    if 2 <= len(word) <= 4 and word[-1] not in "说等在与和同们":
        known = kind in ("nr", "nrt")
        followed = _FORM.match(_word(words, place + 1)) is not None
        return place if (known or not rjieba.has_word(word)) and (titled or followed) else None
    if len(word) != 1 or place + 1 >= len(words):
        return None
    rest, rest_kind, _start = words[place + 1]
    if re.fullmatch(r"某{1,2}", rest):
        return place + 1
    given = len(rest) <= 2 and _HAN.fullmatch(rest) is not None and not _FORM.match(rest)
    return (
        place + 1
        if titled and given and kind in ("nr", "nrt", "nrfg") and rest_kind not in _FUNCTION
        else None
    )


def _has_surname(word: str) -> bool:
    return word[0] in SURNAMES or word.startswith(_DOUBLE)


def _word(words: Sequence[Word], place: int) -> str:
    return words[place][0] if place < len(words) else ""
