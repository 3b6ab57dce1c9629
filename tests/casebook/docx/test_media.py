"""Photos as they are packed: no finer than paper shows, in greys where the book is grey."""

import zipfile
from io import BytesIO

import pytest
from PIL import Image

from casebook.book import Colours, Format, Photo
from casebook.docx.check import findings
from casebook.docx.media import pixels
from casebook.docx.redrawing import redrawn
from casebook.docx.renderer import render
from tests.casebook.factories import Photos, make_book, make_entry

_CM = 360_000


def drawn(kind: str, mode: str, size: tuple[int, int] = (400, 200)) -> bytes:
    out = BytesIO()
    Image.new(mode, size, 120 if mode in ("L", "P") else (200, 30, 40, 128)[: len(mode)]).save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize(
    ("width", "cx", "expected"),
    [(2560, 11 * _CM, 1300), (1600, 11 * _CM, 0), (1949, 11 * _CM, 0), (1951, 11 * _CM, 1300), (90, 1, 1)],
)
def test_only_what_is_much_finer_than_print_is_reduced(width: int, cx: int, expected: int) -> None:
    assert pixels(width, cx) == expected


@pytest.mark.parametrize(
    ("kind", "mode", "grey_mode"),
    [("JPEG", "RGB", "L"), ("JPEG", "L", "L"), ("PNG", "RGBA", "LA"), ("PNG", "P", "L"), ("GIF", "P", "P")],
)
def test_a_picture_keeps_its_kind(kind: str, mode: str, grey_mode: str) -> None:
    with Image.open(BytesIO(redrawn(drawn(kind, mode), 100, grey=True))) as image:
        assert (image.format, image.size, image.mode) == (kind, (100, 50), grey_mode)
        assert len({image.convert("RGB").getpixel((9, 9))[place] for place in range(3)}) == 1  # type: ignore[index]  # a pixel of RGB has three values


def test_what_cannot_be_decoded_stays_as_it_is() -> None:
    assert redrawn(b"\xff\xd8\xff broken", 100, grey=True) == b"\xff\xd8\xff broken"


def test_a_grey_book_has_no_colour_in_it() -> None:
    photos = (Photo("attachment:2400x1200", "大"), Photo("attachment:800x600", "小"))
    book = make_book(make_entry(photos=photos), format=Format(colours=Colours.GREY))
    data = render(book, Photos())
    assert findings(BytesIO(data)) == ()
    with zipfile.ZipFile(BytesIO(data)) as package:
        media = [package.read(name) for name in package.namelist() if "media/" in name]
    pictures = [Image.open(BytesIO(each)) for each in media]
    assert [image.size for image in pictures if image.format == "JPEG"] == [(1300, 650), (800, 600)]
    colours = [image.convert("RGB").resize((1, 1)).getpixel((0, 0)) for image in pictures]
    assert [colour for colour in colours if len(set(colour)) > 1] == []  # type: ignore[arg-type]  # RGB: a tuple
