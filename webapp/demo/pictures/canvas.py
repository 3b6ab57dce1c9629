"""A drawing surface of flat colour and soft light, in units of a 1600 x 1067 picture."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from random import Random

from PIL import Image, ImageColor, ImageDraw, ImageOps

WIDTH, HEIGHT = 1600, 1067
SCALE = 2  # drawn twice as large and reduced: smooth edges
QUALITY = 88

Point = tuple[float, float]
Colour = str

SKIN = ("#e8b993", "#d9a379", "#f0c7a2", "#c98f68")
HAIR = ("#2b2421", "#3a2f2a", "#6d6460", "#201c1b")
SHIRTS = ("#c0392b", "#2e6f95", "#e0a030", "#4f7d4a", "#7a5a8c", "#3f5268", "#b96b4b", "#5c8f8a")


def rgb(colour: Colour) -> tuple[int, int, int]:
    found = ImageColor.getrgb(colour)
    return found[0], found[1], found[2]


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """`share` of the other colour in the one."""
    pairs = zip(rgb(one), rgb(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


@dataclass(frozen=True, slots=True)
class Look:
    """Which part of the drawing is seen: a corner and a share of its sides; and whether as in a mirror."""

    left: float = 0
    top: float = 0
    share: float = 1
    mirrored: bool = False


class Canvas:
    """One picture in the making. `random` is seeded by the picture's name."""

    def __init__(self, seed: str) -> None:
        self.random = Random(seed)  # noqa: S311  # the same picture every time, no secret
        self.image = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), "#ffffff")
        self.pen = ImageDraw.Draw(self.image)

    # --- shapes ----------------------------------------------------------------------------------

    def gradient(self, x: float, y: float, w: float, h: float, top: Colour, bottom: Colour) -> None:
        strip = Image.new("RGB", (1, 2))
        strip.putpixel((0, 0), rgb(top))
        strip.putpixel((0, 1), rgb(bottom))
        box = (round(x * SCALE), round(y * SCALE))
        tall = strip.resize((1, max(1, round(h * SCALE))), Image.Resampling.BILINEAR, box=(0, 0.5, 1, 1.5))
        wide = (max(1, round(w * SCALE)), tall.height)
        self.image.paste(tall.resize(wide, Image.Resampling.NEAREST), box)

    def background(self, top: Colour, bottom: Colour) -> None:
        self.gradient(0, 0, WIDTH, HEIGHT, top, bottom)

    def poly(self, points: Sequence[Point], fill: Colour) -> None:
        self.pen.polygon([(x * SCALE, y * SCALE) for x, y in points], fill=fill)

    def rect(self, x: float, y: float, w: float, h: float, fill: Colour, radius: float = 0) -> None:
        box = (x * SCALE, y * SCALE, (x + w) * SCALE, (y + h) * SCALE)
        if radius:
            self.pen.rounded_rectangle(box, radius=radius * SCALE, fill=fill)
        else:
            self.pen.rectangle(box, fill=fill)

    def oval(self, x: float, y: float, rx: float, ry: float, fill: Colour) -> None:
        self.pen.ellipse(((x - rx) * SCALE, (y - ry) * SCALE, (x + rx) * SCALE, (y + ry) * SCALE), fill=fill)

    def disc(self, x: float, y: float, r: float, fill: Colour) -> None:
        self.oval(x, y, r, r, fill)

    def bush(self, x: float, y: float, rx: float, ry: float, fill: Colour) -> None:
        """The upper half of an oval."""
        box = ((x - rx) * SCALE, (y - ry) * SCALE, (x + rx) * SCALE, (y + ry) * SCALE)
        self.pen.pieslice(box, 180, 360, fill=fill)

    def line(self, points: Sequence[Point], fill: Colour, width: float) -> None:
        scaled = [(x * SCALE, y * SCALE) for x, y in points]
        self.pen.line(scaled, fill=fill, width=round(width * SCALE), joint="curve")

    def glow(self, x: float, y: float, r: float, colour: Colour, strength: float = 0.6) -> None:
        """Light that fades out at the distance `r`."""
        mask = Image.radial_gradient("L").point(lambda v: int(max(0.0, 1 - v / 181) ** 1.6 * 255 * strength))
        side = round(2 * r * SCALE)
        mask = mask.resize((side, side), Image.Resampling.BILINEAR)
        corner = (round((x - r) * SCALE), round((y - r) * SCALE))
        self.image.paste(rgb(colour), (*corner, corner[0] + side, corner[1] + side), mask)

    def veil(self, points: Sequence[Point], colour: Colour, strength: float) -> None:
        """A translucent area: a beam of light, glass, a shadow."""
        xs, ys = [p[0] * SCALE for p in points], [p[1] * SCALE for p in points]
        left, top = round(min(xs)), round(min(ys))
        size = (max(1, round(max(xs)) - left), max(1, round(max(ys)) - top))
        mask = Image.new("L", size, 0)
        ImageDraw.Draw(mask).polygon(
            [(x - left, y - top) for x, y in zip(xs, ys, strict=True)], fill=round(255 * strength)
        )
        self.image.paste(rgb(colour), (left, top, left + size[0], top + size[1]), mask)

    # --- landscape -------------------------------------------------------------------------------

    def sun(self, x: float, y: float, r: float, colour: Colour = "#fff3c9") -> None:
        self.glow(x, y, r * 6, colour, 0.55)
        self.disc(x, y, r, colour)

    def ridge(self, y: float, height: float, fill: Colour, step: float = 160) -> None:
        """A line of hills across the picture, filled to the bottom edge."""
        points: list[Point] = []
        x = -step
        while x < WIDTH + 2 * step:
            points.append((x, y - self.random.uniform(0.15, 1) * height))
            x += step * self.random.uniform(0.7, 1.3)
        self.poly([*smooth(points), (WIDTH + step, HEIGHT), (-step, HEIGHT)], fill)

    def cloud(self, x: float, y: float, w: float, fill: Colour = "#ffffff") -> None:
        for dx, dy, size in ((0, 0, 0.2), (-0.24, 0.04, 0.14), (0.24, 0.03, 0.16), (0.05, -0.07, 0.15)):
            self.oval(x + dx * w, y + dy * w, size * w, size * w * 0.55, fill)

    def tree(self, x: float, y: float, h: float, fill: Colour = "#4d7c48") -> None:
        self.rect(x - h * 0.035, y - h * 0.45, h * 0.07, h * 0.45, "#6b4b37")
        self.oval(x, y - h * 0.66, h * 0.27, h * 0.34, fill)
        self.oval(x - h * 0.1, y - h * 0.72, h * 0.16, h * 0.2, mix(fill, "#ffffff", 0.13))

    def house(self, x: float, y: float, w: float, h: float, wall: Colour, roof: Colour) -> None:
        """A house standing on `y`, with tiled roof, door and two windows."""
        self.rect(x, y - h * 0.62, w, h * 0.62, wall)
        self.poly([(x - w * 0.08, y - h * 0.6), (x + w * 0.12, y - h), (x + w * 0.88, y - h),
                   (x + w * 1.08, y - h * 0.6)], roof)  # fmt: skip
        self.poly([(x - w * 0.08, y - h * 0.6), (x + w * 1.08, y - h * 0.6), (x + w * 1.08, y - h * 0.56),
                   (x - w * 0.08, y - h * 0.56)], mix(roof, "#000000", 0.3))  # fmt: skip
        self.rect(x + w * 0.42, y - h * 0.36, w * 0.16, h * 0.36, "#7b4a35")
        for left in (0.13, 0.7):
            self.rect(x + w * left, y - h * 0.42, w * 0.17, h * 0.19, "#a8c4cf")
            self.rect(x + w * (left + 0.077), y - h * 0.42, w * 0.016, h * 0.19, wall)

    # --- rooms -----------------------------------------------------------------------------------

    def room(self, wall: Colour, floor: Colour, horizon: float = 700) -> None:
        self.gradient(0, 0, WIDTH, horizon, mix(wall, "#ffffff", 0.25), mix(wall, "#000000", 0.05))
        self.gradient(
            0, horizon, WIDTH, HEIGHT - horizon, mix(floor, "#000000", 0.14), mix(floor, "#ffffff", 0.14)
        )
        self.rect(0, horizon - 14, WIDTH, 14, mix(wall, "#000000", 0.2))

    def window(self, x: float, y: float, w: float, h: float, sky: Colour = "#bfe0ee", panes: int = 2) -> None:
        self.rect(x - 12, y - 12, w + 24, h + 24, "#f6f1e7", 6)
        self.gradient(x, y, w, h, sky, mix(sky, "#ffffff", 0.6))
        self.bush(x + w * 0.32, y + h, w * 0.3, h * 0.24, mix("#7fae7a", sky, 0.35))
        self.rect(x, y + h - 2, w, 14, "#f6f1e7")
        for each in range(1, panes):
            self.rect(x + w * each / panes - 5, y, 10, h, "#f6f1e7")
        self.veil([(x, y), (x + w * 0.35, y), (x + w * 0.1, y + h), (x - 0, y + h)], "#ffffff", 0.25)

    def lamp(self, x: float, y: float, drop: float = 120) -> None:
        self.line([(x, 0), (x, y)], "#5a5550", 4)
        self.poly([(x - 46, y + 34), (x - 18, y), (x + 18, y), (x + 46, y + 34)], "#4b4641")
        self.oval(x, y + 36, 34, 9, "#fff0bd")
        self.glow(x, y + drop, 260, "#fff0c4", 0.4)

    def table(self, x: float, y: float, w: float, h: float, fill: Colour) -> None:
        """A table whose top lies at `y`."""
        dark = mix(fill, "#000000", 0.3)
        self.poly([(x + 26, y), (x + w - 26, y), (x + w, y + 34), (x, y + 34)], fill)
        self.rect(x, y + 34, w, 16, dark)
        for leg in (x + 18, x + w - 34):
            self.rect(leg, y + 50, 16, h - 50, dark)

    def board(self, x: float, y: float, w: float, h: float, fill: Colour, frame: Colour = "#8a6a4c") -> None:
        self.rect(x - 14, y - 14, w + 28, h + 28, frame, 6)
        self.rect(x, y, w, h, fill)

    def scribble(self, x: float, y: float, w: float, rows: int, fill: Colour, gap: float = 34) -> None:
        """Lines that read as writing from afar."""
        for row in range(rows):
            at = x
            end = x + w * self.random.uniform(0.6, 1)
            while at < end:
                length = self.random.uniform(18, 70)
                self.rect(at, y + row * gap, min(length, end - at), gap * 0.28, fill, 4)
                at += length + 14

    # --- people ----------------------------------------------------------------------------------

    def person(self, x: float, y: float, h: float, shirt: Colour = "", *, pin: bool = False) -> None:
        """Somebody standing on `y`, `h` tall, faceless as in a poster."""
        shirt = shirt or self.random.choice(SHIRTS)
        skin, hair = self.random.choice(SKIN), self.random.choice(HAIR)
        trousers = self.random.choice(("#34404d", "#4a4038", "#2d3b44", "#55606b"))
        self.oval(x, y, h * 0.17, h * 0.025, mix("#000000", "#8d8778", 0.55))
        for side in (-1, 1):
            self.rect(x + side * h * 0.052 - h * 0.045, y - h * 0.46, h * 0.09, h * 0.46, trousers, h * 0.03)
            self.line([(x + side * h * 0.115, y - h * 0.76), (x + side * h * 0.15, y - h * 0.46)],
                      mix(shirt, "#000000", 0.14), h * 0.062)  # fmt: skip
            self.disc(x + side * h * 0.152, y - h * 0.44, h * 0.034, skin)
        self.rect(x - h * 0.125, y - h * 0.82, h * 0.25, h * 0.42, shirt, h * 0.06)
        self._head(x, y - h * 0.9, h, skin, hair)
        if pin:
            self.disc(x + h * 0.06, y - h * 0.72, h * 0.016, "#d22f27")

    def sitter(self, x: float, y: float, h: float, shirt: Colour = "") -> None:
        """Somebody behind a table or a chair's back, seen from the chest up; `y` is where the body ends."""
        shirt = shirt or self.random.choice(SHIRTS)
        skin, hair = self.random.choice(SKIN), self.random.choice(HAIR)
        self.rect(x - h * 0.24, y - h * 0.56, h * 0.48, h * 0.56, shirt, h * 0.16)
        self._head(x, y - h * 0.72, h * 1.9, skin, hair)

    def behind(self, x: float, y: float, h: float, shirt: Colour = "") -> None:
        """A listener seen from behind."""
        shirt = shirt or self.random.choice(SHIRTS)
        self.rect(x - h * 0.26, y - h * 0.52, h * 0.52, h * 0.54, shirt, h * 0.17)
        self.rect(x - h * 0.06, y - h * 0.62, h * 0.12, h * 0.14, self.random.choice(SKIN))
        self.oval(x, y - h * 0.76, h * 0.165, h * 0.2, self.random.choice(HAIR))

    def _head(self, x: float, y: float, h: float, skin: Colour, hair: Colour) -> None:
        self.rect(x - h * 0.03, y + h * 0.03, h * 0.06, h * 0.07, mix(skin, "#000000", 0.12))
        self.disc(x, y, h * 0.075, hair)
        self.oval(x, y + h * 0.015, h * 0.062, h * 0.066, skin)
        self.bush(x, y - h * 0.0125, h * 0.077, h * 0.0725, hair)

    # --- result ----------------------------------------------------------------------------------

    def jpeg(self, look: Look) -> bytes:
        out = io.BytesIO()
        picture = self.image.reduce(SCALE) if look.share == 1 else self._part(look)
        if look.mirrored:
            picture = ImageOps.mirror(picture)
        picture.save(out, "JPEG", quality=QUALITY, subsampling=0)
        return out.getvalue()

    def _part(self, look: Look) -> Image.Image:
        width, height = self.image.size
        left, top = look.left * width, look.top * height
        box = (left, top, left + look.share * width, top + look.share * height)
        return self.image.resize((WIDTH, HEIGHT), Image.Resampling.BILINEAR, box=box)


def smooth(points: Sequence[Point], rounds: int = 3) -> list[Point]:
    """Corners cut by Chaikin's method: a soft line through the same neighbourhood."""
    line = list(points)
    for _round in range(rounds):
        cut: list[Point] = [line[0]]
        for (ax, ay), (bx, by) in pairwise(line):
            cut.append((ax * 0.75 + bx * 0.25, ay * 0.75 + by * 0.25))
            cut.append((ax * 0.25 + bx * 0.75, ay * 0.25 + by * 0.75))
        line = [*cut, line[-1]]
    return line
