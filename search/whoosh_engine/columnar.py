"""Posting lists as packed columns, through Whoosh's own extension points.

Whoosh hands every posting through Python objects, one by one, when it writes, reads and merges. Here a
posting list is three columns (documents, frequencies, positions) that are collected, written, moved and read
as a whole: a pool that collects them, a field writer that writes one blob a term, a merge that moves lists.
Segments, term dictionary, table of contents, deletions and all other fields stay Whoosh's.

The second half is an opening without copies: Whoosh copies each file inside a segment into memory when the
segment is opened; the terms and posting files are views of the mapped file instead.

It leans on private parts of whoosh-reloaded 2.7.5, which is pinned; the engine's contract test guards it.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray
from whoosh import fields, formats
from whoosh.codec.whoosh3 import W3Codec, W3FieldWriter, W3TermInfo, W3TermsReader
from whoosh.filedb.structfile import BufferFile
from whoosh.system import pack_ushort
from whoosh.writing import PostingPool, SegmentWriter

Column = NDArray[np.uint32]

_HEAD = struct.Struct("<II3s")
_SMALL = 64
_TYPES: dict[str, np.dtype[Any]] = {"B": np.dtype("<u1"), "H": np.dtype("<u2"), "I": np.dtype("<u4")}
_ONES = "-"
"""The type of a column that is not written because all its values are 1."""


@dataclass(slots=True)
class Columns:
    """A posting list while it is being collected: `places` holds the positions of each document in turn."""

    documents: array[int] = field(default_factory=lambda: array("I"))
    frequencies: array[int] = field(default_factory=lambda: array("I"))
    places: array[int] = field(default_factory=lambda: array("I"))

    def packed(self) -> bytes:
        """Each column in the narrowest type that holds it; documents as distances."""
        parts = [
            _narrow(_distances(self.documents)),
            _narrow(self.frequencies, ones=True),
            _narrow(self.places),
        ]
        kinds = "".join(kind for kind, _ in parts).encode()
        return _HEAD.pack(len(self.documents), len(self.places), kinds) + b"".join(data for _, data in parts)


def unpacked(data: bytes) -> tuple[Column, Column, Column]:
    """(documents, frequencies, positions) of a packed list."""
    count, places, kinds = _HEAD.unpack_from(data)
    at = _HEAD.size
    found: list[Column] = []
    for kind, length in zip(kinds.decode(), (count, count, places), strict=True):
        if kind == _ONES:
            found.append(np.ones(length, np.uint32))
            continue
        dtype = _TYPES[kind]
        found.append(np.frombuffer(data, dtype, length, at).astype(np.uint32))
        at += length * dtype.itemsize
    return np.cumsum(found[0], dtype=np.uint32), found[1], found[2]


def _distances(documents: Sequence[int]) -> Sequence[int]:
    if len(documents) < _SMALL:
        return [documents[0], *(b - a for a, b in pairwise(documents))]
    numbers = np.array(documents, np.uint32)
    return array("I", np.diff(numbers, prepend=np.uint32(0)).astype(np.uint32).tobytes())


def _narrow(values: Sequence[int], *, ones: bool = False) -> tuple[str, bytes]:
    most = max(values, default=0)
    if ones and most == 1:
        return _ONES, b""
    kind = "B" if most < 1 << 8 else "H" if most < 1 << 16 else "I"
    return kind, array(kind, values).tobytes()


# --- writing ----------------------------------------------------------------------------------------------


class ColumnField(fields.FieldType):  # type: ignore[misc]  # whoosh has no types
    """A field given as term -> positions, or term -> how often; analysed outside."""

    def __init__(self) -> None:
        super().__init__(format=formats.Existence(), analyzer=None)

    def index(self, value: Mapping[str, Any], **_: Any) -> Iterator[tuple[bytes, int, float, Any]]:
        """One item for the whole document; the pool takes it apart."""
        yield b"", 0, 1.0, value


class _Pool(PostingPool):  # type: ignore[misc]  # whoosh has no types
    """Collects the columns of our fields in memory; a writer gets no more documents than fit."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._columns: dict[str, dict[bytes, Columns]] = {}

    def add(self, item: tuple[str, bytes, int, float, Any]) -> None:
        name, _, document, _, value = item
        if not isinstance(value, Mapping):
            super().add(item)
            return
        terms = self._columns.setdefault(name, {})
        for term, found in value.items():
            columns = terms.get(term.encode())
            if columns is None:
                columns = terms[term.encode()] = Columns()
            columns.documents.append(document)
            if isinstance(found, int):
                columns.frequencies.append(found)
            else:
                columns.frequencies.append(len(found))
                columns.places.extend(found)

    def move(self, name: str, term: bytes, columns: tuple[Column, Column, Column]) -> None:
        """Adds documents that another segment held."""
        into = self._columns.setdefault(name, {}).setdefault(term, Columns())
        for target, values in zip((into.documents, into.frequencies, into.places), columns, strict=True):
            target.frombytes(values.astype(np.uint32).tobytes())

    def iter_postings(self) -> Iterator[tuple[str, bytes, int, float, Any]]:
        """Whoosh's own postings in their order, then our lists field by field."""
        yield from super().iter_postings()
        for name in sorted(self._columns):
            terms = self._columns.pop(name)
            for term in sorted(terms):
                yield name, term, 0, 0.0, terms.pop(term)


class _FieldWriter(W3FieldWriter):  # type: ignore[misc]  # whoosh has no types
    def add_postings(
        self, schema: Any, lengths: Any, items: Iterable[tuple[str, bytes, int, float, Any]]
    ) -> None:
        for name, group in groupby(items, key=lambda item: item[0]):
            if not isinstance(schema[name], ColumnField):
                super().add_postings(schema, lengths, group)
                continue
            self.start_field(name, schema[name])
            prefix = pack_ushort(self._fieldid)
            for _, term, _, _, columns in group:
                info = W3TermInfo()
                info._df, info._maxlength, info._maxweight = len(columns.documents), 0, 0.0
                offset = self._postfile.tell()
                data = columns.packed()
                self._postfile.write(data)
                info.set_extent(offset, len(data))
                self._tindex.add(prefix + term, info.to_bytes())
            self.finish_field()


class ColumnWriter(SegmentWriter):  # type: ignore[misc]  # whoosh has no types
    """Whoosh's writer with our pool, and a merge that moves whole lists."""

    def __init__(self, opened: Any, limitmb: int = 64) -> None:
        super().__init__(opened, codec=ColumnCodec(), limitmb=limitmb)
        self.pool = _Pool(self._tempstorage, self.newsegment, limitmb=limitmb)

    def add_postings_to_pool(self, reader: Any, startdoc: int, docmap: Mapping[int, int] | None) -> None:
        places = np.full(reader.doc_count_all(), -1, np.int64)
        if docmap is None:
            places = np.arange(startdoc, startdoc + reader.doc_count_all(), dtype=np.int64)
        else:
            places[list(docmap)] = list(docmap.values())
        for name, kind in self.schema.items():
            if isinstance(kind, ColumnField):
                for term, columns in column_lists(reader, name):
                    self._move(name, term, columns, places)
            elif kind.indexed and name in reader.indexed_field_names():
                self._copy(reader, name, places)

    def _move(
        self, name: str, term: bytes, columns: tuple[Column, Column, Column], places: NDArray[np.int64]
    ) -> None:
        documents, frequencies, positions = columns
        moved = places[documents]
        kept = moved >= 0
        if not kept.any():
            return
        if len(positions):
            positions = positions[np.repeat(kept, frequencies)]
        self.pool.move(name, term, (moved[kept].astype(np.uint32), frequencies[kept], positions))

    def _copy(self, reader: Any, name: str, places: NDArray[np.int64]) -> None:
        """A field of Whoosh's own, posting by posting: here the ids, one posting a document."""
        for term in reader.lexicon(name):
            matcher = reader.postings(name, term)
            while matcher.is_active():
                self.pool.add((name, term, int(places[matcher.id()]), matcher.weight(), matcher.value()))
                matcher.next()


# --- reading ----------------------------------------------------------------------------------------------


def column_list(leaf: Any, name: str, term: bytes) -> tuple[Column, Column, Column] | None:
    """One posting list of a segment, deleted documents included; None for an unknown term."""
    terms = leaf._terms
    if (name, term) not in terms:
        return None
    return _read(terms, terms.term_info(name, term))


def column_lists(leaf: Any, name: str) -> Iterator[tuple[bytes, tuple[Column, Column, Column]]]:
    """All posting lists of a field in a segment."""
    terms = leaf._terms
    if name not in terms.indexed_field_names():
        return
    for (found, term), info in terms.items_from(name, b""):
        if found != name:
            return
        yield term, _read(terms, info)


def _read(terms: Any, info: Any) -> tuple[Column, Column, Column]:
    offset, length = info.extent()
    # Whoosh unpacks the length it has stored as a tuple of one.
    return unpacked(terms._postfile.get(offset, length[0] if isinstance(length, tuple) else length))


class ColumnCodec(W3Codec):  # type: ignore[misc]  # whoosh has no types
    def field_writer(self, storage: Any, segment: Any) -> _FieldWriter:
        return _FieldWriter(self, storage, segment)

    def terms_reader(self, storage: Any, segment: Any) -> Any:
        inner = getattr(storage, "a", storage)  # a segment's files lie in one file, over its folder
        source = getattr(inner, "_source", None)
        if source is None:
            return super().terms_reader(storage, segment)
        whole = memoryview(source)
        views = []
        for extension in (self.TERMS_EXT, self.POSTS_EXT):
            offset, length = inner.range(segment.make_filename(extension))
            views.append((_View(whole[offset : offset + length]), length))
        (terms, length), (lists, _) = views
        return W3TermsReader(self, terms, length, lists)


class _View(BufferFile):  # type: ignore[misc]  # whoosh has no types
    """A part of a mapped file; nothing is copied until it is asked for."""

    def __init__(self, view: memoryview) -> None:
        self._buf = view
        self._name = None
        self.file = _Cursor(view)
        self.onclose = None
        self.is_real = False
        self.is_closed = False


class _Cursor:
    """Reading and seeking in a view, as files do it."""

    def __init__(self, view: memoryview) -> None:
        self._view = view
        self._at = 0

    def seek(self, offset: int, whence: int = 0) -> int:
        base = {0: 0, 1: self._at, 2: len(self._view)}[whence]
        self._at = base + offset
        return self._at

    def tell(self) -> int:
        return self._at

    def read(self, size: int | None = -1) -> bytes:
        end = len(self._view) if size is None or size < 0 else min(self._at + size, len(self._view))
        data = bytes(self._view[self._at : end])
        self._at = end
        return data

    def readline(self) -> bytes:
        """A line at most 4 KB long: pickle asks for lines of its opcodes."""
        part = bytes(self._view[self._at : self._at + 4096])
        end = part.find(b"\n") + 1 or len(part)
        self._at += end
        return part[:end]

    def readinto(self, target: bytearray) -> int:
        data = self.read(len(target))
        target[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._view.release()
