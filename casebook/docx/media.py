"""Pictures of one document: each content once, named by its order of appearance, stored as it is."""

import hashlib
import struct
import zlib
from dataclasses import dataclass, field

from casebook.docx.redrawing import redrawn
from casebook.renderer import EMU_PER_INCH, Picture, Pictures, Shown

PRINT_DPI = 300
"""What a printer asks of photos: more is not seen, less is."""
SUFFIXES = {"image/jpeg": "jpg", "image/png": "png", "image/gif": "gif"}
"""What Word and LibreOffice both show; other types count as missing."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A picture of the book's as it shall be packed: drawn anew `width` pixels wide (0: as wide as it is)."""

    src: str
    width: int = 0


@dataclass(slots=True)
class MediaShelf:
    """Collects the pictures while the body is written; their bytes are read one by one when it is packed.

    With `proxy` the bytes are never read: each picture is a single grey dot of the same extent, which lays
    out the same and costs nothing. Equal bytes under two names are one part, found by SHA-1.
    """

    pictures: Pictures
    proxy: bool = False
    grey: bool = False
    parts: dict[str, bytes | Stored] = field(default_factory=dict)
    relations: list[tuple[str, str]] = field(default_factory=list)
    missing: dict[str, None] = field(default_factory=dict)
    shown: list[Shown] = field(default_factory=list)
    _facts: dict[str, Picture] = field(default_factory=dict)
    _placed: dict[tuple[str, int], str] = field(default_factory=dict)
    _digests: dict[tuple[bytes, int], str] = field(default_factory=dict)
    _colours: dict[str, str] = field(default_factory=dict)

    def facts(self, src: str) -> Picture | None:
        """What is known of a picture, or None (and noted) when there is none to print."""
        if src not in self._facts:
            picture = self.pictures.find(src)
            if picture is None or not _printable(picture):
                self.missing[src] = None
                return None
            self._facts[src] = picture
        return self._facts[src]

    def place(self, src: str, cx: int) -> str:
        """The relationship of a picture that `facts` knows, printed `cx` EMU wide."""
        facts = self._facts[src]
        self.shown.append(Shown(src, facts.width, facts.height, cx))
        if self.proxy:
            return self.colour("888888")
        width = pixels(facts.width, cx)
        if (src, width) not in self._placed:
            self._placed[src, width] = self._part(src, width, SUFFIXES[facts.media_type])
        return self._placed[src, width]

    def colour(self, rgb: str) -> str:
        """The relationship of a picture of one dot of this colour, to be stretched into a field or a rule."""
        if rgb not in self._colours:
            self._colours[rgb] = self._add(dot(rgb), "png")
        return self._colours[rgb]

    def read(self, source: bytes | Stored) -> bytes:
        """The bytes of a part: they stand here already, or the pictures are asked."""
        if isinstance(source, bytes):
            return source
        data = self.pictures.read(source.src)
        return redrawn(data, source.width, grey=self.grey) if source.width or self.grey else data

    def _part(self, src: str, width: int, suffix: str) -> str:
        # The digest is of the bytes; they are let go again and read a second time when packed, so that a book
        # of a thousand photos does not stand in memory.
        digest = hashlib.sha1(self.pictures.read(src), usedforsecurity=False).digest()
        if (digest, width) not in self._digests:
            self._digests[digest, width] = self._add(Stored(src, width), suffix)
        return self._digests[digest, width]

    def _add(self, source: bytes | Stored, suffix: str) -> str:
        number = len(self.relations) + 1
        relation, name = f"rIdPicture{number}", f"media/image{number}.{suffix}"
        self.relations.append((relation, name))
        self.parts[name] = source
        return relation


def pixels(width: int, cx: int) -> int:
    """How many pixels wide a picture of `width` pixels is drawn anew for `cx` EMU of paper; 0 leaves it.

    Nothing is gained by encoding a photo again for a few pixels less: only what has more than half as many
    again as 300 dpi ask for is reduced, and then to these.
    """
    enough = -(-cx * PRINT_DPI // EMU_PER_INCH)
    return enough if width * 2 > enough * 3 else 0


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
