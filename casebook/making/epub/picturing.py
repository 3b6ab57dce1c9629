"""The pictures of an EPUB: each content once, brought down to the width of a screen."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from io import BytesIO

from PIL import Image

from casebook.renderer import Pictures

TYPES = {"image/jpeg": "jpg", "image/png": "png", "image/gif": "gif"}
"""Core media types of EPUB that the product has."""
_WIDEST = 1600
"""Pixels: more is not seen on a reader and is carried by everybody."""


@dataclass(slots=True)
class PictureShelf:
    """Gives the pictures that are asked for their names; `parts` are their contents by name."""

    pictures: Pictures
    parts: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    _known: dict[str, str | None] = field(default_factory=dict)

    def place(self, src: str) -> str | None:
        """The name that the picture has in the book, None where there is none to show."""
        if src not in self._known:
            self._known[src] = self._taken(src)
        return self._known[src]

    def _taken(self, src: str) -> str | None:
        picture = self.pictures.find(src)
        if picture is None or picture.media_type not in TYPES:
            return None
        content = self.pictures.read(src)
        if picture.width > _WIDEST and picture.media_type == "image/jpeg":
            content = _narrowed(content)
        name = f"images/{hashlib.sha256(content).hexdigest()[:16]}.{TYPES[picture.media_type]}"
        self.parts[name] = picture.media_type, content
        return name


def _narrowed(content: bytes) -> bytes:
    with Image.open(BytesIO(content)) as image:
        height = round(image.height * _WIDEST / image.width)
        out = BytesIO()
        image.convert("RGB").resize((_WIDEST, height), Image.Resampling.LANCZOS).save(out, "JPEG", quality=82)
    return out.getvalue()
