"""All rules together: what they find in one manuscript, and in the manuscripts of a book side by side."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from casebook.aids.rules import (
    characters,
    endings,
    facts,
    figures,
    fixed_lists,
    leftovers,
    names,
    numbers,
    pairs,
    punctuation,
    repeats,
    terms,
    width,
)
from casebook.aids.rules.terms import Glossary
from casebook.aids.values import Line, Script, Slip

_OF_LINES: tuple[Callable[[Line], Iterator[Slip]], ...] = (
    punctuation.find,
    pairs.find,
    endings.find,
    numbers.find,
    width.find,
    leftovers.find,
    fixed_lists.find,
)
_OF_TEXTS: tuple[Callable[[Script], Iterator[Slip]], ...] = (
    characters.find,
    figures.find,
    facts.find,
    numbers.ordinals,
)


def slips(script: Script, glossary: Glossary) -> tuple[Slip, ...]:
    """What is found in one manuscript by itself, without what the house takes as right."""
    return tuple(_without_allowed(_found(script, glossary), script, glossary))


def _found(script: Script, glossary: Glossary) -> Iterator[Slip]:
    for line in script.lines:
        for rule in _OF_LINES:
            yield from rule(line)
    for whole in _OF_TEXTS:
        yield from whole(script)
    yield from terms.find(script, glossary)


def side_by_side(
    scripts: Mapping[str, Script], official: Iterable[str], glossary: Glossary
) -> list[tuple[str, Slip]]:
    """What is found when the manuscripts of a book (by entry) are read together, each with its entry."""
    found = [*names.find(scripts, official), *repeats.find(scripts)]
    by_entry: dict[str, list[Slip]] = {}
    for key, slip in found:
        by_entry.setdefault(key, []).append(slip)
    return [
        (key, slip)
        for key, slips_of in by_entry.items()
        for slip in _without_allowed(slips_of, scripts[key], glossary)
    ]


def _without_allowed(found: Iterable[Slip], script: Script, glossary: Glossary) -> Iterator[Slip]:
    if not glossary.allowed:
        yield from found
        return
    texts = {line.place: line.text for line in script.lines}
    for slip in found:
        if slip.end == slip.start or not terms.allowed(
            texts.get(slip.place, ""), slip.start, slip.end, glossary
        ):
            yield slip
