"""The engine: snapshots for readers, one writer, and the manifest between them."""

from __future__ import annotations

import contextlib
import shutil
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from whoosh import index
from whoosh.filedb.filestore import FileStorage

from foundation.audience import Audience
from search.engine import IndexBroken, Progress
from search.scoring import answers
from search.scoring.answers import Asked
from search.values import DOCUMENT_FORM, Entry, Filters, Hit, IndexState, LibraryDocument, Page, Query, Sort
from search.whoosh_engine.manifest import Manifest, measured, sweep, sync
from search.whoosh_engine.reading import Snapshot, open_snapshot
from search.whoosh_engine.writing import MOST_SEGMENTS, build, row, writing, written

TRIES = 4


class WhooshEngine:
    """`SearchEngine` over a folder. Building one opens nothing; the first call does."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._manifest_path = folder / "manifest.json"
        self._guard = threading.Lock()
        self._current: dict[Audience, tuple[tuple[int, int], Snapshot]] = {}

    # --- reading ------------------------------------------------------------------------------------------

    def search(
        self,
        query: Query,
        *,
        audience: Audience,
        filters: Filters,
        sort: Sort,
        offset: int = 0,
        size: int = 20,
        uses: Mapping[str, int] | None = None,
    ) -> Page:
        snapshot = self._snapshot(audience)
        asked = Asked(filters, sort, offset, size, uses)
        return answers.search(snapshot, snapshot.generation, query, asked)

    def similar(self, text: str, *, audience: Audience, exclude: str = "", limit: int = 5) -> tuple[Hit, ...]:
        return answers.similar(self._snapshot(audience), text, exclude, limit)

    def entries(self, audience: Audience) -> tuple[int, tuple[Entry, ...]]:
        snapshot = self._snapshot(audience)
        return snapshot.generation, snapshot.facts.entries

    def state(self) -> IndexState:
        snapshot = self._snapshot(Audience.TRAINERS)
        facts = snapshot.facts
        live = np.flatnonzero(facts.live).tolist()
        return IndexState(snapshot.generation, {facts.ids[i]: facts.fingerprints[i] for i in live})

    def check(self) -> None:
        with self._writing():
            manifest = self._manifest()
            folder = self._folder / manifest.folder
            try:
                found = measured(folder, manifest.files)
            except OSError as error:
                raise IndexBroken("files of the index are missing") from error
            if found != manifest.files:
                raise IndexBroken("the files of the index are not as they were written")
            open_snapshot(folder, manifest, Audience.TRAINERS).close()

    def close(self) -> None:
        with self._guard:
            for _, snapshot in self._current.values():
                snapshot.close()
            self._current.clear()

    def _snapshot(self, audience: Audience) -> Snapshot:
        """The newest state; opened anew when the manifest has been replaced since."""
        stamp = self._stamp()
        current = self._current.get(audience)
        if current is not None and current[0] == stamp:
            return current[1]
        with self._guard:
            for attempt in range(TRIES):
                stamp = self._stamp()
                current = self._current.get(audience)
                if current is not None and current[0] == stamp:
                    return current[1]
                try:
                    manifest = self._manifest()
                    before = current[1] if current is not None else None
                    snapshot = open_snapshot(self._folder / manifest.folder, manifest, audience, before)
                except IndexBroken:
                    # A writer may have replaced the folder between the two steps; then the stamp is another.
                    if attempt + 1 == TRIES or self._stamp() == stamp:
                        raise
                else:
                    self._current[audience] = stamp, snapshot
                    return snapshot
        raise IndexBroken("the index changes faster than it can be opened")

    def _stamp(self) -> tuple[int, int]:
        try:
            status = self._manifest_path.stat()
        except OSError:
            return 0, 0
        return status.st_ino, status.st_mtime_ns

    def _manifest(self) -> Manifest:
        try:
            manifest = Manifest.read(self._manifest_path.read_bytes())
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise IndexBroken("there is no readable manifest of the index") from error
        if manifest.form != DOCUMENT_FORM:
            raise IndexBroken(f"the index has form {manifest.form}, this program writes {DOCUMENT_FORM}")
        return manifest

    # --- writing ------------------------------------------------------------------------------------------

    def replace_all(self, documents: Iterable[LibraryDocument], progress: Progress | None = None) -> int:
        with self._writing():
            generation = self._last_generation() + 1
            folder = self._folder / f"g{generation:08d}"
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            count = build(folder, iter(documents), progress)
            self._publish(folder, generation, known={})
            sweep(folder, self._manifest().files)
            self._sweep(folder.name)
        return count

    def update(self, documents: Iterable[LibraryDocument]) -> None:
        rows = {document.id: row(document) for document in documents}
        if rows:
            self._change(list(rows), rows.values())

    def remove(self, ids: Iterable[str]) -> None:
        gone = list(ids)
        if gone:
            self._change(gone, ())

    def _change(self, gone: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
        with self._writing():
            manifest = self._manifest()
            folder = self._folder / manifest.folder
            sweep(folder, manifest.files)  # what a writer that was killed has left
            try:
                opened = index.open_dir(str(folder))
                with writing(opened) as writer:
                    for key in gone:
                        writer.delete_by_term("id", key)
                    for fields in rows:
                        writer.add_document(**fields)
                    writer.merge = len(writer.segments) >= MOST_SEGMENTS
            except (OSError, index.IndexError, EOFError) as error:
                raise IndexBroken("the index cannot be written") from error
            self._publish(folder, manifest.generation + 1, known=manifest.files)
            sweep(folder, self._manifest().files)

    def _publish(self, folder: Path, generation: int, known: Mapping[str, tuple[int, int]]) -> None:
        """Makes what was committed last, then says so in the manifest, at once and for every process."""
        toc, count, names = written(folder)
        files = measured(folder, names, known)
        for name in files.keys() - known.keys():
            sync(folder / name)
        sync(folder)
        manifest = Manifest(DOCUMENT_FORM, folder.name, generation, toc, count, files)
        aside = self._manifest_path.with_suffix(".new")
        aside.write_bytes(manifest.written())
        sync(aside)
        aside.replace(self._manifest_path)
        sync(self._folder)

    def _last_generation(self) -> int:
        """The highest generation that anything on disk tells of: a broken manifest brings none back."""
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            return Manifest.read(self._manifest_path.read_bytes()).generation
        found = [int(path.name[1:]) for path in self._folder.glob("g*") if path.name[1:].isdecimal()]
        return max(found, default=0)

    def _sweep(self, current: str) -> None:
        """Removes the folders of earlier rebuilds; a reader that still has one open keeps its files."""
        for path in self._folder.glob("g*"):
            if path.name != current:
                shutil.rmtree(path, ignore_errors=True)

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        self._folder.mkdir(parents=True, exist_ok=True)
        lock = FileStorage(str(self._folder)).lock("writer.lock")
        lock.acquire(blocking=True)
        try:
            yield
        finally:
            lock.release()
