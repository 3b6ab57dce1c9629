"""The folder: writers in turn, the manifest between them and the readers, rebuilds aside."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from whoosh import index
from whoosh.filedb.filestore import FileStorage

from foundation.audience import Audience
from search.engine import IndexBroken, Progress
from search.values import DOCUMENT_FORM, LibraryDocument
from search.whoosh_engine import writing
from search.whoosh_engine.manifest import Manifest, Part, measured, sweep, sync
from search.whoosh_engine.reading import Leaf, leaves
from search.whoosh_engine.terms import Indexed, indexed

REPORTED = 50
"""Documents between two reports of progress."""
_UNREADABLE = (OSError, ValueError, KeyError, TypeError, AttributeError)


class Store:
    """What is on disk. Every writing method holds the lock until the manifest says what it wrote."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._manifest_path = folder / "manifest.json"

    def stamp(self) -> tuple[int, int]:
        """Changes whenever something was published."""
        try:
            status = self._manifest_path.stat()
        except OSError:
            return 0, 0
        return status.st_ino, status.st_mtime_ns

    def manifest(self) -> Manifest:
        try:
            manifest = Manifest.read(self._manifest_path.read_bytes())
        except _UNREADABLE as error:
            raise IndexBroken("there is no readable manifest of the index") from error
        if manifest.form != DOCUMENT_FORM:
            raise IndexBroken(f"the index has form {manifest.form}, this program writes {DOCUMENT_FORM}")
        return manifest

    def leaves(self, manifest: Manifest, audience: Audience, known: Mapping[str, Leaf]) -> list[Leaf]:
        """The segments of the cases for one audience."""
        part = manifest.parts[audience]
        segments = {name: leaf.segment for name, leaf in known.items()}
        try:
            found = leaves(self._part(manifest, audience), part.toc, segments)
        except Exception as error:  # Whoosh reads pickles: damage shows as any kind of exception
            raise IndexBroken("the index cannot be opened") from error
        count = sum(int(leaf.live.sum()) for leaf in found)
        if count != part.count:
            raise IndexBroken(f"the index holds {count} documents, not {part.count}")
        return found

    # --- writing ------------------------------------------------------------------------------------------

    def replace(self, documents: Iterable[LibraryDocument], progress: Progress | None) -> int:
        with self._writing():
            number = self._last_number() + 1
            folder = self._folder / f"g{number:08d}"
            shutil.rmtree(folder, ignore_errors=True)
            count = _build(folder, documents, progress)
            parts = {audience: Part(number << 20, 0, 0, {}) for audience in Audience}
            self._publish(Manifest(DOCUMENT_FORM, folder.name, parts), tuple(Audience))
            for path in self._folder.glob("g*"):  # a reader that still has one of these open keeps its files
                if path != folder:
                    shutil.rmtree(path, ignore_errors=True)
        return count

    def change(self, gone: Iterable[str], items: Sequence[Indexed]) -> None:
        """Removes documents wherever they are, then adds others. What is for others only is left as it is."""
        ids = {*gone, *(item.document.id for item in items)}
        with self._writing():
            manifest = self.manifest()
            self._sweep(manifest)  # what a writer that was killed has left
            touched = []
            for audience in Audience:
                fresh = [item for item in items if item.document.audience is audience]
                old = _places(self.leaves(manifest, audience, {}), ids)
                if old or fresh:
                    with _readable():
                        writing.change(self._part(manifest, audience), old, fresh)
                    touched.append(audience)
            if touched:
                self._publish(_raised(manifest, touched), touched)

    def merge(self) -> bool:
        """Merges small segments; tells whether there were any."""
        with self._writing():
            manifest = self.manifest()
            self._sweep(manifest)  # as in `change`: else what was never published would be, by the merge
            with _readable():
                touched = [each for each in Audience if writing.merge(self._part(manifest, each))]
            if touched:
                self._publish(manifest, touched)
        return bool(touched)

    def check(self) -> None:
        """Reads everything."""
        with self._writing():
            manifest = self.manifest()
            for audience, part in manifest.parts.items():
                try:
                    found = measured(self._part(manifest, audience), part.files)
                except OSError as error:
                    raise IndexBroken("files of the index are missing") from error
                if found != part.files:
                    raise IndexBroken("the files of the index are not as they were written")
                self.leaves(manifest, audience, {})

    def _publish(self, manifest: Manifest, touched: Iterable[Audience]) -> None:
        """Makes what was committed last, then says so in the manifest, at once and for every process."""
        parts = dict(manifest.parts)
        for audience in touched:
            folder, before = self._part(manifest, audience), parts[audience]
            toc, count, names = writing.written(folder)
            files = measured(folder, names, before.files)
            for name in files.keys() - before.files.keys():
                sync(folder / name)
            sync(folder)
            parts[audience] = Part(before.generation, toc, count, files)
        sync(self._folder / manifest.folder)
        published = Manifest(manifest.form, manifest.folder, parts)
        aside = self._manifest_path.with_suffix(".new")
        aside.write_bytes(published.written())
        sync(aside)
        aside.replace(self._manifest_path)
        sync(self._folder)
        self._sweep(published)

    def _part(self, manifest: Manifest, audience: Audience) -> Path:
        return self._folder / manifest.folder / audience.value

    def _sweep(self, manifest: Manifest) -> None:
        for audience, part in manifest.parts.items():
            with contextlib.suppress(OSError):
                sweep(self._part(manifest, audience), part.files)

    def _last_number(self) -> int:
        """The highest number that anything on disk tells of: a broken manifest brings none back."""
        names = [path.name for path in self._folder.glob("g*")]
        with contextlib.suppress(*_UNREADABLE):
            names.append(Manifest.read(self._manifest_path.read_bytes()).folder)
        return max((int(name[1:]) for name in names if name[1:].isdecimal()), default=0)

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        self._folder.mkdir(parents=True, exist_ok=True)
        lock = FileStorage(str(self._folder)).lock("writer.lock")
        lock.acquire(blocking=True)
        try:
            yield
        finally:
            lock.release()


def _build(folder: Path, documents: Iterable[LibraryDocument], progress: Progress | None) -> int:
    """A complete index for each audience, each of one segment."""
    waiting: dict[Audience, list[Indexed]] = {audience: [] for audience in Audience}
    for audience in waiting:
        writing.created(folder / audience.value)
    count = 0
    for count, document in enumerate(documents, start=1):
        items = waiting[document.audience]
        items.append(indexed(document))
        if len(items) == writing.SEGMENT:
            writing.add(folder / document.audience.value, items)
            items.clear()
        if progress is not None and count % REPORTED == 0:
            progress(count)
    for audience, items in waiting.items():
        if items:
            writing.add(folder / audience.value, items)
            items.clear()
        writing.merge(folder / audience.value, everything=True)
    if progress is not None:
        progress(count)
    return count


def _places(found: Sequence[Leaf], ids: Iterable[str]) -> list[tuple[str, int]]:
    """Where documents stand: segment and number, live ones only."""
    places = []
    for key in ids:
        for leaf in found:
            number = leaf.segment.columns.ids.find(key)
            if number is not None and leaf.live[number]:
                places.append((leaf.name, number))
    return places


def _raised(manifest: Manifest, touched: Iterable[Audience]) -> Manifest:
    parts = dict(manifest.parts)
    for audience in touched:
        part = parts[audience]
        parts[audience] = Part(part.generation + 1, part.toc, part.count, part.files)
    return Manifest(manifest.form, manifest.folder, parts)


@contextlib.contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except (OSError, index.IndexError, EOFError) as error:
        raise IndexBroken("the index cannot be written") from error
