"""A library of generated cases, and what is asked of it: sentences recombined to 1,500 to 5,000 characters.

The words and how often each is used are those of jieba's dictionary (MIT licence), so that a few words are
everywhere and most are rare, as in real text (Zipf). Sentences are made once from patterns of parts of speech
and then drawn, some often and most seldom; each case adds a few sentences that nobody else has. The same on
every machine.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate
from math import log

import jieba

from search import analysis
from search.values import LibraryDocument

POOL = 100_000
"""Sentences that all cases share."""
SHORTEST, LONGEST, MEAN = 1_500, 5_000, 2_300
OWN = 6
"""Sentences of a case that no other has."""
ASKED = 40
SAMPLE = 1_000
"""Cases that are read to know how frequent words are."""

CATEGORIES = ("农村", "社区", "国有企业", "学校", "机关", "非公企业", "社会组织", "事业单位", "流动党员")
PRIZES = ("一等奖", "二等奖", "三等奖")
REGIONS = 30
UNITS = 2_000
TOPICS = 60

_PATTERNS = (
    "ns n d v n ，v uj n v a 。", "r d v a uj n ，v n c n 。", "t ，n v n vn ，n d a 。", "n v nz ，n d v 。",
    "p n uj vn ，ns n v n ，v n vn 。", "m q n d v n ，d v n uj n 。", "r 说 ，n v n ，c n d v 。",
    "n vn v a uj n ，l ，n 、n 、n d v 。", "p t c t ，n d v n ，i 。", "v n ，v n ，n vn d a ！",
)  # fmt: skip
_PARTS = re.compile(r"[a-z]+|[^a-z\s]")
_HEADINGS = ("背景", "做法", "成效", "启示")


@dataclass(frozen=True, slots=True)
class Asked:
    """Questions by kind. A query of several words is a tuple of them."""

    rare: Sequence[str]
    common: Sequence[str]
    three: Sequence[tuple[str, str, str]]
    phrase: Sequence[str]
    question: Sequence[str]


@dataclass(frozen=True)
class Words:
    """The dictionary: Chinese words by part of speech with running sums of their frequencies."""

    by_kind: dict[str, tuple[Sequence[str], Sequence[int]]] = field(repr=False)

    def draw(self, chance: random.Random, kind: str) -> str:
        words, sums = self.by_kind[kind]
        return chance.choices(words, cum_weights=sums)[0]

    def seldom(self, chance: random.Random, kind: str) -> str:
        """Any word alike, however rare it is."""
        return chance.choice(self.by_kind[kind][0])


@cache
def words() -> Words:
    found: dict[str, list[tuple[str, int]]] = {}
    with jieba.get_dict_file() as lines:
        for line in lines:
            word, frequency, kind = line.decode().split()
            if all(map(analysis.is_han, word)):
                found.setdefault(kind, []).append((word, int(frequency)))
    return Words(
        {
            kind: ([word for word, _ in each], list(accumulate(frequency for _, frequency in each)))
            for kind, each in found.items()
        }
    )


@cache
def pool() -> tuple[Sequence[str], Sequence[float]]:
    """The shared sentences, and running sums of how often each is drawn."""
    chance = random.Random("sentences")
    sentences = [_sentence(chance, seldom=0.02) for _number in range(POOL)]
    return sentences, list(accumulate((rank + 20) ** -0.6 for rank in range(POOL)))


def _sentence(chance: random.Random, seldom: float) -> str:
    known = words()
    pieces = []
    for kind in _PARTS.findall(chance.choice(_PATTERNS)):
        if kind not in known.by_kind:
            pieces.append(kind)
            continue
        rare = chance.random() < seldom and kind in ("n", "ns", "nz", "v")
        pieces.append(known.seldom(chance, kind) if rare else known.draw(chance, kind))
    return "".join(pieces)


def documents(count: int) -> Iterator[LibraryDocument]:
    for number in range(count):
        yield document(number)


def document(number: int) -> LibraryDocument:
    """The case of this number, always the same."""
    chance = random.Random(f"document {number}")
    known = words()
    place = known.draw(chance, "ns")
    about = known.draw(chance, "vn")
    unit = chance.randrange(UNITS)
    year = 2016 + chance.randrange(10)
    body = _body(chance)
    return LibraryDocument(
        id=f"d{number:06d}",
        version_id=f"v{number:06d}",
        number=f"{year}-{number:06d}",
        title=f"{place}{known.draw(chance, 'n')}{about}的{chance.randint(2, 9)}个办法",
        summary=_sentence(chance, 0.1) + _sentence(chance, 0.1),
        body=body,
        headings="\n\n".join(_HEADINGS),
        unit=unit_name(unit),
        unit_id=f"u{unit}",
        category=chance.choice(CATEGORIES),
        prize=PRIZES[rank := chance.choices((0, 1, 2), (1, 3, 6))[0]],
        prize_rank=rank + 1,
        year=year,
        call=f"{year} 年征集",
        call_id=f"c{year}",
        region=f"第{unit % REGIONS + 1}片区",
        region_id=f"r{unit % REGIONS}",
        topics=tuple({f"主题{chance.randrange(TOPICS)}" for _topic in range(3)}),
        has_photos=chance.random() < 0.4,
        has_evidence=chance.random() < 0.3,
        words=len(body),
        granted_at=1_450_000_000 + year * 1_000 + number,
    )


@cache
def unit_name(number: int) -> str:
    chance = random.Random(f"unit {number}")
    return f"{words().seldom(chance, 'ns')}{words().draw(chance, 'n')}党支部"


def _body(chance: random.Random) -> str:
    size = min(LONGEST, SHORTEST + int(chance.expovariate(1 / (MEAN - SHORTEST))))
    sentences, sums = pool()
    drawn = [_sentence(chance, seldom=0.5) for _own in range(OWN)]
    length = sum(map(len, drawn))
    while length < size:
        more = chance.choices(sentences, cum_weights=sums, k=1 + (size - length) // 40)
        drawn += more
        length += sum(map(len, more))
    chance.shuffle(drawn)
    quarter = -(-len(drawn) // len(_HEADINGS))
    parts = []
    for place, heading in enumerate(_HEADINGS):
        own = drawn[place * quarter : (place + 1) * quarter]
        parts.append(heading)
        parts += ["".join(own[start : start + 4]) for start in range(0, len(own), 4)]
    return "\n\n".join(parts)


@cache
def asked() -> Asked:
    """What is asked, by how frequent words really are in the first cases."""
    chance = random.Random("asked")
    bodies = [document(number).body for number in range(SAMPLE)]
    cut = [list(dict.fromkeys(_sense(body))) for body in bodies]
    counts = Counter(word for found in cut for word in found)
    known = {word for each, _ in words().by_kind.values() for word in each}

    def between(low: int, high: int) -> list[str]:
        return sorted(
            word
            for word, count in counts.items()
            if low <= count <= high and len(word) == 2 and word in known
        )

    middle = set(between(SAMPLE // 100, SAMPLE // 10))
    three: list[tuple[str, str, str]] = []
    while len(three) < ASKED:
        some = [word for word in chance.choice(cut) if word in middle]
        if len(some) >= 3:
            first, second, third = chance.sample(some, 3)
            three.append((first, second, third))
    return Asked(
        rare=chance.sample(between(1, 2), ASKED),
        common=chance.sample(between(SAMPLE // 10, SAMPLE // 4), ASKED),
        three=three,
        phrase=[_phrase(chance, chance.choice(bodies)) for _phrase_number in range(ASKED)],
        question=[_question(chance, chance.choice(bodies), counts) for _question_number in range(ASKED)],
    )


def _sense(text: str) -> list[str]:
    return [word for word in analysis.pieces(analysis.folded(text).text) if len(word) > 1]


def _clauses(text: str, shortest: int) -> list[str]:
    return [clause for clause in re.split(r"[，。！、\n]", text) if len(clause) >= shortest]


def _phrase(chance: random.Random, body: str) -> str:
    """Four to six characters as they stand somewhere, wherever words begin."""
    clause = chance.choice(_clauses(body, 8))
    length = chance.randint(4, 6)
    start = chance.randrange(len(clause) - length + 1)
    return clause[start : start + length]


def _question(chance: random.Random, body: str, counts: Counter[str]) -> str:
    """A question of a reader who remembers some words of a case, mostly telling ones."""
    return _asking(chance, sorted(_remembered(chance, body), key=lambda word: _known(counts[word], chance)))


def question_about(chance: random.Random, body: str) -> str:
    """A question that a reader of this text asks, made of any of its words."""
    return _asking(chance, _remembered(chance, body))


def _known(count: int, chance: random.Random) -> float:
    return log(1 + count) * chance.uniform(0.7, 1.3)


def _remembered(chance: random.Random, body: str) -> list[str]:
    """The words of two clauses, at least four."""
    known: list[str] = []
    while len(known) < 4:
        known = list(dict.fromkeys(_sense("，".join(chance.sample(_clauses(body, 6), 2)))))
    return known


def _asking(chance: random.Random, known: Sequence[str]) -> str:
    first, second, third, fourth = known[:4]
    return chance.choice(
        (
            f"{first}和{second}怎样{third}{fourth}？",
            f"为什么{first}的{second}可以{third}，{fourth}如何？",
            f"哪些单位的{first}{second}，{third}在{fourth}？",
        )
    )
