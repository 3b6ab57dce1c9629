"""Photos: copies are the same picture, other pictures are not."""

import io
import random
from collections.abc import Callable

import pytest
from PIL import Image, ImageEnhance

from submissions.originality.photos import ALIKE, Gallery, distance, perceptual_hashes


def picture(seed: int) -> Image.Image:
    chance = random.Random(seed)
    coarse = Image.frombytes("RGB", (9, 7), chance.randbytes(9 * 7 * 3))
    return coarse.resize((480, 360), Image.Resampling.BICUBIC)


def encoded(image: Image.Image, quality: int = 85) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("half size", lambda image: image.resize((240, 180))),
        ("grey", lambda image: image.convert("L").convert("RGB")),
        ("brighter", lambda image: ImageEnhance.Brightness(image).enhance(1.15)),
        ("trimmed by 4 %", lambda image: image.crop((19, 14, 461, 346))),
        ("trimmed by 8 %", lambda image: image.crop((38, 29, 442, 331)).resize((480, 360))),
    ],
)
def test_a_copy_is_found(name: str, change: Callable[[Image.Image], Image.Image]) -> None:
    image = picture(1)
    copy = perceptual_hashes(encoded(change(image), quality=40))
    assert distance(perceptual_hashes(encoded(image)), copy) <= ALIKE, name


def test_other_pictures_are_far() -> None:
    hashes = [perceptual_hashes(encoded(picture(seed))) for seed in range(8)]
    assert min(distance(a, b) for a in hashes for b in hashes if a is not b) > ALIKE


def test_a_gallery_names_the_nearest_of_other_cases() -> None:
    gallery = Gallery()
    image = picture(1)
    assert gallery.alike(perceptual_hashes(encoded(image))) == []
    gallery.put("own", {"a": perceptual_hashes(encoded(image))})
    gallery.put("copy", {"b": perceptual_hashes(encoded(image.crop((19, 14, 461, 346)), quality=40))})
    gallery.put("same", {"c": perceptual_hashes(encoded(image)), "d": perceptual_hashes(encoded(picture(2)))})
    found = gallery.alike(gallery.photos_of("own")["a"], but="own")
    assert [(case, photo) for case, photo, _bits in found] == [("same", "c"), ("copy", "b")]
    gallery.remove("same")
    assert [case for case, _photo, _bits in gallery.alike(gallery.photos_of("own")["a"], but="own")] == [
        "copy"
    ]


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(OSError, match="cannot identify"):
        perceptual_hashes(b"not a picture")
