"""Slips of the pen: traditional characters in a simplified text and the reverse, characters taken for one
another (`confused`), 的/地/得 where the grammar is plain. What is simplified: 通用规范汉字表 (2013)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import opencc

from casebook.aids.rules.confused import RECOMMENDED, WRONG
from casebook.aids.rules.marks import inside, slip, titled, whole_words
from casebook.aids.values import Kind, Line, Script, Seriousness, Slip
from foundation.text import Text, _

_RIGHT_AS_THEY_ARE = frozenset("乾夥藉麽徵锺馀瞭於著喆淼堃昇邨甯陞甦犇龢迺祕桠逕吒仝椀弍弎濬")
"""Characters of names, and those that are no slip in some words."""
_LEAST_MIXED = 0.2
"""Share of traditional characters from which on a text is traditional."""
_UNTIL = re.compile(
    "截止到?(?=(?:20|19)[0-9]{2}年|[0-9]{1,2}月|目前|今年|去年|昨日|年底|月底|[上本]月|[上本]年|现在|发稿)"
)
_LIKE = re.compile("(?<![大小形现景印对气万抽表迹意天幻想物乱险假真具])象(?=[^，。；！？象]{1,8}一样)")
_ADVERBS = (
    "认真|深入|扎实|积极|稳步|有效|充分|切实|不断|全面|紧密|牢固|迅速|及时|主动|自觉|大力|有力|更好"
    "|广泛|极大|逐步|成功|顺利"
)
_VERBS = (
    "开展|推进|推动|落实|贯彻|发挥|提升|提高|解决|参与|组织|完成|促进|做好|抓好|保障|增强|加强"
    "|调动|激发|带动|改善|化解|破解|凝聚"
)
_ADVERB_OF_VERB = re.compile(f"((?:{_ADVERBS}))的((?:{_VERBS})了)")
_RESULT = re.compile(
    "([做干抓办搞学写讲跑])的(很好|非常好|更好|不错|很快|非常快|很扎实|非常扎实)(?=[，。！；]|\\Z)"
)


def find(script: Script) -> Iterator[Slip]:
    yield from _scripts(script)
    whole = "\n".join(line.text for line in script.lines)
    if _is_traditional(whole):
        return  # the word cutter and the lists know simplified words
    wrong = [(word, better, Seriousness.MUST) for word, better in WRONG.items() if word in whole]
    wrong += [(word, better, Seriousness.SHOULD) for word, better in RECOMMENDED.items() if word in whole]
    for line in script.lines:
        for word, better, how in wrong:
            yield from _word(line, word, better, how)
        yield from _patterns(line)


def _word(line: Line, word: str, better: str, how: Seriousness) -> Iterator[Slip]:
    start = line.text.find(word)
    while start >= 0:
        end = start + len(word)
        if whole_words(line.text, start, end) and not inside(titled(line.text), start, end):
            message = _("“%(word)s”应作“%(better)s”。", word=word, better=better)
            if how is Seriousness.SHOULD:
                message = _("两种写法里推荐“%(better)s”。", better=better)
            yield slip(line, (start, end), Kind.CHARACTERS, "characters.confused", how, message, better)
        start = line.text.find(word, end)


def _patterns(line: Line) -> Iterator[Slip]:
    if "截止" in line.text:
        for found in _UNTIL.finditer(line.text):
            message = _("“%(word)s”是到期停止，说到某时为止用“%(better)s”。", word="截止", better="截至")
            yield slip(
                line, found.span(), Kind.CHARACTERS, "characters.until", Seriousness.MUST, message, "截至"
            )
    if "象" in line.text:
        for found in _LIKE.finditer(line.text):
            if whole_words(line.text, *found.span()):
                message = _("“%(word)s”应作“%(better)s”。", word="象……一样", better="像……一样")
                yield slip(
                    line, found.span(), Kind.CHARACTERS, "characters.like", Seriousness.MUST, message, "像"
                )
    for pattern, better in ((_ADVERB_OF_VERB, "地"), (_RESULT, "得")):
        for found in pattern.finditer(line.text):
            message = _("这里用“%(better)s”。", better=better)
            proposal = found[1] + better + found[2]
            yield slip(
                line,
                found.span(),
                Kind.CHARACTERS,
                "characters.particle",
                Seriousness.MUST,
                message,
                proposal,
            )


# --- traditional and simplified --------------------------------------------------------------------


def _share(whole: str) -> tuple[int, int]:
    """Characters that are only traditional, and those that are only simplified."""
    simplified, traditional = _only()
    used = set(whole)
    return (
        sum(map(whole.count, used & traditional.keys())),
        sum(map(whole.count, used & simplified.keys())),
    )


def _is_traditional(whole: str) -> bool:
    old, new = _share(whole)
    return old > new


def _scripts(script: Script) -> Iterator[Slip]:
    simplified, traditional = _only()
    old, new = _share("".join(line.text for line in script.lines))
    if old and old < _LEAST_MIXED * (old + new):
        message = _("简体书里的繁体字或异体字。")
        yield from _marked(script, traditional, "characters.traditional", message)
    elif new and new < _LEAST_MIXED * (old + new):
        message = _("繁体文字里的简体字。")
        yield from _marked(script, simplified, "characters.simplified", message)


def _marked(script: Script, table: dict[str, str], rule: str, message: Text) -> Iterator[Slip]:
    pattern = re.compile(f"[{''.join(table)}]+")
    other = _only()[0] if table is _only()[1] else _only()[1]
    for line in script.lines:
        if _is_of_its_own(line.text, table, other):
            continue
        for found in pattern.finditer(line.text):
            better = "".join(table[each] for each in found[0])
            certain = better if all(better) and len(better) == len(found[0]) else None
            yield slip(line, found.span(), Kind.CHARACTERS, rule, Seriousness.MUST, message, certain)


def _is_of_its_own(text: str, table: dict[str, str], other: dict[str, str]) -> bool:
    """A line that is wholly in the other script is a quotation (an inscription, an old document)."""
    own = sum(map(text.count, set(text) & table.keys()))
    return own >= 3 and own > sum(map(text.count, set(text) & other.keys()))


@lru_cache(maxsize=1)
def _only() -> tuple[dict[str, str], dict[str, str]]:
    """Characters that are only simplified, and those that are only traditional, each with the other form; ""
    where there is more than one."""
    han = [chr(code) for code in range(0x4E00, 0x9FA6)]
    to_simplified = opencc.OpenCC("t2s").convert("\n".join(han)).split("\n")
    traditional = {
        old: new
        for old, new in zip(han, to_simplified, strict=True)
        if old != new
        and len(new) == 1
        and old not in _RIGHT_AS_THEY_ARE
        and not _in(old, "gb2312")
        and _in(new, "gb2312")
    }
    olds: dict[str, list[str]] = {}
    for old, new in traditional.items():
        if _in(old, "big5"):
            olds.setdefault(new, []).append(old)
    simplified = {
        new: found[0] if len(found) == 1 else "" for new, found in olds.items() if not _in(new, "big5")
    }
    return simplified, traditional


def _in(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
