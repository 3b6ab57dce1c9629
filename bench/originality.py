"""Finding copied passages among many cases: fingerprints and exact passages beside comparing pairs.

Texts are chains of words as they follow each other in the demonstration's cases, with a third of the words
drawn at random; every fifth carries a passage of another text in one of the ways people copy.
"""

import difflib
import random
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path

import numpy as np
import opencc
import rjieba
from rensa import RMinHash

from bench.table import Result, cpu_seconds
from submissions.originality.comparing import Prepared, compare
from submissions.originality.prints import counted_shingles, fingerprints
from submissions.originality.reading import Reading, plain_lines, read
from submissions.originality.shelf import Shelf

JOB = "originality"
PLAIN = (
    "difflib.SequenceMatcher on each pair (time: a sample, times the number of pairs); whole-text MinHash of "
    "128 permutations by rensa with 64 bands of 2 rows (recall)"
)
TEXTS = 2_000
CHARACTERS = 3_000
PAIRS = 6


@dataclass(frozen=True, slots=True)
class Copy:
    """Text `number` carries something of text `source`, copied in the way of `kind`."""

    number: int
    source: int
    kind: str


def run(_folder: Path) -> list[Result]:
    return measured(TEXTS)


def measured(count: int) -> list[Result]:
    """All figures for `count` texts."""
    written, copies = corpus(count)
    found: list[set[int]] = []
    ours = cpu_seconds(lambda: found.extend(_sources(written)))
    one = _plain_pair_seconds(written)
    pairs = count * (count - 1) / 2
    results = [Result(JOB, f"checking {count:,} texts, CPU", ours, one * pairs, "s")]
    shelf, readings = _shelf(written)
    results.append(
        Result(JOB, "one more text, CPU", _one_more(shelf, readings) * 1000, one * count * 1000, "ms")
    )
    by_minhash = _minhash(readings)
    for kind in KINDS:
        of_kind = [each for each in copies if each.kind == kind]
        mine = sum(each.source in found[each.number] for each in of_kind) / len(of_kind)
        plain = sum(each.source in by_minhash(each.number) for each in of_kind) / len(of_kind)
        results.append(Result(JOB, f"found: {kind}", 100 * mine, 100 * plain, "%", higher_is_better=True))
    innocent = set(range(count)) - {each.number for each in copies} - {each.source for each in copies}
    accused = sum(bool(found[number]) for number in innocent)
    results.append(Result(JOB, "texts without a copy that are named", accused, accused, "texts"))
    return results


def _sources(written: Sequence[str]) -> list[set[int]]:
    """For each text the texts that have a passage in common with it: the whole job, from characters on."""
    shelf = Shelf()
    for number, text in enumerate(written):
        shelf.put(str(number), "", fingerprints(counted_shingles(read(plain_lines(text)))))

    @lru_cache(maxsize=500)
    def prepared(number: int) -> Prepared:
        return Prepared.of(str(number), read(plain_lines(written[number])))

    found = []
    for number in range(len(written)):
        mine = prepared(number)
        keys = shelf.candidates(fingerprints(counted_shingles(mine.reading)), but=str(number))
        others = [prepared(int(key)) for key in keys]
        found.append({int(each.key) for each in compare(mine, others).sources})
    return found


def _shelf(written: Sequence[str]) -> tuple[Shelf, list[Reading]]:
    shelf, readings = Shelf(), []
    for number, text in enumerate(written):
        reading = read(plain_lines(text))
        shelf.put(str(number), "", fingerprints(counted_shingles(reading)))
        readings.append(reading)
    return shelf, readings


def _one_more(shelf: Shelf, readings: Sequence[Reading]) -> float:
    """Processor seconds for one more text that is no copy, when the others are known."""
    extra = chains(1, seed=77)[0]
    shelf.candidates(fingerprints(counted_shingles(readings[0])))

    def add() -> None:
        reading = read(plain_lines(extra))
        marks = fingerprints(counted_shingles(reading))
        keys = shelf.candidates(marks)
        compare(Prepared.of("new", reading), [Prepared.of(key, readings[int(key)]) for key in keys])
        shelf.put("new", "", marks)

    return cpu_seconds(add)


def _plain_pair_seconds(written: Sequence[str]) -> float:
    def pairs() -> None:
        for number in range(PAIRS):
            matcher = difflib.SequenceMatcher(None, written[number], written[-number - 1], autojunk=False)
            _ = [block for block in matcher.get_matching_blocks() if block.size >= 20]

    return cpu_seconds(pairs) / PAIRS


def _minhash(readings: Sequence[Reading]) -> Callable[[int], set[int]]:
    """Whole-text MinHash: which texts share a band with one."""
    rows = []
    for reading in readings:
        hashes = np.unique(counted_shingles(reading))
        offsets = np.array([0, len(hashes)], dtype=np.uint64)
        rows += RMinHash.digest_matrix_from_flat_token_hashes(hashes, offsets, 128, 1).to_rows()
    bands = np.array(rows, dtype=np.uint32).reshape(len(readings), 64, 2)
    return lambda number: (
        set(np.flatnonzero((bands == bands[number]).all(axis=2).any(axis=1)).tolist()) - {number}
    )


# --- texts -----------------------------------------------------------------------------------------


@cache
def _words() -> tuple[str, ...]:
    """The words of the demonstration's Chinese cases, in order."""
    folder = files("webapp.demo") / "content" / "cases"
    paths = sorted((each for part in folder.iterdir() for each in part.iterdir()), key=lambda each: each.name)
    texts = [each.read_text(encoding="utf-8").split("+++", 2)[2] for each in paths if "-en-" not in each.name]
    plain = re.sub(r"(?m)^[#|!].*$|[*\-\s]", "", "\n".join(texts))
    return tuple(rjieba.cut(plain, hmm=False))


def chains(count: int, *, seed: int) -> list[str]:
    """Texts of about CHARACTERS characters: each word follows the one before as it does somewhere, or not."""
    words = _words()
    vocabulary = sorted(set(words))
    number = {word: place for place, word in enumerate(vocabulary)}
    sequence = np.array([number[word] for word in words])
    order = np.argsort(sequence[:-1], kind="stable")
    following = sequence[1:][order]
    counts = np.bincount(sequence[:-1], minlength=len(vocabulary))
    first = np.concatenate(([0], np.cumsum(counts)[:-1]))
    chance = np.random.default_rng(seed)
    current = chance.choice(sequence, count)
    steps = []
    for _step in range(int(CHARACTERS / 1.5)):
        steps.append(current)
        nth = first[current] + (chance.random(count) * counts[current]).astype(int)
        jump = (chance.random(count) < 0.35) | (counts[current] == 0)
        current = np.where(
            jump, chance.choice(sequence, count), following[np.minimum(nth, len(following) - 1)]
        )
    table = np.array(vocabulary, dtype=object)
    return ["".join(table[row].tolist()) for row in np.stack(steps, axis=1)]


def corpus(count: int) -> tuple[list[str], list[Copy]]:
    """The texts, and which of them copy: every fifth, the kinds in turn."""
    written = chains(count, seed=3)
    chance = random.Random("copies")
    copies = []
    originals = [number for number in range(count) if number % 5]
    for turn, number in enumerate(range(0, count, 5)):
        kind = list(KINDS)[turn % len(KINDS)]
        source = chance.choice(originals)
        written[number] = KINDS[kind](written[source], written[number], chance)
        copies.append(Copy(number, source, kind))
    return written, copies


Way = Callable[[str, str, random.Random], str]


def _lifted(size: int, change: Callable[[str, random.Random], str] = lambda text, _chance: text) -> Way:
    """A passage of `size` characters of the source, changed, in the middle of one's own text."""

    def copy(source: str, own: str, chance: random.Random) -> str:
        start = chance.randrange(len(source) - size)
        place = chance.randrange(len(own))
        return own[:place] + change(source[start : start + size], chance) + own[place:]

    return copy


def _characters(share: float) -> Callable[[str, random.Random], str]:
    return lambda text, chance: "".join(
        chance.choice("某另此各新旧大小多少") if chance.random() < share else each for each in text
    )


def _synonyms(text: str, chance: random.Random) -> str:
    """Every fifth word of two characters becomes another one."""
    others = [word for word in _words() if len(word) == 2]
    return "".join(
        chance.choice(others) if len(word) == 2 and chance.random() < 0.2 else word
        for word in rjieba.cut(text, hmm=False)
    )


def _reordered(source: str, _own: str, chance: random.Random) -> str:
    sentences = re.findall("[^。]+。?", source)
    paragraphs = ["".join(sentences[start : start + 3]) for start in range(0, len(sentences), 3)]
    chance.shuffle(paragraphs)
    return "".join(paragraphs)


_TRADITIONAL = opencc.OpenCC("s2t")
KINDS: dict[str, Way] = {
    "60 characters": _lifted(60),
    "120 characters": _lifted(120),
    "400 characters": _lifted(400),
    "120, every tenth changed": _lifted(120, _characters(0.1)),
    "400, every tenth changed": _lifted(400, _characters(0.1)),
    "400, every fifth changed": _lifted(400, _characters(0.2)),
    "400 in traditional": _lifted(400, lambda text, _chance: _TRADITIONAL.convert(text)),
    "400 with synonyms": _lifted(400, _synonyms),
    "whole, paragraphs reordered": _reordered,
    "whole, every tenth changed": lambda source, _own, chance: _characters(0.1)(source, chance),
}
"""Ways of copying."""


def timed(count: int) -> float:
    """Wall seconds for checking `count` texts on one core: the absolute figure of the documents."""
    written, _copies = corpus(count)
    started = time.perf_counter()
    _sources(written)
    return time.perf_counter() - started
