"""What changed between two versions of a pack: section by section, line by line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from foundation.differences import Line as Difference
from foundation.differences import is_changed, lines
from search.teaching.packs.values import SECTIONS, Content, Line


@dataclass(frozen=True, slots=True)
class Changed:
    """A section in which the two differ."""

    section: str
    lines: tuple[Difference, ...]


def compare(older: Content, newer: Content, titles: Mapping[str, str]) -> tuple[Changed, ...]:
    """The sections that differ, in order. `titles` names the cases that the reader may know by name."""
    found = []
    for name in SECTIONS:
        compared = lines(written(older, name, titles), written(newer, name, titles))
        if is_changed(compared):
            found.append(Changed(name, tuple(compared)))
    return tuple(found)


def written(content: Content, name: str, titles: Mapping[str, str]) -> list[str]:
    """A section as lines that a person reads."""
    match name:
        case "title" | "audience" | "minutes":
            value = str(getattr(content, name))
            return [value] if value else []
        case "cases":
            return [
                text
                for each in content.cases
                for text in (titles.get(each.case_id, each.case_id), *_indented(each.note, *each.parts))
            ]
        case "steps":
            return [f"{each.minutes}′ {each.text}" for each in content.steps]
        case "questions":
            return [text for each in content.questions for text in (each.text, *_of(each.hints))]
        case "board":
            return [text for each in content.board for text in (each.title, *_of(each.points))]
        case "slides":
            return [text for each in content.slides for text in (each.title, *_of(each.bullets))]
        case _:
            return [line.text for line in getattr(content, name)]


def _of(found: Sequence[Line]) -> list[str]:
    return _indented(*(line.text for line in found))


def _indented(*texts: str) -> list[str]:
    return [f"· {text}" for text in texts if text]
