"""What a build is made of, as a file: anybody can see later what was printed, and it can be made again.

Pure: values in, JSON out, and back.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Any

from casebook.book import Book
from casebook.making.values import BuildKind, BuiltFile

FORM = 1
_LONG = 200
"""Characters above which a setting is named by its hash."""


@dataclass(frozen=True, slots=True)
class KeptPhoto:
    """A photo of the book; `src` is what the text calls it."""

    src: str
    sha256: str
    media_type: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class PrintedEntry:
    """An entry as it was printed: which round of its manuscript, taken from which version and award."""

    entry_id: str
    case_id: str
    version_id: str
    award_id: str
    round: int
    text_sha256: str
    chapter: str
    title: str
    unit: str


@dataclass(frozen=True, slots=True)
class Paper:
    """What the spine's thickness follows from: grams a square metre, micrometres a leaf, planned pages;
    0 is not known."""

    weight: int = 0
    leaf: int = 0
    pages: int = 0


@dataclass(frozen=True, slots=True)
class Record:
    """What a build is made of beside the book's values. `at` is the moment that its files bear."""

    edition_id: str
    revision: int
    number: int
    kind: BuildKind
    at: datetime
    entries: tuple[PrintedEntry, ...]
    photos: tuple[KeptPhoto, ...]
    paper: Paper = Paper()

    @property
    def award_ids(self) -> tuple[str, ...]:
        return tuple(each.award_id for each in self.entries)


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest as it was read."""

    record: Record
    settings: Mapping[str, str]
    outputs: Mapping[str, str]
    program: str


def written(
    record: Record,
    book: Book,
    files: Iterable[BuiltFile],
    *,
    program: str,
    template: str,
    fonts: Mapping[str, Iterable[str]],
) -> bytes:
    """The manifest as JSON, the same bytes for the same build."""
    content = {
        "manifest": FORM,
        "program": program,
        "edition": {"id": record.edition_id, "revision": record.revision},
        "build": {"number": record.number, "kind": record.kind.value, "at": record.at.isoformat()},
        "settings": dict(settings(book)),
        "paper": dataclasses.asdict(record.paper),
        "template_sha256": template,
        "fonts": {place: sorted(names) for place, names in fonts.items()},
        "entries": [dataclasses.asdict(each) for each in record.entries],
        "photos": [dataclasses.asdict(each) for each in record.photos],
        "outputs": [
            {"output": each.output.value, "name": each.name, "sha256": each.sha256, "size": each.size}
            for each in files
        ],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def read(source: bytes) -> Manifest:
    """Raises ValueError: this is no manifest of ours."""
    try:
        content = json.loads(source)
        if content["manifest"] != FORM:
            raise ValueError("a manifest of another form")
        build, edition = content["build"], content["edition"]
        record = Record(
            edition_id=edition["id"],
            revision=edition["revision"],
            number=build["number"],
            kind=BuildKind(build["kind"]),
            at=datetime.fromisoformat(build["at"]),
            entries=tuple(PrintedEntry(**each) for each in content["entries"]),
            photos=tuple(KeptPhoto(**each) for each in content["photos"]),
            paper=Paper(**content["paper"]),
        )
        outputs = {each["output"]: each["sha256"] for each in content["outputs"]}
        return Manifest(record, content["settings"], outputs, content["program"])
    except (KeyError, TypeError, UnicodeDecodeError) as failure:
        raise ValueError(f"no manifest: {failure}") from failure


def settings(book: Book) -> Iterator[tuple[str, str]]:
    """Everything about the book but its chapters, by name; what is long is named by its hash."""
    for each in dataclasses.fields(book):
        if each.name not in ("chapters", "mark"):
            yield from _flat(each.name, getattr(book, each.name))


def _flat(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, Enum):
        yield name, str(value.value)
    elif dataclasses.is_dataclass(value):
        for each in dataclasses.fields(value):
            yield from _flat(f"{name}.{each.name}", getattr(value, each.name))
    elif isinstance(value, bytes):
        yield name, hashlib.sha256(value).hexdigest() if value else ""
    else:
        yield name, _short(_words(value))


def _words(value: Any) -> str:
    if isinstance(value, Enum):
        return str(value.value)
    if dataclasses.is_dataclass(value):
        return " ".join(_words(getattr(value, each.name)) for each in dataclasses.fields(value))
    if isinstance(value, tuple):
        return "; ".join(map(_words, value))
    return str(value)


def _short(words: str) -> str:
    return words if len(words) <= _LONG else f"sha256:{hashlib.sha256(words.encode()).hexdigest()}"


# --- what changed between two builds ---------------------------------------------------------------------


class Change(Enum):
    """What became of an entry from one build to another."""

    ADDED = "added"
    REMOVED = "removed"
    EDITED = "edited"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class EntryChange:
    """`before` and `after` are rounds, 0 where the entry is not in that build."""

    change: Change
    entry: PrintedEntry
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Difference:
    """`settings`: name, before, after."""

    entries: tuple[EntryChange, ...]
    settings: tuple[tuple[str, str, str], ...]

    @property
    def nothing(self) -> bool:
        return not self.entries and not self.settings


def difference(before: Manifest, after: Manifest) -> Difference:
    """What changed from one build to another, in the order of the later book; removed entries last."""
    old = {each.entry_id: each for each in before.record.entries}
    new = {each.entry_id: each for each in after.record.entries}
    moved = _moved([key for key in old if key in new], [key for key in new if key in old])
    changes = [change for key in new for change in _changed(old.get(key), new[key], key in moved)]
    changes += [EntryChange(Change.REMOVED, old[key], old[key].round, 0) for key in old if key not in new]
    names = dict.fromkeys((*before.settings, *after.settings))
    pairs = ((name, before.settings.get(name, ""), after.settings.get(name, "")) for name in names)
    return Difference(tuple(changes), tuple(pair for pair in pairs if pair[1] != pair[2]))


def _changed(old: PrintedEntry | None, new: PrintedEntry, moved: bool) -> Iterator[EntryChange]:
    if old is None:
        yield EntryChange(Change.ADDED, new, 0, new.round)
        return
    if old.text_sha256 != new.text_sha256 or old.version_id != new.version_id:
        yield EntryChange(Change.EDITED, new, old.round, new.round)
    if moved or old.chapter != new.chapter:
        yield EntryChange(Change.MOVED, new, old.round, new.round)


def _moved(old: list[str], new: list[str]) -> set[str]:
    """The fewest entries whose moving explains the new order: all but a longest run that kept its order."""
    place = {key: number for number, key in enumerate(old)}
    chains: list[list[str]] = []
    for key in new:  # patience: chains[n] ends the best chain of length n + 1
        size = sum(place[chain[-1]] < place[key] for chain in chains)
        chain = [*(chains[size - 1] if size else []), key]
        chains[size : size + 1] = [chain]
    return set(new) - set(chains[-1] if chains else [])
