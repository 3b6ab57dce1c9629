"""Illustrations for the demonstration cases, drawn by code: same name, same picture, no font needed."""

from collections.abc import Callable

from webapp.demo.pictures import indoors, outdoors, streets, workplaces
from webapp.demo.pictures.canvas import Canvas

SCENES: dict[str, Callable[[Canvas], None]] = (
    outdoors.SCENES | streets.SCENES | indoors.SCENES | workplaces.SCENES
)


def draw(name: str) -> bytes:
    """The picture `name` (`terraces`, or `terraces-2` for another look of it) as JPEG, 1600 x 1067 pixels.

    Raises:
        KeyError: there is no such scene.
    """
    stem, _dash, number = name.rpartition("-")
    other = int(number) if number.isdigit() else 1
    scene = SCENES[stem if number.isdigit() else name]
    canvas = Canvas(name)
    scene(canvas)
    return canvas.jpeg(mirrored=other % 2 == 0)
