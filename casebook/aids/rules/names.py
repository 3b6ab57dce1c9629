"""Names of units and persons that are spelled in two ways in one book.

Two different places may have names that differ in one character, so that alone is no finding. It is one where
the other character sounds the same (东风, 东峰), or where a character of a long official name was left out or
doubled, and the odd spelling is nobody's official name.
Persons: within a case by the same sound of the whole name; across cases only for names of three characters
with the surname and one more character the same. Titles: one person as 书记 and as 副书记 in one case.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pypinyin import Style, lazy_pinyin

from casebook.aids.rules.surnames import SURNAMES
from casebook.aids.values import Kind, Role, Script, Seriousness, Slip
from foundation.folding import HAN
from foundation.text import Text, _

_SHORTEST_UNIT = 4
_LONG_UNIT = 8
_HEAD = 2
"""Characters of a name that must be there exactly for a place to be compared."""
_ABBREVIATES = frozenset("省市县区乡镇村街道局党总支部委的社")
"""Characters that people leave out of a name on purpose."""
_TITLES = (
    "党委书记|党总支书记|党支部书记|支部书记|总支书记|第一书记|副书记|书记|副主任|主任|副局长|局长|副处长|处长|副科长|科长|组织委员|宣传委员|纪检委员|党员|同志"
    "|网格员|队长|组长|站长|所长|校长|院长|经理|村主任"
)
_AFTER_TITLE = re.compile(
    rf"(?<![{HAN}])?({_TITLES})([{HAN}]{{2,3}}?)(?=[，、。；：（）]|说|告诉|介绍|表示|带|和|在|是|主动|说道|的|与|率|牵头|同志)"
)
_BEFORE_TITLE = re.compile(rf"(?<![{HAN}])([{HAN}]{{2,3}})(同志|书记|主任)(?![{HAN}]*(?:会|制|办))")
_NO_NAME = re.compile("[的了是在和与及等们人员们会部组长任记志员个名位十百]")


@dataclass(frozen=True, slots=True)
class Named:
    """A person's name at a place, with the title before it."""

    name: str
    title: str
    place: str
    start: int
    end: int


def find(
    scripts: Mapping[str, Script],
    official: Iterable[str],
    extracted: Mapping[str, Sequence[Named]] | None = None,
) -> Iterator[tuple[str, Slip]]:
    """Slips with the entry they are in. `official` are the names of the directory."""
    yield from _units(scripts, official)
    yield from _persons(
        extracted if extracted is not None else {key: persons(each) for key, each in scripts.items()}
    )


@lru_cache(maxsize=20_000)
def sound(name: str) -> str:
    return " ".join(lazy_pinyin(name, style=Style.NORMAL))


# --- units -----------------------------------------------------------------------------------------


def _units(scripts: Mapping[str, Script], official: Iterable[str]) -> Iterator[tuple[str, Slip]]:
    own = {line.text for script in scripts.values() for line in script.lines if line.role is Role.UNIT}
    names = {
        name for name in (*official, *own) if len(name) >= _SHORTEST_UNIT and re.fullmatch(f"[{HAN}]+", name)
    }
    right = set(official)
    whole = {key: "\n".join(line.text for line in script.lines) for key, script in scripts.items()}
    book = "\0".join(whole.values())
    for name in sorted(names, key=lambda each: (-len(each), each)):
        odd = {each for each in _near(name, book) if each not in names and not _part_of(each, name, names)}
        if name in own and name not in right and odd & right:
            continue
        for spelling in sorted(odd):
            yield from _placed(scripts, whole, spelling, name, certain=name in right)


def _near(name: str, book: str) -> set[str]:
    """Spellings in the book that are this name with another character of the same sound, or with one left out
    or doubled."""
    found: set[str] = set()
    size = len(name)
    half = size // 2
    for piece, offset in ((name[:half], 0), (name[half:], half)):
        if len(piece) < _HEAD:
            continue
        at = book.find(piece)
        while at >= 0:
            start = at - offset
            if start >= 0:
                found |= {
                    spelling for spelling in _windows(name, book, start) if _sounds_or_misses(name, spelling)
                }
            at = book.find(piece, at + 1)
    return found


def _windows(name: str, book: str, start: int) -> Iterator[str]:
    size = len(name)
    if book.startswith(name, start):
        return
    yield book[start : start + size]
    if size >= _LONG_UNIT:
        yield book[start : start + size - 1]
        yield book[start + 1 : start + size]
        yield book[start : start + size + 1]


def _sounds_or_misses(name: str, spelling: str) -> bool:
    if not re.fullmatch(f"[{HAN}]+", spelling):
        return False
    if len(spelling) == len(name):
        differ = [(a, b) for a, b in zip(name, spelling, strict=True) if a != b]
        return len(differ) == 1 and sound(differ[0][0]) == sound(differ[0][1])
    longer, shorter = sorted((name, spelling), key=len, reverse=True)
    if len(longer) != len(shorter) + 1 or longer[0] != shorter[0] or longer[-1] != shorter[-1]:
        return False
    at = next((place for place, each in enumerate(shorter) if longer[place] != each), len(shorter))
    left_out = longer[at]
    if longer[at + 1 :] != shorter[at:]:
        return False
    doubled = longer is spelling and left_out in (longer[at - 1], longer[at + 1])
    return doubled or (longer is name and left_out not in _ABBREVIATES)


def _part_of(spelling: str, name: str, names: set[str]) -> bool:
    """Whether the spelling is a piece of another right name."""
    return any(spelling in other and name not in other for other in names)


def _placed(
    scripts: Mapping[str, Script], whole: Mapping[str, str], spelling: str, name: str, *, certain: bool
) -> Iterator[tuple[str, Slip]]:
    others = tuple(_examples(scripts, whole, name))
    for key, script in scripts.items():
        if spelling not in whole[key]:
            continue
        for line in script.lines:
            for found in re.finditer(re.escape(spelling), line.text):
                message = _("单位名录里是“%(name)s”。", name=name)
                if not certain:
                    message = _("书里别处写作“%(name)s”。", name=name)
                yield (
                    key,
                    Slip(
                        Kind.NAMES,
                        "names.unit",
                        Seriousness.SHOULD,
                        line.place,
                        *found.span(),
                        message,
                        name,
                        others,
                    ),
                )


def _examples(
    scripts: Mapping[str, Script], whole: Mapping[str, str], name: str, most: int = 3
) -> Iterator[tuple[str, str, str]]:
    count = 0
    for key, script in scripts.items():
        if name not in whole[key]:
            continue
        for line in script.lines:
            if name in line.text:
                yield key, line.place, name
                count += 1
                break
        if count >= most:
            return


# --- persons ---------------------------------------------------------------------------------------


def persons(script: Script) -> tuple[Named, ...]:
    """The persons that a text names with a title, and its authors."""
    return tuple(_persons_of(script))


def _persons_of(script: Script) -> Iterator[Named]:
    for line in script.lines:
        if line.role is Role.AUTHOR:
            name = re.match(f"[{HAN}]{{2,4}}", line.text)
            if name and _is_name(name[0]):
                yield Named(name[0], "", line.place, *name.span())
            continue
        for found in _AFTER_TITLE.finditer(line.text):
            if _is_name(found[2]):
                yield Named(found[2], found[1], line.place, *found.span(2))
        for found in _BEFORE_TITLE.finditer(line.text):
            if _is_name(found[1]):
                yield Named(found[1], "", line.place, *found.span(1))


def _is_name(name: str) -> bool:
    return name[0] in SURNAMES and not _NO_NAME.search(name[1:]) and len(name) in (2, 3)


def _persons(named: Mapping[str, Sequence[Named]]) -> Iterator[tuple[str, Slip]]:
    for key, found in named.items():
        yield from _within(key, found)
    yield from _across(named)


def _within(key: str, found: Sequence[Named]) -> Iterator[tuple[str, Slip]]:
    """Names of one case that sound the same and are written otherwise; the rarer one is shown."""
    counts = Counter(each.name for each in found)
    by_sound: dict[str, list[str]] = {}
    for name in counts:
        by_sound.setdefault(sound(name), []).append(name)
    for names in by_sound.values():
        if len(names) < 2:
            continue
        usual, *odd = sorted(names, key=lambda each: (-counts[each], each))
        for each in found:
            if each.name in odd:
                yield key, _person(each, _("同一篇里又写作“%(name)s”。", name=usual), usual, (key, "", usual))
    yield from _two_titles(key, found)


def _two_titles(key: str, found: Sequence[Named]) -> Iterator[tuple[str, Slip]]:
    """A person who is 书记 here and 副书记 there."""
    titles: dict[str, dict[str, Named]] = {}
    for each in found:
        if each.title:
            titles.setdefault(each.name, {}).setdefault(each.title, each)
    for known in titles.values():
        for title, each in known.items():
            if title.startswith("副") and title[1:] in known:
                message = _("同一篇里又称“%(title)s”，请核对职务。", title=title[1:] + each.name)
                slip = Slip(
                    Kind.NAMES,
                    "names.title",
                    Seriousness.LOOK,
                    each.place,
                    max(0, each.start - len(title)),
                    each.end,
                    message,
                )
                yield key, slip


def _across(named: Mapping[str, Sequence[Named]]) -> Iterator[tuple[str, Slip]]:
    """Names of three characters that sound the same in different cases, surname and one more the same."""
    by_sound: dict[str, dict[str, list[tuple[str, Named]]]] = {}
    for key, found in named.items():
        for each in found:
            if len(each.name) == 3:
                by_sound.setdefault(sound(each.name), {}).setdefault(each.name, []).append((key, each))
    for spellings in by_sound.values():
        usual, *odd = sorted(spellings, key=lambda name: (-len(spellings[name]), name))
        for name in odd:
            if name[0] == usual[0] and sum(a != b for a, b in zip(name, usual, strict=True)) == 1:
                yield from _elsewhere(spellings[name], usual, spellings[usual])


def _elsewhere(
    odd: Sequence[tuple[str, Named]], usual: str, known: Sequence[tuple[str, Named]]
) -> Iterator[tuple[str, Slip]]:
    """Places of the odd spelling in cases that do not have the usual one."""
    key, other = known[0]
    message = _("书里另一篇写作“%(name)s”，请核对是不是同一个人。", name=usual)
    for where, each in odd:
        if all(where != there for there, _named in known):
            yield where, _person(each, message, None, (key, other.place, usual), Seriousness.LOOK)


def _person(
    each: Named,
    message: Text,
    proposal: str | None,
    other: tuple[str, str, str],
    how: Seriousness = Seriousness.SHOULD,
) -> Slip:
    return Slip(
        Kind.NAMES, "names.person", how, each.place, each.start, each.end, message, proposal, (other,)
    )
