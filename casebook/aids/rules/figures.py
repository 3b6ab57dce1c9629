"""Pictures and tables: captions that are missing, photos too coarse for print (300 dots an inch, as printers
ask for half-tones), tables without a head row."""

from __future__ import annotations

from collections.abc import Iterator

from casebook.aids.values import Grid, Kind, Photo, Script, Seriousness, Slip
from foundation.text import Text, _

DOTS = 300
"""Dots an inch that a printer wants of a photo."""
TOLERATED = 295
"""What is shown as 300 when it is rounded to the dot of a screen."""
INCH = 25.4
_LEAST_ROWS = 2


def find(script: Script) -> Iterator[Slip]:
    for photo in script.photos:
        yield from _photo(photo)
    for table in script.tables:
        yield from _table(table)


def dots(photo: Photo) -> int:
    """Dots an inch of a photo as it is printed; 0 where its size is not known."""
    return round(photo.width / (photo.printed / INCH)) if photo.printed else 0


def _photo(photo: Photo) -> Iterator[Slip]:
    if not photo.caption:
        yield _at(photo.place, "figures.caption", Seriousness.SHOULD, _("照片没有图注，不编图号。"))
    resolution = dots(photo)
    if 0 < resolution < TOLERATED:
        sharp = round(photo.width / DOTS * INCH)
        message = _(
            "照片按 %(width)s 毫米宽印出只有 %(dots)s dpi，印刷要 %(wanted)s dpi：请向单位要原图，"
            "或者只印 %(sharp)s 毫米宽。",
            width=round(photo.printed),
            dots=resolution,
            wanted=DOTS,
            sharp=sharp,
        )
        yield _at(photo.place, "figures.resolution", Seriousness.SHOULD, message)


def _table(table: Grid) -> Iterator[Slip]:
    if not table.caption:
        yield _at(table.place, "figures.table_caption", Seriousness.SHOULD, _("表格没有表题，不编表号。"))
    if not table.header and len(table.rows) >= _LEAST_ROWS:
        message = _("表格没有表头行，跨页时不会重复表头。")
        yield _at(table.place, "figures.table_head", Seriousness.SHOULD, message)


def _at(place: str, rule: str, how: Seriousness, message: Text) -> Slip:
    return Slip(Kind.FIGURES, rule, how, place, 0, 0, message)
