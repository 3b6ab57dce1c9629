"""The manifest: what was written last, and whether it is still there as it was written."""

from __future__ import annotations

import contextlib
import json
import os
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Manifest:
    form: int
    folder: str
    generation: int
    count: int
    files: Mapping[str, tuple[int, int]]

    @classmethod
    def read(cls, data: bytes) -> Manifest:
        found = json.loads(data)
        files = {name: (int(size), int(crc)) for name, (size, crc) in found["files"].items()}
        folder = Path(found["folder"]).name
        return cls(int(found["form"]), folder, int(found["generation"]), int(found["count"]), files)

    def written(self) -> bytes:
        content = {
            "form": self.form,
            "folder": self.folder,
            "generation": self.generation,
            "count": self.count,
            "files": {name: list(self.files[name]) for name in sorted(self.files)},
        }
        return json.dumps(content, indent=1).encode()


def files_of(folder: Path, known: Mapping[str, tuple[int, int]] | None = None) -> dict[str, tuple[int, int]]:
    """Name -> (size, CRC-32) of an index's files; what is known with its size is not read again."""
    found: dict[str, tuple[int, int]] = {}
    with contextlib.suppress(FileNotFoundError):
        for path in sorted(folder.iterdir()):
            if path.suffix not in {".toc", ".seg"}:
                continue
            size = path.stat().st_size
            before = (known or {}).get(path.name)
            # Segments never change after they are written; tables of contents get a new name each time.
            crc = before[1] if before and before[0] == size else zlib.crc32(path.read_bytes())
            found[path.name] = size, crc
    return found


def sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
