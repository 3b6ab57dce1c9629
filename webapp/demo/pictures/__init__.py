"""Illustrations for the demonstration cases, drawn by code: same name, same picture, no font needed."""

from collections.abc import Callable

from webapp.demo.pictures import indoors, outdoors, streets, workplaces
from webapp.demo.pictures.canvas import Canvas, Look

SCENES: dict[str, Callable[[Canvas], None]] = (
    outdoors.SCENES | streets.SCENES | indoors.SCENES | workplaces.SCENES
)
LOOKS = (
    Look(),
    Look(mirrored=True),
    Look(left=0, top=0.3, share=0.7),
    Look(left=0.3, top=0.28, share=0.7, mirrored=True),
    Look(left=0.12, top=0, share=0.6),
    Look(left=0.38, top=0.3, share=0.62),
)
"""How the first, second, ... picture of a scene is seen: none is taken for a copy of another."""


def draw(name: str) -> bytes:
    """The picture `name` (`terraces`, or `terraces-2` for another look of it) as JPEG, 1600 x 1067 pixels.

    Raises:
        KeyError: there is no such scene.
        IndexError: there is no such look.
    """
    stem, _dash, number = name.rpartition("-")
    look = LOOKS[int(number) - 1 if number.isdigit() else 0]
    scene = SCENES[stem if number.isdigit() else name]
    canvas = Canvas(name)
    scene(canvas)
    return canvas.jpeg(look)
