"""What somebody meant by what he typed: equal words beside his own, pinyin read as characters."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import groupby

import rjieba

from foundation.folding import fold
from search import analysis
from search.curation.values.synonyms import Thesaurus
from search.query import parse, written
from search.values import Clause, Plain, Query, Sign, Synonyms

MOST_LETTERED = 8
"""So many words in letters in a row are a sentence in another language, no pinyin."""
_LETTERS = re.compile(r"[a-z']+")


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as it is searched. `typed` is what stands in the search box.

    `synonyms` were searched too; `pinyin` are the letters that were read as characters.
    """

    typed: str
    query: Query
    synonyms: tuple[Synonyms, ...] = ()
    pinyin: tuple[tuple[str, str], ...] = ()

    @property
    def more_than_typed(self) -> bool:
        return bool(self.synonyms or self.pinyin)


def exactly(text: str) -> Reading:
    """Nothing but what was typed."""
    query = parse(text)
    return Reading(query.text, query)


def read(
    text: str, thesaurus: Thesaurus, *, known: Callable[[str], bool], spoken: Callable[[str, bool], str]
) -> Reading:
    """A question with synonyms, and with characters for letters that the library does not have.

    Args:
        known: whether the library has a word in letters.
        spoken: the characters that pinyin (or initials too) stands for, "" for none.
    """
    query = parse(text)
    pinyin: list[tuple[str, str]] = []
    clauses: list[Clause] = []
    for lettered, group in groupby(query.clauses, _in_letters):
        run = list(group)
        clauses += _readable(run, pinyin, known, spoken) if lettered else run
    clauses = [_with_synonyms(clause, thesaurus) for clause in clauses]
    used = dict.fromkeys(each for c in clauses if isinstance(c.part, Plain) for each in c.part.synonyms)
    searched = Query(written(clauses) if pinyin else query.text, tuple(clauses))
    return Reading(query.text, searched, tuple(used), tuple(pinyin))


def _in_letters(clause: Clause) -> bool:
    """A word in letters that is no condition."""
    part = clause.part
    return (
        clause.sign is Sign.SHOULD
        and isinstance(part, Plain)
        and _LETTERS.fullmatch(fold(part.text)) is not None
        and not analysis.is_stop(fold(part.text))
    )


def _readable(
    run: list[Clause],
    pinyin: list[tuple[str, str]],
    known: Callable[[str], bool],
    spoken: Callable[[str, bool], str],
) -> list[Clause]:
    """Words in letters side by side with what they stand for: all together (dang jian), else one by one."""
    words = [clause.part.text for clause in run if isinstance(clause.part, Plain)]
    if len(words) > MOST_LETTERED:
        return run
    new = [word for word in words if not known(word)]
    alone = len(words) == 1
    if len(new) == len(words) and (whole := spoken("".join(words), alone)):
        pinyin.append((" ".join(words), whole))
        return [Clause(Sign.SHOULD, Plain(whole))]
    if alone:
        return run
    heard = {word: spoken(word, False) for word in new}
    pinyin += [(word, found) for word, found in heard.items() if found]
    return [Clause(Sign.SHOULD, Plain(heard.get(word) or word)) for word in words]


def _with_synonyms(clause: Clause, thesaurus: Thesaurus) -> Clause:
    """Plain words only: + and quotation marks ask for exactly what stands behind and between them."""
    if clause.sign is not Sign.SHOULD or not isinstance(clause.part, Plain):
        return clause
    groups = _groups(fold(clause.part.text), thesaurus)
    return replace(clause, part=replace(clause.part, synonyms=groups)) if groups else clause


def _groups(text: str, thesaurus: Thesaurus) -> tuple[Synonyms, ...]:
    """The words of a text that have others, the longest first and none inside another."""
    found: list[tuple[int, int, str]] = []
    borders = _borders(text)
    for word in thesaurus.others:
        at = text.find(word)
        if at >= 0 and at in borders and at + len(word) in borders:
            found.append((-len(word), at, word))
    chosen: list[tuple[int, int, str]] = []
    for size, at, word in sorted(found):
        if all(at - size <= start or at >= start - length for length, start, _ in chosen):
            chosen.append((size, at, word))
    chosen.sort(key=lambda each: each[1])
    return tuple(Synonyms(word, thesaurus.others[word]) for _, _, word in chosen)


def _borders(text: str) -> frozenset[int]:
    """Where words begin and end: 支书 is a word in 村支书记录, and none in 党支书面."""
    borders, at = {0}, 0
    for word in rjieba.cut(text, hmm=False):
        at += len(word)
        borders.add(at)
    return frozenset(borders)
