"""Pictures are drawn anew."""

from __future__ import annotations

import io

import pillow_heif
import pytest
from PIL import Image, ImageCms

from submissions.intake import Unreadable, read_picture
from submissions.intake.pictures import LONGEST_SIDE, redrawn
from tests.submissions.intake.documents import photo


def test_photos_become_jpeg_without_metadata_and_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    exif[0x010E] = "地点"
    picture = redrawn(photo(300, 200, exif=exif))
    assert (picture.media_type, picture.width, picture.height, picture.extension) == (
        "image/jpeg",
        200,
        300,
        "jpg",
    )
    with Image.open(io.BytesIO(picture.data)) as kept:
        assert (kept.size, dict(kept.getexif()), kept.info.get("comment")) == ((200, 300), {}, None)


def test_large_photos_are_made_smaller() -> None:
    picture = redrawn(photo(4000, 1000))
    assert (picture.width, picture.height) == (LONGEST_SIDE, 640)


@pytest.mark.parametrize("kind", ["PNG", "GIF", "BMP"])
def test_drawings_stay_png(kind: str) -> None:
    assert redrawn(photo(300, 200, kind)).media_type == "image/png"


@pytest.mark.parametrize("kind", ["WEBP", "TIFF", "JPEG"])
def test_other_kinds_become_jpeg(kind: str) -> None:
    assert redrawn(photo(300, 200, kind)).media_type == "image/jpeg"


def test_heic_from_telephones_is_read() -> None:
    target = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", (320, 240), "red")).save(target)
    picture = redrawn(target.getvalue())
    assert (picture.media_type, picture.width, picture.height) == ("image/jpeg", 320, 240)


def test_transparency_is_kept_while_small_and_colours_come_to_srgb() -> None:
    target = io.BytesIO()
    Image.new("RGBA", (100, 100), (255, 0, 0, 128)).save(target, "PNG")
    assert redrawn(target.getvalue()).media_type == "image/png"
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    with Image.open(io.BytesIO(redrawn(photo(icc_profile=profile)).data)) as kept:
        assert "icc_profile" not in kept.info
    assert redrawn(photo(icc_profile=b"broken")).width == 640
    with Image.open(io.BytesIO(redrawn(photo(300, 200)).data)) as kept:
        cmyk = io.BytesIO()
        kept.convert("CMYK").save(cmyk, "JPEG")
    assert redrawn(cmyk.getvalue()).media_type == "image/jpeg"


@pytest.mark.parametrize(
    "data",
    [b"", b"x" * 100, b"\x89PNG\r\n\x1a\n", photo()[:200], b"%!PS-Adobe-3.0 EPSF-3.0\n", b"<svg xmlns='x'/>"],
)
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        redrawn(data)


def test_decompression_bombs_are_refused() -> None:
    target = io.BytesIO()
    Image.new("1", (12_000, 12_000)).save(target, "PNG")
    with pytest.raises(Unreadable) as refused:
        redrawn(target.getvalue())
    assert "万像素" in str(refused.value.reason)


def test_in_a_process_of_its_own() -> None:
    assert read_picture(photo(300, 200)) == redrawn(photo(300, 200))
    with pytest.raises(Unreadable):
        read_picture(b"nothing")
