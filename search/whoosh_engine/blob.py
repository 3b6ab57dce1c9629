"""Named arrays in one piece of bytes; reading it copies nothing."""

from __future__ import annotations

import json
import struct
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]

_HEAD = struct.Struct("<4sI")
"""As long as an array's place is a multiple of 8, so is where it stands in the file."""
_MAGIC = b"EXL1"
_EVEN = 8


def written(arrays: Mapping[str, NDArray[Any]]) -> list[bytes]:
    """The pieces of a blob, in order: a directory, then the arrays, each at a multiple of 8."""
    directory: dict[str, tuple[str, int, int]] = {}
    pieces: list[bytes] = []
    at = 0
    for name, array in arrays.items():
        data = np.ascontiguousarray(array).tobytes()
        directory[name] = (array.dtype.newbyteorder("<").str, at, len(array))
        filled = _filled(len(data))
        pieces.append(data + bytes(filled - len(data)))
        at += filled
    head = json.dumps(directory, separators=(",", ":")).encode()
    head += b" " * (_filled(len(head)) - len(head))
    return [_HEAD.pack(_MAGIC, len(head)) + head, *pieces]


def read(view: memoryview) -> Mapping[str, NDArray[Any]]:
    """The arrays as views of the bytes. Raises ValueError or KeyError when it is no blob."""
    magic, length = _HEAD.unpack_from(view)
    if magic != _MAGIC:
        raise ValueError("not a blob of arrays")
    start = _HEAD.size + length
    directory = json.loads(bytes(view[_HEAD.size : start]))
    return {
        name: np.frombuffer(view, np.dtype(kind), count, start + at)
        for name, (kind, at, count) in directory.items()
    }


def _filled(length: int) -> int:
    return -(-length // _EVEN) * _EVEN


class Strings(Sequence[str]):
    """Texts as one piece of UTF-8 and where each begins; a text is made when it is asked for."""

    def __init__(self, starts: NDArray[np.uint32], data: Bytes) -> None:
        self.starts = starts
        self.data = data
        self._starts, self._bytes = starts.data, data.data

    @classmethod
    def of(cls, texts: Sequence[str]) -> Strings:
        encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
        starts = np.zeros(len(encoded) + 1, np.uint32)
        np.cumsum([len(each) for each in encoded], out=starts[1:])
        return cls(starts, np.frombuffer(b"".join(encoded), np.uint8))

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, place: Any) -> Any:
        found = self._bytes[self._starts[place] : self._starts[place + 1]]
        return str(found, "utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        data, starts = self.data.tobytes(), self.starts.tolist()
        for place in range(len(self)):
            yield data[starts[place] : starts[place + 1]].decode("utf-8", "surrogatepass")

    def find(self, text: str) -> int | None:
        """The place of a text that is not empty; None if it is not there."""
        wanted, data = text.encode("utf-8", "surrogatepass"), self.data.tobytes()
        at = data.find(wanted)
        while at >= 0:
            place = int(np.searchsorted(self.starts, at, "right")) - 1
            if self.starts[place] == at and self.starts[place + 1] == at + len(wanted):
                return place
            at = data.find(wanted, at + 1)
        return None

    def kept(self, keep: NDArray[np.bool_]) -> Strings:
        """Only the texts of a mask."""
        return Strings.of([text for text, wanted in zip(self, keep.tolist(), strict=True) if wanted])


class Chained(Sequence[str]):
    """Several runs of texts as one."""

    def __init__(self, parts: Sequence[Strings]) -> None:
        self._parts = parts
        self._starts = [0, *accumulate(map(len, parts))]

    def __len__(self) -> int:
        return self._starts[-1]

    def __getitem__(self, place: Any) -> Any:
        part = bisect_right(self._starts, place) - 1
        return self._parts[part][place - self._starts[part]]

    def __iter__(self) -> Iterator[str]:
        for part in self._parts:
            yield from part
