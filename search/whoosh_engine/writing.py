"""From documents to Whoosh's fields."""

from __future__ import annotations

import contextlib
import json
from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any

from whoosh import columns, fields, index
from whoosh.filedb.filestore import FileStorage
from whoosh.index import TOC

from search import analysis
from search.engine import Progress
from search.values import FACETS, LibraryDocument
from search.whoosh_engine.columnar import ColumnField, ColumnWriter

INDEX_NAME = "MAIN"
SEGMENT = 5_000
"""Documents in one segment while rebuilding; a larger one would not fit into the writer's memory."""
MOST_SEGMENTS = 8
"""More segments than this are merged at the next write: each costs every question a little."""


def _schema() -> fields.Schema:
    """`facts` is a column: what hits, facets and sort orders need, as one JSON list a document."""
    return fields.Schema(
        id=fields.ID(unique=True),
        words=ColumnField(),
        pairs=ColumnField(),
        characters=ColumnField(),
        facts=fields.COLUMN(columns.VarBytesColumn()),
    )


def row(document: LibraryDocument) -> dict[str, Any]:
    terms = analysis.terms(analysis.folded(analysis.indexed_text(document)).text)
    places: dict[str, list[int]] = {}
    for term, position in zip(terms.pairs, terms.positions, strict=True):
        places.setdefault(term, []).append(position)
    facets = document.facets()
    facts = [
        document.id,
        document.version_id,
        document.fingerprint,
        document.title,
        len(terms.words),
        len(terms.pairs),
        document.granted_at,
        document.prize_rank,
        document.audience.value,
        *(facets[name] for name in FACETS),
    ]
    return {
        "id": document.id,
        "words": Counter(terms.words),
        "pairs": places,
        "characters": Counter(terms.characters),
        "facts": json.dumps(facts).encode(),
    }


def build(folder: Path, documents: Iterator[LibraryDocument], progress: Progress | None) -> int:
    """A complete index in an empty folder: segments of SEGMENT documents, then merged into one."""
    opened = index.create_in(str(folder), _schema())
    count = 0
    segments = 0
    while batch := list(islice(documents, 1)):
        with writing(opened) as writer:
            for document in chain(batch, islice(documents, SEGMENT - 1)):
                writer.add_document(**row(document))
                count += 1
                if progress is not None and count % 50 == 0:
                    progress(count)
        segments += 1
    if segments > 1:
        with writing(opened) as writer:
            writer.optimize = True
    if progress is not None:
        progress(count)
    return count


class _Adding(ColumnWriter):
    """Whoosh's writer, but a commit leaves the files of the state before: readers may still need them."""

    def _commit_toc(self, segments: list[Any]) -> None:
        TOC(self.schema, segments, self.generation).write(self.storage, self.indexname)


@contextlib.contextmanager
def writing(opened: Any) -> Iterator[Any]:
    """Writes on leaving, without merging unless told; after an exception the writer gives up its lock."""
    writer = _Adding(opened)
    writer.merge = False
    with writer:
        yield writer


def written(folder: Path) -> tuple[int, int, list[str]]:
    """The newest table of contents: its number, the live documents and the names of all files it needs."""
    contents = TOC.read(FileStorage(str(folder)), INDEX_NAME)
    names = [TOC._filename(INDEX_NAME, contents.generation)]
    names += [segment.make_filename(".seg") for segment in contents.segments]
    return contents.generation, sum(segment.doc_count() for segment in contents.segments), names
