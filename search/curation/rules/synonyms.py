"""How groups of equal words are read, checked, planned and put to use; simplified and traditional are one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from foundation.errors import FieldError
from foundation.folding import HAN, fold
from foundation.text import Text, _
from search.curation.values.synonyms import (
    LONGEST_NOTE,
    LONGEST_WORD,
    MOST_WORDS,
    Direction,
    PlannedLine,
    Step,
    SynonymGroup,
    Words,
)

_BETWEEN = re.compile(r"[、，,;；|｜/\n\t＝=]+")
_USABLE = re.compile(rf"[{HAN}]{{2}}|[^\W_][^\W_]|[{HAN}][^\W_]|[^\W_][{HAN}]")
"""Two characters next to each other somewhere: one alone would find half the library."""


def split_words(text: str) -> tuple[str, ...]:
    """The words of a line, each once; those that only differ in script or case count as the same."""
    found: dict[str, str] = {}
    for part in _BETWEEN.split(text):
        word = " ".join(part.split()).strip("“”\"'「」")
        if word:
            found.setdefault(fold(word), word)
    return tuple(found.values())


def problem(wish: Words) -> FieldError | None:
    """What keeps a group from being used, None when it is fine."""
    if len(wish.note) > LONGEST_NOTE:
        return FieldError("note", _("说明不能超过 %(limit)s 个字", limit=LONGEST_NOTE))
    reason = _problem_of_words(wish.words)
    return FieldError("words", reason) if reason is not None else None


def _problem_of_words(words: Sequence[str]) -> Text | None:
    if len(words) < 2:
        return _("至少填写两个不同的词，用顿号或换行分开；只有简繁、大小写不同的算同一个词")
    if len(words) > MOST_WORDS:
        return _("一组最多 %(most)s 个词，现在是 %(count)s 个", most=MOST_WORDS, count=len(words))
    for word in words:
        if len(word) > LONGEST_WORD:
            return _("“%(word)s…”超过 %(limit)s 个字，请换成更短的词", word=word[:10], limit=LONGEST_WORD)
        if not _USABLE.search(fold(word)):
            return _("“%(word)s”太短，请填写至少两个字的词", word=word)
    return None


def identity(wish: Words) -> tuple[Direction, str, frozenset[str]]:
    """Equal for groups that search the same."""
    folded = [fold(word) for word in wish.words]
    head = folded[0] if wish.direction is Direction.ONE_WAY else ""
    return wish.direction, head, frozenset(folded)


def expansion(groups: Iterable[SynonymGroup]) -> dict[str, tuple[str, ...]]:
    """Folded word -> the other words of all its groups, each once. Groups are not joined into larger ones."""
    others: dict[str, dict[str, str]] = {}
    for group in groups:
        asked = group.words if group.direction is Direction.BOTH else group.words[:1]
        for word in asked:
            own = fold(word)
            for other in group.words:
                if fold(other) != own:
                    others.setdefault(own, {}).setdefault(fold(other), other)
    return {word: tuple(found.values()) for word, found in others.items()}


def plan(lines: Sequence[tuple[int, Words]], groups: Sequence[SynonymGroup]) -> list[PlannedLine]:
    """What importing these lines would do: a group with the same first word is changed, none is deleted."""
    same = {identity(group.wish): group for group in groups}
    by_head: Mapping[tuple[Direction, str], SynonymGroup] = {
        (group.direction, fold(group.words[0])): group for group in groups
    }
    planned: dict[object, PlannedLine] = {}
    for number, wish in lines:
        key = identity(wish)
        existing = same.get(key)
        if existing is not None and existing.note == wish.note:
            found = PlannedLine(number=number, wish=wish, step=Step.SAME, before=existing)
        elif existing := existing or by_head.get((wish.direction, fold(wish.words[0]))):
            found = PlannedLine(number=number, wish=wish, step=Step.CHANGE, before=existing)
        else:
            found = PlannedLine(number=number, wish=wish, step=Step.ADD)
        planned[existing.id if existing else key] = found  # of two lines for one group the later counts
    return sorted(planned.values(), key=lambda line: line.number)
