"""The manifest: what was written last, and whether it is still there as it was written."""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from foundation.audience import READS, Audience

Files = Mapping[str, tuple[int, int]]
"""Name -> size and CRC-32."""


@dataclass(frozen=True, slots=True)
class Part:
    """The index of the cases for one audience. `toc` is the number of Whoosh's table of contents."""

    generation: int
    toc: int
    count: int
    files: Files

    @classmethod
    def read(cls, found: Mapping[str, object]) -> Part:
        files = found["files"]
        if not isinstance(files, dict):
            raise TypeError("files")
        generation, toc, count = (int(str(found[name])) for name in ("generation", "toc", "count"))
        named = {str(name): (int(size), int(crc)) for name, (size, crc) in files.items()}
        return cls(generation, toc, count, named)

    def written(self) -> Mapping[str, object]:
        files = {name: list(self.files[name]) for name in sorted(self.files)}
        return {"generation": self.generation, "toc": self.toc, "count": self.count, "files": files}


@dataclass(frozen=True, slots=True)
class Manifest:
    """One moment of the indexes of all audiences: a case that changes its audience is never in two."""

    form: int
    folder: str
    parts: Mapping[Audience, Part]

    @classmethod
    def read(cls, data: bytes) -> Manifest:
        """Raises ValueError, KeyError, TypeError or AttributeError when it is no manifest."""
        found = json.loads(data)
        parts = {audience: Part.read(found["parts"][audience.value]) for audience in Audience}
        return cls(int(found["form"]), Path(found["folder"]).name, parts)

    def written(self) -> bytes:
        parts = {audience.value: part.written() for audience, part in self.parts.items()}
        return json.dumps({"form": self.form, "folder": self.folder, "parts": parts}).encode()

    def generation(self, audience: Audience) -> int:
        """That of what the audience reads; nothing that is written for others changes it."""
        return sum(self.parts[each].generation for each in READS[audience])


def measured(folder: Path, names: Iterable[str], known: Files | None = None) -> Files:
    """Name -> (size, CRC-32) of files; a file that is known with its size is not read again.

    Raises FileNotFoundError.
    """
    found: dict[str, tuple[int, int]] = {}
    for name in names:
        path = folder / name
        size = path.stat().st_size
        before = (known or {}).get(name)
        # Neither segments nor tables of contents change after they are written.
        crc = before[1] if before and before[0] == size else _checksum(path)
        found[name] = size, crc
    return found


def _checksum(path: Path) -> int:
    crc = 0
    with path.open("rb") as file:
        while data := file.read(1 << 20):
            crc = zlib.crc32(data, crc)
    return crc


def sweep(folder: Path, named: Collection[str]) -> None:
    """Deletes what no manifest names; a reader that has such a file open keeps it."""
    for path in folder.iterdir():
        if path.is_file() and path.name not in named and not path.name.endswith("LOCK"):
            path.unlink(missing_ok=True)


def sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
