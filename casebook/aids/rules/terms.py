"""The house's list of terms: checked, planned, put to use. A term counts where it stands as whole words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from casebook.aids.rules.marks import slip, whole_words
from casebook.aids.values import (
    Kind,
    Line,
    PlannedTerm,
    Script,
    Seriousness,
    Slip,
    Step,
    Term,
    TermKind,
    TermWish,
)
from foundation.errors import FieldError
from foundation.folding import HAN
from foundation.text import Text, _

LONGEST_TERM = 40
LONGEST_BETTER = 80
LONGEST_WHY = 150
MOST_TERMS = 3_000
_WORDY = re.compile(f"[{HAN}A-Za-z]")


@dataclass(frozen=True, slots=True)
class Glossary:
    """The list as the rules use it."""

    wanted: tuple[TermWish, ...] = ()
    allowed: tuple[str, ...] = field(default=())

    @classmethod
    def of(cls, terms: Sequence[Term]) -> Glossary:
        wishes = [term.wish for term in terms]
        return cls(
            tuple(wish for wish in wishes if wish.kind is not TermKind.ALLOW),
            tuple(wish.written for wish in wishes if wish.kind is TermKind.ALLOW),
        )


def find(script: Script, glossary: Glossary) -> Iterator[Slip]:
    whole = "\n".join(line.text for line in script.lines)
    used = [wish for wish in glossary.wanted if wish.written in whole]
    if not used:
        return
    for line in script.lines:
        for wish in used:
            yield from _places(line, wish)


def _places(line: Line, wish: TermWish) -> Iterator[Slip]:
    start = line.text.find(wish.written)
    while start >= 0:
        end = start + len(wish.written)
        if whole_words(line.text, start, end) and not _stands_in_better(line.text, start, wish):
            yield slip(
                line,
                (start, end),
                Kind.TERMS,
                f"terms.{wish.kind.value}",
                Seriousness.MUST if wish.kind is TermKind.FORBID else Seriousness.SHOULD,
                _message(wish),
                wish.better or None,
            )
        start = line.text.find(wish.written, end)


def _stands_in_better(text: str, start: int, wish: TermWish) -> bool:
    """What is wanted may hold what is not: “十四五”规划 and 十四五规划, （试行） after a title."""
    better = wish.better
    at = better.find(wish.written) if better else -1
    while at >= 0:
        low = start - at
        if low >= 0 and text.startswith(better, low):
            return True
        at = better.find(wish.written, at + 1)
    return bool(better[:1] in ("“", "《") and better and text[max(0, start - 1) : start] in ("“", "‘", "《"))


def _message(wish: TermWish) -> Text:
    if wish.kind is TermKind.FORBID:
        return _("书里不用“%(word)s”。%(why)s", word=wish.written, why=wish.why)
    return _("“%(word)s”应作“%(better)s”。%(why)s", word=wish.written, better=wish.better, why=wish.why)


def allowed(line: str, start: int, end: int, glossary: Glossary) -> bool:
    """Whether a place lies inside a term that the house takes as right."""
    for term in glossary.allowed:
        at = line.find(term, max(0, end - len(term)), start + len(term))
        if at >= 0 and at <= start and end <= at + len(term):
            return True
    return False


# --- keeping the list ------------------------------------------------------------------------------


def problem(wish: TermWish) -> FieldError | None:
    """What keeps a line from being used, None when it is fine."""
    limits = (
        ("written", wish.written, LONGEST_TERM),
        ("better", wish.better, LONGEST_BETTER),
        ("why", wish.why, LONGEST_WHY),
    )
    for name, value, limit in limits:
        if len(value) > limit:
            return FieldError(
                name, _("不能超过 %(limit)s 个字，现在是 %(count)s 个", limit=limit, count=len(value))
            )
    if len(wish.written) < 2 or not _WORDY.search(wish.written):
        return FieldError("written", _("请填写至少两个字的词语"))
    if wish.kind is TermKind.REPLACE and not wish.better:
        return FieldError("better", _("请填写应改用的写法；只是不许用，请选“禁用”"))
    if wish.better == wish.written:
        return FieldError("better", _("应改用的写法和原来的写法相同"))
    return None


def tidy(wish: TermWish) -> TermWish:
    """Without a better form where there is none to give."""
    return (
        TermWish(written=wish.written, kind=wish.kind, why=wish.why) if wish.kind is TermKind.ALLOW else wish
    )


def plan(lines: Sequence[tuple[int, TermWish]], known: Sequence[Term]) -> list[PlannedTerm]:
    """What importing these lines would do: a line with the same term is changed, none is deleted."""
    by_written = {term.written: term for term in known}
    planned: dict[str, PlannedTerm] = {}
    for number, wish in lines:
        before = by_written.get(wish.written)
        step = Step.ADD if before is None else Step.SAME if before.wish == wish else Step.CHANGE
        planned[wish.written] = PlannedTerm(number=number, wish=wish, step=step, before=before)
    return sorted(planned.values(), key=lambda line: line.number)
