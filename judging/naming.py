"""Names of jurors found in texts of cases: one pattern for all names, so that 400 names in 20,000 texts are
one walk through each text. Pure.

A name is found with blanks, invisible characters or a middle dot between its characters, as people write
two-character names and those of minorities; names in Latin letters in any case, and not inside a longer word.
A longer name wins: 王芳华 is not 王芳. What is found is a question to a person, never an answer.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from submissions.identity.finder import Subject, passages
from submissions.values import Sighting, VersionView

AROUND = 14
"""Characters shown on either side of a name."""
SIGHTINGS_HIGHEST = 5
SHORTEST = 2

_BETWEEN = r"[\s\u00ad\u200b-\u200d\u2060\ufeff·•・]*"
_STRIP = re.compile(_BETWEEN.removesuffix("*"))
_TAG = re.compile(r"<[^>]*>")


def name_key(name: str) -> str:
    """The form in which names are compared: no blanks or dots, one width, lower case."""
    return _STRIP.sub("", unicodedata.normalize("NFKC", name)).casefold()


@dataclass(frozen=True, slots=True)
class Names:
    """Names to look for, compiled once. Names of one character are left out."""

    han: re.Pattern[str] | None
    other: re.Pattern[str] | None

    @classmethod
    def of(cls, names: Iterable[str]) -> Names:
        keys = sorted({key for key in map(name_key, names) if len(key) >= SHORTEST})
        return cls(
            han=_one_pattern([key for key in keys if not key.isascii()], ""),
            other=_one_pattern([key for key in keys if key.isascii()], r"(?<![A-Za-z0-9])"),
        )

    def places(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Begin, end and key of each name in the text."""
        for pattern in (self.han, self.other):
            if pattern is not None:
                for match in pattern.finditer(text):
                    yield match.start(), match.end(), name_key(match.group())


def _one_pattern(keys: Sequence[str], before: str) -> re.Pattern[str] | None:
    """Names by their first character, longest first: a text is searched for first characters only."""
    by_first: dict[str, list[str]] = {}
    for key in sorted(keys, key=lambda key: (-len(key), key)):
        by_first.setdefault(key[0], []).append(_BETWEEN.join(map(re.escape, key[1:])))
    if not by_first:
        return None
    branches = (f"{re.escape(first)}{_BETWEEN}(?:{'|'.join(rest)})" for first, rest in by_first.items())
    whole = "|".join(branches)
    return re.compile(f"{before}(?:{whole})(?![A-Za-z0-9])" if before else whole, re.IGNORECASE)


def plain_text(version: VersionView) -> str:
    """Everything in a version that may hold a name, without markup; only good for a first look."""
    body = _TAG.sub("", version.body_html)
    parts = [version.title, version.summary, html.unescape(body) if "&" in body else body]
    parts += [each.caption for each in version.attachments]
    parts += [source.note for claim in version.claims for source in claim.sources]
    return "\n".join(parts)


def sightings(version: VersionView, names: Names) -> dict[str, tuple[Sighting, ...]]:
    """Name's key -> its places in the version, with the words around them, the first few of each."""
    if next(names.places(plain_text(version)), None) is None:
        return {}
    found: dict[str, list[Sighting]] = {}
    for passage in passages(Subject(version, ())):
        text = passage.text
        for start, end, key in names.places(text):
            seen = found.setdefault(key, [])
            if len(seen) < SIGHTINGS_HIGHEST:
                around = (text[max(0, start - AROUND) : start], text[end : end + AROUND])
                seen.append(Sighting(passage.where, around[0], text[start:end], around[1], passage.label))
    return {key: tuple(each) for key, each in found.items()}


def by_key(names: Mapping[str, str]) -> dict[str, list[str]]:
    """Name's key -> ids of those who bear it; `names` maps ids to names."""
    found: dict[str, list[str]] = {}
    for each_id, name in sorted(names.items()):
        key = name_key(name)
        if len(key) >= SHORTEST:
            found.setdefault(key, []).append(each_id)
    return found
