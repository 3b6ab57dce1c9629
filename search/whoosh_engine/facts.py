"""What is known of the documents of a segment, in columns; and of several segments together."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.engine import IndexBroken
from search.scoring.arrays import Codes, Facts, Mask
from search.values import FACETS, LibraryDocument
from search.whoosh_engine.blob import Chained, Strings
from search.whoosh_engine.terms import Indexed

Arrays = dict[str, NDArray[Any]]

TEXTS = ("ids", "versions", "fingerprints", "titles")
_NUMBERS: Mapping[str, Any] = {
    "word_lengths": np.uint32,
    "pair_lengths": np.uint32,
    "granted_at": np.int64,
    "prize_ranks": np.int32,
    "widths": np.uint8,
}


def _numbers(item: Indexed) -> tuple[int, ...]:
    document, last = item.document, int(item.positions.max(initial=0))
    ranks = document.granted_at, document.prize_rank
    return len(item.words), len(item.pairs), *ranks, max(last.bit_length(), 1)


def _texts(document: LibraryDocument) -> tuple[str, ...]:
    return document.id, document.version_id, document.fingerprint, document.title


def columns(items: Sequence[Indexed]) -> Arrays:
    """The columns of documents that are written for the first time."""
    found: Arrays = {}
    for name, values in zip(_NUMBERS, zip(*map(_numbers, items), strict=True), strict=True):
        found[name] = np.array(values, _NUMBERS[name])
    for name, texts in zip(TEXTS, zip(*(_texts(item.document) for item in items), strict=True), strict=True):
        found |= _stored(name, Strings.of(texts))
    facets = [item.document.facets() for item in items]
    for name in FACETS:
        found |= _coded(name, Codes.of_pairs(each[name] for each in facets))
    return found


def merged(sources: Sequence[tuple[Columns, Mask]]) -> Arrays:
    """The columns of several segments, of the documents that stay."""
    found: Arrays = {
        name: np.concatenate([source.arrays[name][kept] for source, kept in sources]) for name in _NUMBERS
    }
    for name in TEXTS:
        kept_texts = [text for source, kept in sources for text in source.texts(name).kept(kept)]
        found |= _stored(name, Strings.of(kept_texts))
    for name in FACETS:
        found |= _coded(name, _codes([(source.codes(name), kept) for source, kept in sources], drop=True))
    return found


def _stored(name: str, texts: Strings) -> Arrays:
    return {f"{name}.starts": texts.starts, f"{name}.data": texts.data}


def _coded(name: str, codes: Codes) -> Arrays:
    named = json.dumps(list(zip(codes.values, codes.labels, strict=True)), ensure_ascii=False)
    return {
        f"{name}.owners": codes.owners,
        f"{name}.of": codes.of,
        f"{name}.names": np.frombuffer(named.encode("utf-8", "surrogatepass"), np.uint8),
    }


class Columns:
    """The columns of one segment."""

    def __init__(self, arrays: Mapping[str, NDArray[Any]]) -> None:
        self.arrays = arrays

    def __len__(self) -> int:
        return len(self.arrays["granted_at"])

    @cached_property
    def ids(self) -> Strings:
        return self.texts("ids")

    def texts(self, name: str) -> Strings:
        return Strings(self.arrays[f"{name}.starts"], self.arrays[f"{name}.data"])

    def codes(self, name: str) -> Codes:
        named = json.loads(self.arrays[f"{name}.names"].tobytes().decode("utf-8", "surrogatepass"))
        return Codes.named(self.arrays[f"{name}.owners"], self.arrays[f"{name}.of"], named)


def together(parts: Sequence[tuple[Columns, Mask]]) -> Facts:
    """What is known of the live documents of several segments, numbered one segment after the other."""

    def column(name: str, kind: Any) -> NDArray[Any]:
        held = [part.arrays[name] for part, _ in parts]
        return np.concatenate(held).astype(kind) if held else np.zeros(0, kind)

    def texts(name: str) -> Chained:
        return Chained([part.texts(name) for part, _ in parts])

    granted_at = column("granted_at", np.int64)
    return Facts(
        ids=texts("ids"),
        versions=texts("versions"),
        fingerprints=texts("fingerprints"),
        titles=texts("titles"),
        word_lengths=column("word_lengths", np.float32),
        pair_lengths=column("pair_lengths", np.float32),
        granted_at=granted_at,
        prize_ranks=column("prize_ranks", np.int32),
        live=np.concatenate([live for _, live in parts]) if parts else np.zeros(0, np.bool_),
        facets=_Facets(parts, granted_at),
    )


class _Facets(Mapping[str, Codes]):
    """The facets of several segments; each is put together when it is first asked for."""

    def __init__(self, parts: Sequence[tuple[Columns, Mask]], granted_at: NDArray[np.int64]) -> None:
        self._parts = parts
        self._granted_at = granted_at
        self._made: dict[str, Codes] = {}

    def __getitem__(self, name: str) -> Codes:
        found = self._made.get(name)
        if found is None:
            if name not in FACETS:
                raise KeyError(name)
            try:
                codes = _codes([(part.codes(name), live) for part, live in self._parts])
                found = self._made[name] = codes.settled(self._granted_at)
            except (IndexError, ValueError) as error:
                raise IndexBroken("the facets are not as they were written") from error
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(FACETS)

    def __len__(self) -> int:
        return len(FACETS)


def _codes(parts: Sequence[tuple[Codes, Mask]], *, drop: bool = False) -> Codes:
    """One facet of several segments, with the values of the documents in the masks alone.

    The other documents keep their numbers, unless they `drop` out.
    """
    if len(parts) == 1 and parts[0][1].all():
        return parts[0][0]
    places: dict[tuple[str, str], int] = {}
    owners: list[NDArray[Any]] = []
    of: list[NDArray[Any]] = []
    offset = 0
    for codes, kept in parts:
        numbers = np.cumsum(kept) - 1 if drop else np.arange(len(kept))
        wanted = kept[codes.owners]
        moved = [
            places.setdefault(name, len(places)) for name in zip(codes.values, codes.labels, strict=True)
        ]
        owners.append(numbers[codes.owners[wanted]] + offset)
        of.append(np.array(moved, np.int64)[codes.of[wanted]] if moved else np.zeros(0, np.int64))
        offset += int(kept.sum()) if drop else len(kept)
    used, again = np.unique(_joined(of), return_inverse=True)
    names = list(places)
    return Codes.named(_joined(owners), again.astype(np.int32), [names[place] for place in used.tolist()])


def _joined(parts: Iterable[NDArray[Any]]) -> NDArray[np.int32]:
    held = list(parts)
    return np.concatenate(held).astype(np.int32) if held else np.zeros(0, np.int32)
