"""Pictures are drawn anew: what is kept are pixels, never the file that came in."""

from __future__ import annotations

import io
from dataclasses import dataclass

import pillow_heif
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from foundation.text import Text, _
from submissions.intake.errors import Unreadable

PIXELS_LIMIT = 60_000_000
BYTES_LIMIT = 30_000_000
LONGEST_SIDE = 2560
"""11 cm of print at 300 dpi need 1,300 pixels: enough for a page's width, and small enough to keep."""
FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "BMP", "TIFF", "HEIF")
_PNG_KEPT_BELOW = 1_500_000
_SRGB = "RGB"


@dataclass(frozen=True, slots=True)
class Picture:
    """A re-encoded picture; `width` and `height` in pixels."""

    data: bytes
    media_type: str
    width: int
    height: int

    @property
    def extension(self) -> str:
        return "jpg" if self.media_type == "image/jpeg" else "png"


def redrawn(data: bytes) -> Picture:
    """Decode, turn upright by EXIF, bring to sRGB, shrink to `LONGEST_SIDE`, encode without metadata.

    JPEG, except for drawings and screenshots (PNG, GIF, BMP, transparent ones), which stay PNG while small.

    Raises:
        Unreadable: not one of `FORMATS`, broken, or with more than `PIXELS_LIMIT` pixels.
    """
    if len(data) > BYTES_LIMIT:
        raise Unreadable(_("图片超过 %(limit)s MB，请压缩后再上传。", limit=BYTES_LIMIT // 1_000_000))
    pillow_heif.register_heif_opener()
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as opened:
            if opened.width * opened.height > PIXELS_LIMIT:
                raise Unreadable(_too_many_pixels())
            drawn = opened.format in ("PNG", "GIF", "BMP") or "transparency" in opened.info
            image = _upright(opened)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Unreadable(_too_many_pixels()) from error
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
        KeyError,
        IndexError,
        TypeError,
    ) as error:
        raise Unreadable(
            _("这不是可以读取的图片。请使用 JPG、PNG、WebP、GIF、BMP、TIFF 或 HEIC 格式。")
        ) from error
    return _encoded(image, drawn)


def _upright(opened: Image.Image) -> Image.Image:
    profile = opened.info.get("icc_profile")
    image = ImageOps.exif_transpose(opened)
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        return image.convert("RGBA")
    if isinstance(profile, bytes) and image.mode in ("RGB", "CMYK", "L"):
        return _in_srgb(image, profile)
    return image.convert(_SRGB)


def _in_srgb(image: Image.Image, profile: bytes) -> Image.Image:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        converted = ImageCms.profileToProfile(image, source, target, outputMode=_SRGB)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        converted = None  # a broken profile: the plain colours are near enough
    return converted if converted is not None else image.convert(_SRGB)


def _encoded(image: Image.Image, drawn: bool) -> Picture:
    if drawn or image.mode == "RGBA":
        png = io.BytesIO()
        Image.frombytes(image.mode, image.size, image.tobytes()).save(png, "PNG", optimize=False)
        if png.tell() <= _PNG_KEPT_BELOW:
            return Picture(png.getvalue(), "image/png", image.width, image.height)
    if image.mode == "RGBA":
        paper = Image.new(_SRGB, image.size, "white")
        paper.paste(image, mask=image.getchannel("A"))
        image = paper
    jpeg = io.BytesIO()
    Image.frombytes(_SRGB, image.size, image.convert(_SRGB).tobytes()).save(jpeg, "JPEG", quality=88)
    return Picture(jpeg.getvalue(), "image/jpeg", image.width, image.height)


def _too_many_pixels() -> Text:
    return _("图片超过 %(limit)s 万像素，请缩小后再上传。", limit=PIXELS_LIMIT // 10_000)
