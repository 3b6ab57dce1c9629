"""Text to search terms: one folding for the index, for questions and for highlights.

Method (measured on 11,238 questions and 10,839 short queries, simplified and traditional):

1. Unicode NFC.
2. What is not text for a reader is left out, with a map of offsets back: pinyin glosses in brackets after a
   Chinese character (`認(rèn)真`), zero-width characters, a single line break between two Chinese characters.
3. Each character is folded to one character: traditional and variant to simplified (OpenCC's t2s table taken
   character by character, plus merges it leaves out), full width to half width, upper to lower case. The
   length stays, so a place in the folded text is a place in the original.
4. Units: a Chinese character, a word of another script, or a number. Words for ranking come from rjieba's
   search mode without HMM; pairs of neighbouring units with positions give ranking in long texts, every
   two-character word, and exact phrases; single Chinese characters answer one-character questions.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import rjieba

from foundation.folding import GLOSS, HAN, fold, folding
from search.values import LibraryDocument

_HAN = re.compile(f"[{HAN}]")
_OTHER = rf"\d+(?:\.\d+)+|(?:(?![{HAN}])[^\W_]){{1,64}}"
_OTHER_RUN = re.compile(_OTHER)
_RUN = re.compile(f"[{HAN}]+|{_OTHER}")
_HAN_RUN = re.compile(f"[{HAN}]+")
_NEIGHBOURS = re.compile(r"[ \t\u00a0]{0,2}|[-'’]")
"""Units with only this between them are neighbours; any other punctuation or line end separates them."""

_LONE = re.compile("[\ud800-\udfff]")
"""Halves of characters, as broken programs leave them; no dictionary takes them."""
_INVISIBLE = "[\u00ad\u200b-\u200f\u2060\ufeff]+"
_BROKEN_LINE = rf"(?<=[{HAN}])[ \t]*\r?\n[ \t]*(?=[{HAN}])"
_DEBRIS = re.compile(f"{GLOSS}|{_INVISIBLE}|{_BROKEN_LINE}", re.IGNORECASE)

# Characters that carry no question of their own; a question made only of them is still answered.
_FUNCTION = frozenset("的了在是和与及为把被对从到这那吗呢吧啊之其也都就很最将我你他她它们有以并或而又")
_STOP_WORDS = """
什么 怎么 如何 哪些 哪个 哪里 哪儿 为什么 为何 多少 怎样 怎么样 是否 有没有 可以 我们 他们
你们 以及 或者 因为 所以 但是 以后 之后
a an the of to in on at by for and or is are was were be do does did how what why when where which who with
can from that this it its as
"""
_STOP = frozenset(_STOP_WORDS.split())


@dataclass(frozen=True, slots=True)
class Folded:
    """`text` is what is searched; character i of it stands at `offsets[i]` of `original` (NFC)."""

    original: str
    text: str
    offsets: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A non-empty range of `text` as a range of `original`; glosses inside the range belong to it."""
        return self.offsets[start], self.offsets[end - 1] + 1


class Unit(NamedTuple):
    """A Chinese character, word or number at [start, end) of a folded text.

    Neighbours have consecutive positions; whatever separates units leaves one position free.
    """

    text: str
    start: int
    end: int
    position: int


@dataclass(frozen=True, slots=True)
class Terms:
    """What is written into an index for one text, with repetitions.

    `pairs[i]` stands at `positions[i]`; positions grow.
    """

    words: list[str]
    pairs: list[str]
    positions: list[int]
    characters: list[str]


def prepare() -> None:
    """Loads the tables and dictionaries now rather than at the first question."""
    folding()
    rjieba.cut("党建", hmm=False)


def folded(text: str) -> Folded:
    """The searched form of a text, with the way back to the original."""
    original = unicodedata.normalize("NFC", text)
    kept: list[str] = []
    offsets = array("I")
    end = 0
    for debris in _DEBRIS.finditer(original):
        kept.append(original[end : debris.start()])
        offsets.extend(range(end, debris.start()))
        end = debris.end()
    kept.append(original[end:])
    offsets.extend(range(end, len(original)))
    return Folded(original, fold("".join(kept)), offsets)


def without_debris(text: str) -> str:
    return _DEBRIS.sub("", unicodedata.normalize("NFC", text))


def folded_text(text: str) -> str:
    """The searched form of a text without the way back."""
    return fold(without_debris(text))


def indexed_text(document: LibraryDocument) -> str:
    """Everything of a document that a question may find.

    The weights of BM25F are here: a field that counts twice stands there twice, so that frequencies and
    lengths are the weighted ones. Title, topics and headings (which the body holds already) count twice, the
    rest once; a title that counts three times makes ranking worse (MRR .866 instead of .888).
    """
    year = str(document.year) if document.year else ""
    topics = "\n\n".join(document.topics)
    twice = (document.title, document.title, document.headings, topics, topics)
    names = (document.unit, document.region, document.category, document.prize, year, document.call)
    return "\n\n".join(part for part in (*twice, document.summary, *names, document.body) if part)


def is_stop(word: str) -> bool:
    """Whether a folded word carries no question of its own."""
    return word in _STOP or word in _FUNCTION


def is_han(character: str) -> bool:
    return _HAN.match(character) is not None


def runs(text: str) -> Iterator[tuple[str, int, bool]]:
    """(run, start, near) of a folded text: Chinese characters in a row, or one word or number.

    `near` tells whether the run is the neighbour of the one before.
    """
    end = 0
    for match in _RUN.finditer(text):
        start = match.start()
        near = start == end or _NEIGHBOURS.fullmatch(text, end, start) is not None
        yield match.group(), start, near and end > 0
        end = match.end()


def other_runs(text: str) -> Iterator[re.Match[str]]:
    """The words and numbers among the runs of a folded text."""
    return _OTHER_RUN.finditer(text)


def units(text: str) -> list[Unit]:
    """The units of a folded text, in order."""
    found: list[Unit] = []
    position = -2
    for run, start, near in runs(text):
        position += 1 if near else 2
        if is_han(run):
            found += [Unit(run[i], start + i, start + i + 1, position + i) for i in range(len(run))]
            position += len(run) - 1
        else:
            found.append(Unit(run, start, start + len(run), position))
    return found


def words(text: str) -> list[str]:
    """Words of a folded text for ranking, overlapping (`党员`, `党员干部`); numbers and other scripts too."""
    return words_of(text, [run for run, _, _ in runs(text)])


def words_of(text: str, found: Sequence[str]) -> list[str]:
    chinese = [word for word in cut(text) if _HAN_RUN.fullmatch(word)]
    return chinese + [run for run in found if not is_han(run)]


def cut(text: str) -> list[str]:
    """The words of rjieba's search mode, whatever stands between them too."""
    try:
        return rjieba.cut_for_search(text, hmm=False)
    except UnicodeEncodeError:
        return rjieba.cut_for_search(_LONE.sub("\ufffd", text), hmm=False)


def pairs(text: str) -> tuple[list[str], list[int]]:
    """Neighbouring units as one term, with the first one's position; a unit without any stands alone."""
    return _pairs(list(runs(text)))


def _pairs(found: Sequence[tuple[str, int, bool]]) -> tuple[list[str], list[int]]:
    terms_: list[str] = []
    positions: list[int] = []
    position = -2
    before = ""
    alone = False
    for run, _, near in found:
        if near:
            terms_.append(pair(before, run[0] if is_han(run) else run))
            positions.append(position)
            position += 1
            alone = False
        else:
            if alone:
                terms_.append(before)
                positions.append(position)
            position += 2
            alone = True
        before = run
        if is_han(run):
            if len(run) > 1:
                terms_ += map(str.__add__, run, run[1:])
                positions += range(position, position + len(run) - 1)
                position += len(run) - 1
                alone = False
            before = run[-1]
    if alone:
        terms_.append(before)
        positions.append(position)
    return terms_, positions


def pair(first: str, second: str) -> str:
    """Two units as one term. Units of other scripts keep a blank: `be` + `at` is not `bea` + `t`."""
    return first + second if is_han(first) and is_han(second) else f"{first} {second}"


def terms(text: str) -> Terms:
    """Everything the index keeps of a folded text."""
    found = list(runs(text))
    together, positions = _pairs(found)
    return Terms(
        words=words_of(text, [run for run, _, _ in found]),
        pairs=together,
        positions=positions,
        characters=list("".join(run for run, _, _ in found if is_han(run))),
    )


def pieces(text: str, apart: Sequence[str] = ()) -> list[str]:
    """The parts of a folded question that carry its sense, each to be found as it stands.

    The words `apart` are pieces whatever stands beside them.

    Words of two and more characters; several single characters in a row are taken together, because a name
    that no dictionary knows is cut into its characters. Question words and particles are left out unless
    nothing else remains.
    """
    found: list[str] = []
    for word in apart:
        text = text.replace(word, " ")
    for run in _RUN.findall(text):
        found += _han_pieces(run) if is_han(run[0]) else [run]
    sense = [piece for piece in found if piece not in _STOP]
    kept = [piece for piece in sense if len(piece) > 1 or not is_han(piece)]
    if apart:
        return list(dict.fromkeys((*apart, *kept)))
    kept = kept or sense or found
    return list(dict.fromkeys(kept or [unit.text for unit in units(text)]))


def _han_pieces(run: str) -> list[str]:
    found: list[str] = []
    singles = ""
    for word in [*rjieba.cut(run, hmm=False), "的的"]:
        if len(word) == 1 and word not in _FUNCTION:
            singles += word
            continue
        if singles:
            found.append(singles)
            singles = ""
        if len(word) > 1:
            found.append(word)
    return found[:-1]
