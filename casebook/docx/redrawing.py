"""Photos drawn anew for print: no finer than paper shows, in greys for a book in one colour."""

from io import BytesIO

from PIL import Image

_FORMATS = ("JPEG", "PNG", "GIF")
_QUALITY = 90


def redrawn(data: bytes, width: int, *, grey: bool) -> bytes:
    """The picture `width` pixels wide (0: as wide as it is) in its own format; `grey` in 256 neutral greys.

    What cannot be decoded is given back as it is: the book shows what it was given.
    """
    try:
        with Image.open(BytesIO(data), formats=_FORMATS) as opened:
            kind = opened.format or "PNG"
            image = _in_greys(opened) if grey else opened
            if width:
                height = max(1, round(opened.height * width / opened.width))
                image = _plain(image).resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)
            out = BytesIO()
            image.save(out, kind, **({"quality": _QUALITY} if kind == "JPEG" else {}))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return data
    return out.getvalue()


def _in_greys(image: Image.Image) -> Image.Image:
    transparent = image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info
    return image.convert("RGBA").convert("LA") if transparent else image.convert("L")


def _plain(image: Image.Image) -> Image.Image:
    """Colours of a palette cannot be mixed."""
    return image.convert("RGBA" if "transparency" in image.info else "RGB") if image.mode == "P" else image
