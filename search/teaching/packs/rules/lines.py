"""Walks over every line of a pack: what may be shown to whom, and what repeats a case's words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from search.teaching.packs.values import Content, Line

Keeps = Callable[[Line], bool]
PLAIN = ("aims", "preparation", "key_points", "handout", "references")


def lines(content: Content) -> Iterator[Line]:
    """Every line, section after section."""
    for name in PLAIN:
        yield from getattr(content, name)
    for question in content.questions:
        yield from question.hints
    for column in content.board:
        yield from column.points
    for slide in content.slides:
        yield from slide.bullets


def kept(content: Content, keeps: Keeps) -> Content:
    """The content with only the lines that `keeps` says yes to; everything else stays."""

    def only(found: tuple[Line, ...]) -> tuple[Line, ...]:
        return tuple(filter(keeps, found))

    return replace(
        content,
        aims=only(content.aims),
        preparation=only(content.preparation),
        key_points=only(content.key_points),
        handout=only(content.handout),
        references=only(content.references),
        questions=tuple(replace(each, hints=only(each.hints)) for each in content.questions),
        board=tuple(replace(each, points=only(each.points)) for each in content.board),
        slides=tuple(replace(each, bullets=only(each.bullets)) for each in content.slides),
    )


def sources(content: Content) -> frozenset[str]:
    """Every case that the pack is made of or repeats words of."""
    return frozenset(content.case_ids) | {line.source for line in lines(content) if line.source}


def withheld(content: Content, readable: frozenset[str]) -> Content:
    """What somebody may see who can read only these cases: no other case, and not a word of one."""
    seen = kept(content, lambda line: not line.source or line.source in readable)
    return replace(seen, cases=tuple(each for each in seen.cases if each.case_id in readable))


def tidied(content: Content) -> Content:
    """Without empty lines, questions, columns and slides that hold nothing."""
    full = kept(content, lambda line: bool(line.text.strip()))
    return replace(
        full,
        questions=tuple(each for each in full.questions if each.text.strip() or each.hints),
        board=tuple(each for each in full.board if each.title.strip() or each.points),
        slides=tuple(each for each in full.slides if each.title.strip() or each.bullets),
    )
