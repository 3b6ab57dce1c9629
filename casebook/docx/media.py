"""Pictures of one document: each content once, named by its order of appearance, stored as it is."""

import hashlib
import struct
import zlib
from dataclasses import dataclass, field

from casebook.renderer import Picture, Pictures

SUFFIXES = {"image/jpeg": "jpg", "image/png": "png", "image/gif": "gif"}
"""What Word and LibreOffice both show; other types count as missing."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture that the document has: its relationship and its size in pixels."""

    relation: str
    width: int
    height: int


@dataclass(slots=True)
class MediaShelf:
    """Collects the pictures while the body is written; their bytes are read one by one when it is packed.

    With `proxy` the bytes are never read: each picture is a single grey dot of the same extent, which lays
    out the same and costs nothing. Equal bytes under two names are one part, found by SHA-1.
    """

    pictures: Pictures
    proxy: bool = False
    parts: dict[str, bytes | str] = field(default_factory=dict)
    relations: list[tuple[str, str]] = field(default_factory=list)
    missing: dict[str, None] = field(default_factory=dict)
    shown: int = 0
    _placed: dict[str, Placed] = field(default_factory=dict)
    _digests: dict[bytes, str] = field(default_factory=dict)
    _colours: dict[str, str] = field(default_factory=dict)

    def place(self, src: str) -> Placed | None:
        """The picture as this document knows it, or None (and noted) when there is none to print."""
        if src not in self._placed:
            picture = self.pictures.find(src)
            if picture is None or not _printable(picture):
                self.missing[src] = None
                return None
            relation = self._proxy_dot() if self.proxy else self._part(src, SUFFIXES[picture.media_type])
            self._placed[src] = Placed(relation, picture.width, picture.height)
        self.shown += 1
        return self._placed[src]

    def colour(self, rgb: str) -> str:
        """The relationship of a picture of one dot of this colour, to be stretched into a field or a rule."""
        if rgb not in self._colours:
            self._colours[rgb] = self._add(dot(rgb), "png")
        return self._colours[rgb]

    def read(self, source: bytes | str) -> bytes:
        """The bytes of a part: they stand here already, or the pictures are asked."""
        return source if isinstance(source, bytes) else self.pictures.read(source)

    def _proxy_dot(self) -> str:
        return self.colour("888888")

    def _part(self, src: str, suffix: str) -> str:
        # The digest is of the bytes; they are let go again and read a second time when packed, so that a book
        # of a thousand photos does not stand in memory.
        digest = hashlib.sha1(self.pictures.read(src), usedforsecurity=False).digest()
        if digest not in self._digests:
            self._digests[digest] = self._add(src, suffix)
        return self._digests[digest]

    def _add(self, source: bytes | str, suffix: str) -> str:
        number = len(self.relations) + 1
        relation, name = f"rIdPicture{number}", f"media/image{number}.{suffix}"
        self.relations.append((relation, name))
        self.parts[name] = source
        return relation


def _printable(picture: Picture) -> bool:
    return picture.media_type in SUFFIXES and picture.width > 0 and picture.height > 0


def dot(rgb: str) -> bytes:
    """A PNG of one pixel."""
    pixel = b"\x00" + bytes.fromhex(rgb)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _png_chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
        + _png_chunk(b"IDAT", zlib.compress(pixel, 9))
        + _png_chunk(b"IEND", b"")
    )


def _png_chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
