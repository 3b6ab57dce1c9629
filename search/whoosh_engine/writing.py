"""Writing one index: its first segments, then one segment a change."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from whoosh import fields, index
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from search.whoosh_engine.codec import ColumnWriter, DocumentField, Policy
from search.whoosh_engine.terms import Indexed

INDEX_NAME = "MAIN"
SEGMENT = 2_000
"""Documents in one segment while rebuilding: what fits into memory at once."""
MOST_SEGMENTS = 8
"""More segments than this are merged: each costs every question a little."""


def created(folder: Path) -> None:
    """An empty index in a new folder."""
    folder.mkdir(parents=True)
    index.create_in(str(folder), fields.Schema(document=DocumentField()))


def add(folder: Path, items: Sequence[Indexed]) -> None:
    with _writing(folder, _merge_nothing) as writer:
        _add(writer, items)


def change(folder: Path, gone: Sequence[tuple[str, int]], items: Sequence[Indexed]) -> None:
    """Deletes documents, given by segment and number, and adds others."""
    with _writing(folder, _merge_nothing) as writer:
        segments = {segment.segment_id(): segment for segment in writer.segments}
        for segment, number in gone:
            segments[segment].delete_document(number)
        _add(writer, items)


def merge(folder: Path, *, everything: bool = False) -> bool:
    """Merges small segments when there are too many; tells whether there was anything to do."""
    contents = TOC.read(FileStorage(str(folder)), INDEX_NAME)
    if not (_all if everything else small)(contents.segments):
        return False
    with _writing(folder, _all if everything else small):
        pass
    return True


def _all(segments: Sequence[Any]) -> Sequence[Any]:
    return segments if len(segments) > 1 or any(segment.has_deletions() for segment in segments) else ()


def _merge_nothing(_segments: Sequence[Any]) -> Sequence[Any]:
    return ()


def small(segments: Sequence[Any]) -> Sequence[Any]:
    """From the smallest on, until one is far larger than all before: a large one is seldom moved."""
    if len(segments) <= MOST_SEGMENTS:
        return ()
    chosen: list[Any] = []
    total = 0
    for segment in sorted(segments, key=lambda each: each.doc_count()):
        if len(chosen) > 1 and segment.doc_count() > 2 * total:
            break
        chosen.append(segment)
        total += segment.doc_count()
    return chosen


def _add(writer: Any, items: Sequence[Indexed]) -> None:
    for item in items:
        writer.add_document(document=item)


class _Adding(ColumnWriter):
    """A commit leaves the files of the state before: readers may still need them."""

    def _commit_toc(self, segments: list[Any]) -> None:
        kept = [segment for segment in segments if segment.doc_count()]
        TOC(self.schema, kept, self.generation).write(self.storage, self.indexname)


@contextlib.contextmanager
def _writing(folder: Path, policy: Policy) -> Iterator[Any]:
    """Writes on leaving; after an exception the writer gives up its lock."""
    with _Adding(index.open_dir(str(folder)), policy) as writer:
        yield writer


def written(folder: Path) -> tuple[int, int, list[str]]:
    """The newest table of contents: its number, the live documents and the names of all files it needs."""
    storage = FileStorage(str(folder))
    contents = TOC.read(storage, INDEX_NAME)
    names = [TOC._filename(INDEX_NAME, contents.generation)]
    names += [name for segment in contents.segments for name in segment.list_files(storage)]
    return contents.generation, sum(segment.doc_count() for segment in contents.segments), names
