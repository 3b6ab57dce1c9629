"""Everything in a case that gives away whose it is: what is covered in any case, what a person decides on.

A leak is words, not a place: covering 青溪镇 covers it wherever it stands.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from foundation import richtext
from submissions.identity.abbreviations import shortened
from submissions.identity.names import (
    AUTHOR,
    HIDDEN,
    PERSON,
    PLACE,
    UNIT,
    Patterns,
    name_pattern,
    spans,
    standing_patterns,
)
from submissions.identity.persons import named_persons
from submissions.identity.places import named_places, own_places, words_of
from submissions.values import DecidedMask, Leak, LeakKind, Sighting, VersionView, Where

AROUND = 12
"""Characters shown on either side of a finding."""
SIGHTINGS_HIGHEST = 30
_SPACE = re.compile(r"[\s\u00ad\u200b-\u200d\u2060\ufeff]+")
_KINDS = {UNIT: LeakKind.UNIT, AUTHOR: LeakKind.AUTHOR, PLACE: LeakKind.PLACE, PERSON: LeakKind.PERSON}
_ORDER = tuple(LeakKind)


@dataclass(frozen=True, slots=True)
class Passage:
    """A text of the case and where it stands; `covered` elsewhere already, whatever is decided here."""

    where: Where
    text: str
    label: str = ""
    covered: bool = False


@dataclass(frozen=True, slots=True)
class Subject:
    """A case to be looked through. `unit_names` are those of its unit and of all above it, short names too;
    `properties` what the files say of themselves: name of the file, what they say."""

    version: VersionView
    unit_names: Sequence[str]
    properties: Sequence[tuple[str, str]] = ()
    own: Sequence[DecidedMask] = ()


@dataclass(slots=True)
class _Collected:
    token: str
    kind: LeakKind
    automatic: bool
    proposed: bool
    sightings: list[Sighting] = field(default_factory=list)


def leaks(subject: Subject) -> tuple[Leak, ...]:
    """The leaks of a case: by kind, in the order of their first place."""
    version = subject.version
    authors = tuple(each.name for each in version.authors)
    standing = standing_patterns((version.unit_name, *subject.unit_names), authors)
    chosen = [(name_pattern(each.words), each.token) for each in subject.own]
    tree = own_places((version.unit_name, *subject.unit_names))
    found: dict[str, _Collected] = {}
    for passage in passages(subject):
        taken = _Taken()
        _note_patterns(found, passage, standing, automatic=True, taken=taken)
        _note_patterns(found, passage, chosen, automatic=False, taken=taken)
        _note_shortened(found, passage, (version.unit_name, *subject.unit_names), taken)
        _note_guesses(found, passage, tree, authors, taken)
    listed = [
        Leak(each.kind, words, each.token, each.automatic, each.proposed, tuple(each.sightings))
        for words, each in found.items()
    ]
    return tuple(sorted(listed, key=lambda leak: _ORDER.index(leak.kind)))


def passages(subject: Subject) -> Iterator[Passage]:
    """Every text of the case, in reading order, the files' own last."""
    version = subject.version
    yield Passage(Where.TITLE, version.title)
    yield Passage(Where.SUMMARY, version.summary)
    for line in richtext.lines(richtext.blocks(version.body_html)):
        yield Passage(Where.BODY, line)
    for attachment in version.attachments:
        yield Passage(Where.CAPTION, attachment.caption, attachment.name)
        yield Passage(Where.FILE_NAME, attachment.name.rsplit(".", 1)[0], attachment.name, covered=True)
    for claim in version.claims:
        for source in claim.sources:
            yield Passage(Where.EVIDENCE, source.note, covered=False)
    for name, said in subject.properties:
        yield Passage(Where.PROPERTY, said, name, covered=True)


class _Taken:
    """Places of a passage that are spoken for. None reaches into another, so two looks tell whether one is
    free, however many there are."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []

    def take(self, start: int, end: int) -> bool:
        """Whether the place was free; it is taken now."""
        after = bisect_left(self._starts, end)
        if after and self._ends[after - 1] > start:
            return False
        self._starts.insert(after, start)
        self._ends.insert(after, end)
        return True


def _note_patterns(
    found: dict[str, _Collected], passage: Passage, patterns: Patterns, *, automatic: bool, taken: _Taken
) -> None:
    """Note what the patterns find in a passage."""
    for start, end, token in spans(passage.text, patterns):
        if not taken.take(start, end):
            continue
        kind = LeakKind.CONTACT if automatic else LeakKind.OWN
        _note(
            found, passage, (start, end), (_KINDS.get(token, kind), token), automatic=automatic, proposed=True
        )


def _note_shortened(
    found: dict[str, _Collected], passage: Passage, unit_names: Iterable[str], taken: _Taken
) -> None:
    """Note shortened forms of the units' names where nothing is covered yet."""
    for start, end, proposed in shortened(passage.text, unit_names):
        if taken.take(start, end):
            _note(found, passage, (start, end), (LeakKind.UNIT, UNIT), automatic=False, proposed=proposed)


def _note_guesses(
    found: dict[str, _Collected],
    passage: Passage,
    tree: dict[str, bool],
    authors: Iterable[str],
    taken: _Taken,
) -> None:
    """Note what reads as a place or a person's name where nothing is covered yet."""
    for name in sorted(tree, key=len, reverse=True):
        for match in name_pattern(name).finditer(passage.text):
            if taken.take(*match.span()):
                _note(
                    found,
                    passage,
                    match.span(),
                    (LeakKind.PLACE, PLACE),
                    automatic=False,
                    proposed=tree[name],
                )
    words = words_of(passage.text)
    guesses = (
        *((each, (LeakKind.PERSON, PERSON)) for each in named_persons(words, authors)),
        *((each, (LeakKind.PLACE, PLACE)) for each in named_places(words)),
    )
    for (start, end, proposed), kind in sorted(guesses, key=_surest_first):
        if taken.take(start, end):
            _note(found, passage, (start, end), kind, automatic=False, proposed=proposed)


def _surest_first(guess: tuple[tuple[int, int, bool], tuple[LeakKind, str]]) -> tuple[bool, int]:
    (start, end, proposed), _kind = guess
    return not proposed, start - end


def _note(
    found: dict[str, _Collected],
    passage: Passage,
    place: tuple[int, int],
    kind: tuple[LeakKind, str],
    *,
    automatic: bool,
    proposed: bool,
) -> None:
    start, end = place
    text = passage.text
    words = _SPACE.sub("", text[start:end])
    entry = found.setdefault(words, _Collected(kind[1], kind[0], automatic, proposed))
    entry.proposed = entry.proposed or proposed
    if len(entry.sightings) < SIGHTINGS_HIGHEST:
        before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
        entry.sightings.append(Sighting(passage.where, before, text[start:end], after, passage.label))


def masks_of(found: Iterable[Leak], chosen: Iterable[str], own: Iterable[str]) -> tuple[DecidedMask, ...]:
    """The masks for the words somebody chose among the findings, and for words of his own."""
    tokens = {each.words: each.token for each in found if not each.automatic}
    wanted = [DecidedMask(words, tokens[words]) for words in dict.fromkeys(chosen) if words in tokens]
    added = [DecidedMask(words, HIDDEN) for words in dict.fromkeys(own) if words and words not in tokens]
    return tuple(wanted + added)
