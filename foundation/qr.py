"""QR codes, for paper and for pages."""

from collections.abc import Iterator
from io import BytesIO

import segno
from markupsafe import Markup


def svg(text: str) -> Markup:
    """The code as an inline picture that takes the size its place gives it; its text goes beside it."""
    code = segno.make_qr(text, error="m")
    return Markup(code.svg_inline(border=4, omitsize=True, svgclass="qr", lineclass=None, light="#fff"))  # noqa: S704  # drawn by us: numbers only


def png(text: str) -> bytes:
    """The code as a picture for documents, with its quiet zone."""
    out = BytesIO()
    segno.make_qr(text, error="m").save(out, kind="png", scale=8, border=2)
    return out.getvalue()


def bars(text: str) -> tuple[int, Iterator[tuple[int, int, int]]]:
    """The side in modules without the quiet zone, and each dark run as (column, row, length)."""
    matrix = segno.make_qr(text, error="m").matrix
    return len(matrix), _runs(matrix)


def _runs(matrix: tuple[bytearray, ...]) -> Iterator[tuple[int, int, int]]:
    for row, modules in enumerate(matrix):
        start = None
        for column, dark in enumerate([*modules, 0]):
            if dark and start is None:
                start = column
            elif not dark and start is not None:
                yield start, row, column - start
                start = None
