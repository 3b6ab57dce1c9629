"""A case taken apart for teaching: its sections by their headings, what each is about, and its sentences with
their places. Nothing is invented: every sentence is the case's own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from foundation import richtext
from foundation.richtext import Block, Heading, Table


class Kind(StrEnum):
    """What a section of a case is about."""

    BACKGROUND = "background"
    PRACTICE = "practice"
    RESULT = "result"
    LESSON = "lesson"


WORDS: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    (Kind.LESSON, ("启示", "经验", "体会", "思考", "反思", "感悟", "推广", "建议", "lesson", "reflection")),
    (Kind.RESULT, ("成效", "效果", "成果", "成绩", "变化", "收获", "反响", "result", "outcome", "effect")),
    (Kind.BACKGROUND, ("背景", "起因", "缘起", "由来", "问题", "现状", "困难", "难题", "挑战", "概况",
                       "基本情况", "background", "problem", "context")),
    (Kind.PRACTICE, ("做法", "举措", "措施", "实践", "经过", "过程", "路径", "步骤", "practice", "approach")),
)  # fmt: skip
"""Words of a heading that say what the section is about, looked for in this order. A heading with none of
them names something that was done, as most do: it counts as practice."""

_SENTENCE = re.compile(r"[^。！？!?\n]+(?:[。！？!?]+[”’」』）)]*|$)")
_CONCRETE = re.compile(r"[0-9０-９%％]|[“「『]")
SHORTEST, LONGEST = 6, 120
"""Signs in a sentence that is proposed: fewer say nothing, more would fill the board."""


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a case. `anchor` is that of `search.library.contents`, "" for what stands before the first
    heading; `sentences` have no line breaks."""

    anchor: str
    level: int
    heading: str
    kind: Kind
    sentences: tuple[str, ...]

    @property
    def telling(self) -> tuple[str, ...]:
        """The sentences that say something concrete (a number, somebody's words), else the first one."""
        short = [each for each in self.sentences if SHORTEST <= len(each) <= LONGEST]
        concrete = tuple(each for each in short if _CONCRETE.search(each))
        return concrete or tuple(short[:1])


def sections(body_html: str) -> tuple[Section, ...]:
    """The sections in reading order; a heading below another of a known kind takes over its kind."""
    found: list[Section] = []
    parents: dict[int, Kind] = {}
    heading, gathered, number = Heading(2, ()), list[Block](), 0
    for block in (*richtext.blocks(body_html), None):
        if block is not None and not isinstance(block, Heading):
            gathered.append(block)
            continue
        if number or gathered:
            found.append(_section(number, heading, gathered, parents))
        if block is not None:
            heading, gathered, number = block, [], number + 1
    return tuple(found)


def part(body_html: str, anchors: Sequence[str]) -> str:
    """The body with only these sections and what stands below them; all of it when none is named, or none is
    there any more."""
    kept: list[Block] = []
    number, inside = 0, 0
    for block in richtext.blocks(body_html):
        if isinstance(block, Heading):
            number += 1
            if f"s{number}" in anchors:
                inside = inside or block.level
            elif block.level <= inside:
                inside = 0
        if inside:
            kept.append(block)
    return richtext.html(tuple(kept)) if kept else body_html


def _section(number: int, heading: Heading, blocks: Iterable[Block], parents: dict[int, Kind]) -> Section:
    words = richtext.text(heading.runs).replace("\n", " ").strip()
    kind = _kind(words)
    above = [parents[level] for level in sorted(parents, reverse=True) if level < heading.level]
    if kind is None:
        kind = above[0] if above else Kind.PRACTICE if number else Kind.BACKGROUND
    for level in [level for level in parents if level >= heading.level]:
        del parents[level]
    if number:
        parents[heading.level] = kind
    anchor = f"s{number}" if number else ""
    return Section(anchor, heading.level, words, kind, tuple(_sentences(blocks)))


def _kind(heading: str) -> Kind | None:
    low = heading.lower()
    return next((kind for kind, words in WORDS if any(word in low for word in words)), None)


def _sentences(blocks: Iterable[Block]) -> Iterable[str]:
    # a row of a table is no sentence: torn from its head it says nothing
    for line in richtext.lines(each for each in blocks if not isinstance(each, Table)):
        for match in _SENTENCE.finditer(line.replace("\t", " ")):
            if match[0].strip():
                yield match[0].strip()
