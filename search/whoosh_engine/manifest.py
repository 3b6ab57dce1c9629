"""The manifest: what was written last, and whether it is still there as it was written."""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Manifest:
    """`toc` is the number of Whoosh's table of contents; `files` maps a name to its size and CRC-32."""

    form: int
    folder: str
    generation: int
    toc: int
    count: int
    files: Mapping[str, tuple[int, int]]

    @classmethod
    def read(cls, data: bytes) -> Manifest:
        found = json.loads(data)
        files = {name: (int(size), int(crc)) for name, (size, crc) in found["files"].items()}
        folder = Path(found["folder"]).name
        generation, toc, count = (int(found[name]) for name in ("generation", "toc", "count"))
        return cls(int(found["form"]), folder, generation, toc, count, files)

    def written(self) -> bytes:
        content = {
            "form": self.form,
            "folder": self.folder,
            "generation": self.generation,
            "toc": self.toc,
            "count": self.count,
            "files": {name: list(self.files[name]) for name in sorted(self.files)},
        }
        return json.dumps(content, indent=1).encode()


def measured(
    folder: Path, names: Iterable[str], known: Mapping[str, tuple[int, int]] | None = None
) -> dict[str, tuple[int, int]]:
    """Name -> (size, CRC-32) of files; a file that is known with its size is not read again.

    Raises FileNotFoundError.
    """
    found: dict[str, tuple[int, int]] = {}
    for name in names:
        path = folder / name
        size = path.stat().st_size
        before = (known or {}).get(name)
        # Neither segments nor tables of contents change after they are written.
        crc = before[1] if before and before[0] == size else zlib.crc32(path.read_bytes())
        found[name] = size, crc
    return found


def sweep(folder: Path, named: Collection[str]) -> None:
    """Deletes what no manifest names; a reader that has such a file open keeps it."""
    for path in folder.iterdir():
        if path.suffix in {".toc", ".seg"} and path.name not in named:
            path.unlink(missing_ok=True)


def sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
