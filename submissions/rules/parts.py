"""Which required parts a text has, by its headings.

A heading is an `h2`-`h4`, or a short line that is bold or numbered as Chinese official writing numbers
(第一部分, 一、, （一）, 1., （1）, ①). Without its numbering it is cut at 与, 和, 及, 、 and such; each piece
names the part whose word stands last in it, for Chinese puts the head of a phrase at its end: “经验做法” is
about what was done, “取得的成效” about results. A piece that is exactly a part's word counts as that part.

Parts begin at the highest headings that name any, and at all that share their level or their kind of
numbering (authors format the last one otherwise). What is nested below is read only for parts not found yet,
and then a heading must be exactly the part's word: “（一）开展背景调查” inside 做法 is not the part 背景. A
heading that names two parts begins both; their words then cannot be told apart, so their limits are added up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from foundation import richtext
from foundation.richtext import Block, Heading, Paragraph
from foundation.text import Text, _
from foundation.wordcount import word_count
from submissions.values import Finding, Part

_CHINESE = "[一二三四五六七八九十百零〇]{1,4}"
_NUMBERINGS = (
    re.compile(rf"第(?:{_CHINESE}|\d{{1,2}})(?:部分|章|节|篇)\s*[、：:．.]?\s*"),
    re.compile(
        r"(?:Part|Chapter|Section)\s+(?:[IVX]+|\d+|One|Two|Three|Four|Five)\b\s*[.:：]?\s*", re.IGNORECASE
    ),
    re.compile(rf"{_CHINESE}\s*[、．.]\s*"),
    re.compile(rf"[（(]\s*{_CHINESE}\s*[）)]\s*、?\s*"),
    re.compile(r"\d{1,2}\s*[.．、]\s*(?!\d)"),
    re.compile(r"[（(]\s*\d{1,2}\s*[）)]\s*"),
    re.compile(r"[①-⑳]\s*"),
)
"""Numbering at the head of a line, the highest rank first."""
_WRAPS = "【】[]〔〕《》<>“”\"' \u3000*#"
_JOINTS = re.compile(r"与|和|及其?|以及|暨|并|[、，,；;：:／/\s·—–-]+|\band\b", re.IGNORECASE)
_HEADING_LONGEST = 40
_SENTENCE_END = ("。", "；", "，", ";", ",", "！", "？", "!", "?")


@dataclass(frozen=True, slots=True)
class Section:
    """Text under a heading that names parts; `keys` are more than one where it names several."""

    keys: tuple[str, ...]
    heading: str
    words: int


@dataclass(frozen=True, slots=True)
class PartState:
    """A required part as the text has it: `words` None where it is missing."""

    part: Part
    words: int | None
    together_with: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Rank:
    """How a heading stands out: `level` 2-4 of a real one, 6 of a bold line, None of one that is only
    numbered; `numbering` is the place in `_NUMBERINGS`."""

    level: int | None
    numbering: int | None

    @property
    def height(self) -> tuple[int, int]:
        """The higher, the smaller."""
        return (self.level or 5, 9 if self.numbering is None else self.numbering)

    def is_like(self, others: Iterable[_Rank]) -> bool:
        """Whether it shares its level or its numbering with one of them."""
        return any(
            (self.level is not None and self.level == other.level)
            or (self.numbering is not None and self.numbering == other.numbering)
            for other in others
        )


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    rank: _Rank | None


def part_states(parts: Sequence[Part], body_html: str) -> tuple[PartState, ...]:
    """Every required part with its words, in the call's order."""
    found = sections(parts, body_html)
    return tuple(_state(part, found, parts) for part in parts)


def part_findings(parts: Sequence[Part], body_html: str) -> tuple[Finding, ...]:
    """What is missing, too short or too long, linked to the body."""
    if not parts:
        return ()
    states = part_states(parts, body_html)
    by_key = {state.part.key: state for state in states}
    said: set[frozenset[str]] = set()
    found = []
    for state in states:
        group = frozenset({state.part.key, *_keys(state, parts)})
        if group in said:
            continue
        said.add(group)
        sentence = _missing(state) or _measured(
            [by_key[each.key].part for each in parts if each.key in group], state
        )
        if sentence is not None:
            found.append(Finding("body", sentence))
    return tuple(found)


def sections(parts: Sequence[Part], body_html: str) -> tuple[Section, ...]:
    """The text cut at the headings that name parts, in its order."""
    lines = _lines(richtext.blocks(body_html))
    named = _named(lines, parts)
    places = sorted(named)
    ends = [*places, len(lines)][1:]
    return tuple(
        Section(named[at], lines[at].text, word_count("\n".join(each.text for each in lines[at + 1 : end])))
        for at, end in zip(places, ends, strict=True)
    )


def names_of(heading: str, parts: Sequence[Part]) -> tuple[str, ...]:
    """The keys of the parts that a heading names."""
    bare = _bare(heading)
    exact = _exactly(bare, parts)
    if exact:
        return exact
    found = dict.fromkeys(key for piece in _JOINTS.split(bare) if piece for key in _in_piece(piece, parts))
    return tuple(found)


def _named(lines: Sequence[_Line], parts: Sequence[Part]) -> dict[int, tuple[str, ...]]:
    """Places of the lines that begin parts, with the parts' keys."""
    ranked = [(at, line.rank) for at, line in enumerate(lines) if line.rank is not None]
    names = {at: names_of(lines[at].text, parts) for at, _rank in ranked}
    naming = {at: rank for at, rank in ranked if names[at]}
    found = {at: names[at] for at in _highest(naming)}
    missing = {part.key for part in parts} - {key for keys in found.values() for key in keys}
    for at, _rank in ranked:
        exact = tuple(key for key in _exactly(_bare(lines[at].text), parts) if key in missing)
        if at not in found and exact:
            found[at] = exact
            missing -= set(exact)
    return found


def _highest(naming: dict[int, _Rank]) -> list[int]:
    """Places of the highest headings that name parts, and of those like them."""
    if not naming:
        return []
    top = min(naming.values(), key=lambda rank: rank.height)
    alike = [rank for rank in naming.values() if rank.is_like([top])]
    return [at for at, rank in naming.items() if rank.is_like(alike)]


def _exactly(bare: str, parts: Sequence[Part]) -> tuple[str, ...]:
    return tuple(part.key for part in parts if bare in _words(part))


def _in_piece(piece: str, parts: Sequence[Part]) -> tuple[str, ...]:
    """The part whose word ends last in the piece; of two that end there, the one with the longer word."""
    exact = _exactly(piece, parts)
    if exact:
        return exact
    ends = [
        (piece.rfind(word) + len(word), len(word), -place)
        for place, part in enumerate(parts)
        for word in _words(part)
        if word in piece
    ]
    return (parts[-max(ends)[2]].key,) if ends else ()


def _words(part: Part) -> tuple[str, ...]:
    return tuple(each.casefold() for each in (part.name, *part.headings) if each)


def _bare(heading: str) -> str:
    """A heading without numbering, brackets and blanks around it."""
    text = heading.strip(_WRAPS)
    for pattern in _NUMBERINGS:
        match = pattern.match(text)
        if match:
            text = text[match.end() :]
            break
    return text.strip(_WRAPS + "。：:.").casefold()


def _lines(blocks: Iterable[Block]) -> list[_Line]:
    found: list[_Line] = []
    for block in blocks:
        written = [each for each in richtext.lines((block,)) if each.strip()]
        rank = _rank(block, written[0] if written else "")
        found.extend(_Line(each, rank if place == 0 else None) for place, each in enumerate(written))
    return found


def _rank(block: Block, written: str) -> _Rank | None:
    """How the block stands out as a heading, None when it does not."""
    numbering = next((place for place, each in enumerate(_NUMBERINGS) if each.match(written)), None)
    if isinstance(block, Heading):
        return _Rank(block.level, numbering)
    if not isinstance(block, Paragraph) or not written or len(written) > _HEADING_LONGEST:
        return None
    if written.endswith(_SENTENCE_END):
        return None
    if numbering is not None:
        return _Rank(None, numbering)
    bold = all(run.bold for run in block.runs if run.text.strip())
    return _Rank(6, None) if bold or written.strip()[:1] in "【〔[" else None


def _state(part: Part, found: Sequence[Section], parts: Sequence[Part]) -> PartState:
    mine = [each for each in found if part.key in each.keys]
    if not mine:
        return PartState(part, None)
    others = {key for each in mine for key in each.keys} - {part.key}
    names = tuple(each.name for each in parts if each.key in others)
    return PartState(part, sum(each.words for each in mine), names)


def _keys(state: PartState, parts: Sequence[Part]) -> set[str]:
    return {each.key for each in parts if each.name in state.together_with}


def _missing(state: PartState) -> Text | None:
    if state.words:
        return None
    name = state.part.name
    if state.words == 0:
        return _("“%(part)s”这一部分只有标题，还没有内容。", part=name)
    others = [each for each in state.part.headings if each != name][:3]
    if not others:
        return _("正文缺少“%(part)s”部分。请加一个标题“%(part)s”，把这部分内容写在它下面。", part=name)
    return _(
        "正文缺少“%(part)s”部分。请加一个标题，如“%(part)s”“%(other)s”，把这部分内容写在它下面。",
        part=name,
        other="”“".join(others),
    )


def _measured(group: Sequence[Part], state: PartState) -> Text | None:
    """Too short or too long; the limits of parts written together are added up."""
    words = state.words or 0
    name = "”“".join(each.name for each in group)
    lowest = sum(each.lowest or 0 for each in group)
    highest = None
    if all(each.highest is not None for each in group):
        highest = sum(each.highest or 0 for each in group)
    if words < lowest:
        return _(
            "“%(part)s”部分至少要 %(limit)s 字，现在是 %(count)s 字。", part=name, limit=lowest, count=words
        )
    if highest is not None and words > highest:
        return _(
            "“%(part)s”部分不能超过 %(limit)s 字，现在是 %(count)s 字。",
            part=name,
            limit=highest,
            count=words,
        )
    return None
