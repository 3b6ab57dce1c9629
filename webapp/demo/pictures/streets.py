"""Streets, yards and stairways."""

from collections.abc import Callable

from webapp.demo.pictures.canvas import HEIGHT, WIDTH, Canvas, Colour, mix


def flats(c: Canvas, x: float, y: float, w: float, floors: int, wall: Colour, *, lit: float = 0.0) -> None:
    """A block of flats standing on `y`; `lit` is the share of windows with light."""
    each = 92
    c.rect(x, y - floors * each - 24, w, floors * each + 24, wall)
    c.rect(x - 10, y - floors * each - 40, w + 20, 24, mix(wall, "#000000", 0.25))
    columns = max(2, int(w // 84))
    for floor in range(floors):
        top = y - (floor + 1) * each + 16
        for column in range(columns):
            left = x + (column + 0.5) * w / columns - 24
            glass = "#ffdf94" if c.random.random() < lit else mix("#86aabc", wall, 0.15)
            c.rect(left, top, 48, 46, glass)
            c.rect(left + 22, top, 4, 46, mix(wall, "#ffffff", 0.4))
            c.rect(left - 5, top + 46, 58, 6, mix(wall, "#000000", 0.2))


def elevator(c: Canvas) -> None:
    c.background("#9cc9df", "#f4ead2")
    c.cloud(1220, 150, 300)
    c.cloud(260, 120, 240)
    flats(c, 1180, 860, 420, 5, "#cfc3b0")
    flats(c, 140, 880, 820, 6, "#dcc9a8")
    c.rect(960, 250, 190, 630, "#5b6b78")
    c.rect(974, 262, 162, 618, "#a9c8d6")
    for floor in range(7):
        c.rect(960, 250 + floor * 105, 190, 10, "#46545f")
    c.rect(990, 470, 130, 150, "#f6e7b8", 4)
    c.glow(1055, 540, 150, "#fff0c0", 0.6)
    c.sitter(1030, 620, 62)
    c.sitter(1080, 620, 62, "#c0392b")
    for floor in range(5):
        c.rect(926, 380 + floor * 92, 40, 14, "#7c8791")
    c.gradient(0, 880, WIDTH, 187, "#9b958a", "#b8b2a5")
    c.rect(120, 874, 860, 12, "#6f8c58")
    c.tree(90, 890, 330, "#5d8a50")
    c.tree(1260, 890, 260, "#6b9a59")
    for x, h in ((620, 170), (700, 178), (880, 182)):
        c.person(x, 990, h)
    c.person(1040, 1000, 186, "#c0392b", pin=True)


def couriers(c: Canvas) -> None:
    c.background("#a6d3e4", "#f9edd3")
    flats(c, -60, 720, 380, 6, "#c8b8a2")
    flats(c, 1330, 720, 340, 7, "#b9a993")
    c.rect(380, 330, 860, 400, "#f3ecdf")
    c.rect(360, 300, 900, 60, "#c0392b", 8)
    c.gradient(420, 400, 520, 330, "#cfe6ec", "#eef6f4")
    for x in (420, 590, 760, 930):
        c.rect(x, 400, 10, 330, "#f3ecdf")
    for x in (510, 680, 850):
        c.sitter(x, 730, 150)
    c.rect(980, 420, 200, 310, "#4f6d7a", 6)
    for row in range(5):
        for column in range(3):
            c.rect(994 + column * 60, 436 + row * 58, 52, 48, "#3c5560", 4)
            c.disc(1034 + column * 60, 446 + row * 58, 5, c.random.choice(("#7fd08a", "#f2c14e")))
    c.gradient(0, 730, WIDTH, 337, "#9a948a", "#c0b9ac")
    for x, tone in ((180, "#e0a030"), (640, "#2e6f95"), (1080, "#e0a030")):
        scooter(c, x, 960, tone)
    c.person(470, 980, 236, "#e0a030")
    c.person(560, 986, 228, "#2e6f95", pin=True)
    c.person(960, 980, 232, "#e0a030")
    c.tree(1490, 860, 380, "#5d8a50")


def scooter(c: Canvas, x: float, y: float, tone: Colour) -> None:
    for wheel in (x, x + 190):
        c.disc(wheel, y, 46, "#2a2927")
        c.disc(wheel, y, 22, "#a09a90")
    c.poly([(x, y - 10), (x + 60, y - 70), (x + 170, y - 70), (x + 190, y - 10)], "#e9e5db")
    c.line([(x + 190, y), (x + 226, y - 150)], "#4b4641", 14)
    c.line([(x + 196, y - 152), (x + 256, y - 160)], "#2a2927", 12)
    c.rect(x + 30, y - 92, 100, 22, "#2a2927", 10)
    c.rect(x - 40, y - 196, 112, 108, tone, 8)
    c.rect(x - 40, y - 160, 112, 12, mix(tone, "#ffffff", 0.4))


def stair_meeting(c: Canvas) -> None:
    c.room("#d7cfc0", "#a79d8d", 760)
    c.window(150, 120, 330, 400, "#cfe4ea")
    c.poly([(900, 760), (1600, 250), (1600, 380), (1000, 820)], "#b7ad9d")
    for n in range(9):
        x, y = 940 + n * 78, 770 - n * 57
        c.rect(x, y - 24, 92, 24, "#c8bfb0")
        c.rect(x, y, 92, 340, mix("#b1a696", "#8f8576", n / 10))
    c.line([(900, 640), (1600, 140)], "#7b4a35", 16)
    for n in range(10):
        c.line([(920 + n * 76, 630 - n * 54), (920 + n * 76, 780 - n * 54)], "#8d6c55", 6)
    c.board(600, 200, 250, 300, "#fbf8ef", "#9a7350")
    c.scribble(626, 230, 200, 7, "#8a8f96", 36)
    c.rect(626, 226, 120, 10, "#c0392b")
    c.lamp(760, 90, 200)
    c.person(1180, 640, 200)
    c.person(1020, 770, 230)
    for x, y in ((240, 960), (420, 1000), (640, 1010), (830, 970)):
        c.rect(x - 50, y - 36, 100, 16, "#8a6a4c", 4)
        c.rect(x - 40, y - 20, 10, 60, "#6b4b37")
        c.rect(x + 30, y - 20, 10, 60, "#6b4b37")
        c.sitter(x, y - 30, 200)
    c.person(540, 900, 250, "#c0392b", pin=True)


def alley(c: Canvas) -> None:
    c.background("#bcd9e2", "#f6ecd6")
    c.poly([(0, 0), (560, 250), (560, 760), (0, HEIGHT)], "#b7a48c")
    c.poly([(WIDTH, 0), (980, 250), (980, 760), (WIDTH, HEIGHT)], "#a8957e")
    c.poly([(560, 760), (980, 760), (1420, HEIGHT), (180, HEIGHT)], "#c7bcaa")
    for n in range(7):
        share = n / 6
        y = 770 + share**1.6 * 290
        c.line([(560 - 380 * (y - 760) / 307, y), (980 + 440 * (y - 760) / 307, y)], "#ada290", 3)
    c.rect(690, 420, 170, 340, "#d9cdb6")
    c.poly([(660, 430), (700, 360), (850, 360), (890, 430)], "#56626a")
    c.rect(740, 560, 70, 200, "#7b4a35")
    for side in (0, 1):
        for n in range(4):
            near, far = 60 + n * 135, 150 + n * 135
            xa, xb = (near, far) if side == 0 else (WIDTH - near, WIDTH - far)
            slope = 250 / 560 if side == 0 else 250 / 620
            ta = 120 + near * slope * 1.15
            tb = 120 + far * slope * 1.15
            c.poly([(xa, ta + 160), (xb, tb + 150), (xb, tb + 300), (xa, ta + 330)], "#6f8fa0")
    for n in range(5):
        x, y, s = 70 + n * 100, 640 + n * 10, 1.5 - n * 0.2
        c.rect(x, y, 54 * s, 40 * s, "#a8593f", 8)
        for leaf in (-0.2, 0.3, 0.8):
            c.oval(x + 54 * s * leaf + 10, y - 16 * s, 18 * s, 26 * s, "#5f8f4f")
    for n in range(4):
        c.line([(1480 - n * 110, 560 + n * 16), (1430 - n * 100, 740 + n * 4)], "#7b5b3f", 9)
    c.rect(1220, 640, 76, 110, "#c0392b", 6)
    c.poly([(620, 900), (900, 900), (930, 930), (590, 930)], "#8d6c4b")
    c.rect(690, 856, 130, 48, "#e8dcc3", 18)
    for x, y, h, pin in ((600, 1010, 300, True), (920, 1010, 296, False), (650, 900, 230, False)):
        c.person(x, y, h, "#c0392b" if pin else "", pin=pin)
    c.person(890, 900, 226)


def ramp(c: Canvas) -> None:
    c.background("#a9d5e6", "#fbf0da")
    c.rect(0, 170, WIDTH, 560, "#e6d6bd")
    for n, tone in enumerate(("#c0392b", "#4f7d4a", "#2e6f95")):
        x = 60 + n * 520
        c.rect(x, 210, 440, 70, tone, 8)
        c.gradient(x + 30, 310, 380, 420, "#cfe6ec", "#eef5f2")
        c.rect(x + 214, 310, 12, 420, "#e6d6bd")
    for n in range(5):
        c.rect(100 + n * 68, 600, 56, 60, c.random.choice(("#7fae55", "#d9534f", "#f0ad4e", "#8e6bbf")), 16)
    c.rect(0, 730, WIDTH, 40, "#b9ad9a")
    c.gradient(0, 770, WIDTH, 297, "#a79f92", "#c8c0b2")
    c.poly([(620, 732), (1000, 732), (1180, 880), (760, 880)], "#e2a32b")
    for n in range(6):
        c.line([(650 + n * 20, 752 + n * 22), (1000 + n * 26, 752 + n * 22)], "#c4871c", 4)
    c.rect(1180, 640, 14, 200, "#7c8791")
    c.line([(1010, 620), (1194, 650)], "#7c8791", 12)
    c.disc(830, 880, 78, "#34404d")
    c.disc(830, 880, 62, "#c8c0b2")
    c.disc(926, 930, 26, "#34404d")
    c.line([(790, 760), (790, 850), (900, 850), (930, 930)], "#34404d", 12)
    c.sitter(836, 850, 190, "#2e6f95")
    c.rect(836, 820, 96, 40, "#4a4038", 16)
    c.rect(906, 830, 30, 90, "#4a4038", 12)
    c.person(620, 980, 290, "#c0392b", pin=True)
    c.person(500, 970, 276)
    c.rect(560, 830, 46, 62, "#fbfaf5", 4)


def tower_blocks(c: Canvas) -> None:
    c.background("#89bfdc", "#f3ecd8")
    c.cloud(300, 140, 300)
    c.cloud(1250, 200, 260)
    flats(c, 60, 800, 260, 7, "#cdbba2")
    flats(c, 400, 780, 300, 8, "#d9c8ad")
    flats(c, 1230, 800, 300, 7, "#c7b49a")
    flats(c, 860, 780, 260, 8, "#d3c1a6")
    c.gradient(0, 790, WIDTH, 277, "#8fb06c", "#a8c47f")
    c.poly([(640, HEIGHT), (760, 790), (860, 790), (1100, HEIGHT)], "#d8cdb8")
    for x, h in ((120, 250), (330, 210), (1180, 230), (1460, 280)):
        c.tree(x, 900, h, "#5d8a50")
    c.rect(180, 900, 190, 110, "#c0392b", 10)
    c.rect(200, 880, 150, 24, "#8d2f2a", 8)
    c.rect(520, 930, 120, 14, "#8a6a4c")
    c.rect(530, 944, 12, 40, "#6b4b37")
    c.rect(620, 944, 12, 40, "#6b4b37")
    for x, y, h in ((780, 920, 150), (840, 930, 160), (960, 1010, 210), (1060, 1010, 206)):
        c.person(x, y, h)


def office_park(c: Canvas) -> None:
    c.background("#7fb7dc", "#f1eede")
    c.cloud(1180, 150, 320)
    for x, w, top in ((120, 360, 260), (1080, 400, 200)):
        c.gradient(x, top, w, 520, "#5d8fb0", "#a9cbd8")
        for row in range(8):
            c.rect(x, top + row * 65, w, 7, "#e8eef0")
        for column in range(6):
            c.rect(x + column * w / 5 - 3, top, 6, 520, "#e8eef0")
    c.gradient(460, 470, 660, 310, "#cfe6ec", "#f2f7f5")
    c.rect(440, 440, 700, 36, "#4b5a66", 6)
    for x in range(460, 1121, 110):
        c.rect(x - 4, 470, 8, 310, "#4b5a66")
    for row, y in enumerate((650, 740)):
        c.table(520 + row * 10, y, 560, 60, "#c69a6b")
        for x in range(580, 1060, 92):
            c.sitter(x, y + 4, 96)
    c.gradient(0, 780, WIDTH, 287, "#93ad74", "#b7c796")
    c.poly([(620, HEIGHT), (740, 780), (840, 780), (980, HEIGHT)], "#ddd5c5")
    for x in (70, 1540, 380, 1200):
        c.tree(x, 900, 260, "#5d8a50")
    c.person(700, 1000, 200, "#3f5268")
    c.person(880, 1000, 204, "#c0392b", pin=True)
    c.person(300, 1010, 196)


def bus_night(c: Canvas) -> None:
    c.background("#131d36", "#3d4668")
    flats(c, 40, 700, 300, 5, "#2a3350", lit=0.35)
    flats(c, 380, 680, 240, 6, "#242d49", lit=0.3)
    flats(c, 1330, 700, 280, 6, "#2a3350", lit=0.4)
    c.gradient(0, 700, WIDTH, 367, "#2d3242", "#474c58")
    for n in range(6):
        c.rect(60 + n * 290, 950, 150, 12, "#cfcab8")
    c.rect(330, 420, 860, 400, "#2b7a78", 34)
    c.rect(330, 640, 860, 60, "#f4f1e8")
    for n in range(5):
        c.gradient(370 + n * 150, 460, 128, 150, "#ffe9ad", "#fff6dd")
        if n not in (3,):
            c.sitter(434 + n * 150, 610, 112)
    c.gradient(1100, 460, 78, 190, "#dcecef", "#fff6dd")
    c.rect(960, 460, 104, 340, "#e9dfbd", 4)
    c.rect(1008, 460, 8, 340, "#2b7a78")
    for wheel in (500, 1010):
        c.disc(wheel, 826, 62, "#17181b")
        c.disc(wheel, 826, 28, "#8b8f94")
    c.glow(1190, 760, 330, "#fff2c4", 0.7)
    c.glow(760, 560, 460, "#ffe9ad", 0.25)
    c.rect(1330, 400, 14, 500, "#8b979f")
    c.rect(1270, 380, 210, 24, "#8b979f", 6)
    c.disc(1337, 360, 20, "#ffdf6b")
    c.glow(1337, 360, 240, "#ffdf6b", 0.8)
    c.person(1270, 960, 220, "#7a5a8c")
    c.person(1400, 960, 226, "#b96b4b")


def dormitory(c: Canvas) -> None:
    c.background("#3b4a6d", "#c7b3a6")
    c.ridge(560, 90, "#56617c", 260)
    flats(c, 180, 860, 940, 6, "#a6705a", lit=0.55)
    c.rect(560, 700, 190, 160, "#ffe2a1")
    c.glow(655, 770, 260, "#ffe2a1", 0.6)
    c.rect(540, 680, 230, 26, "#7a4c3b")
    c.gradient(0, 860, WIDTH, 207, "#8b8b93", "#b9b6b5")
    c.tree(1250, 880, 380, "#59694f")
    c.tree(90, 890, 280, "#59694f")
    for _flake in range(190):
        c.disc(c.random.uniform(0, WIDTH), c.random.uniform(0, HEIGHT), c.random.uniform(1.5, 4), "#f6f7fa")
    for x, shirt in ((600, "#c0392b"), (700, "#2e6f95"), (980, "#e0a030"), (1070, "#4f7d4a")):
        c.person(x, 990, 200, shirt)
    c.rect(1180, 900, 84, 60, "#d9a441", 8)


def market(c: Canvas) -> None:
    c.background("#d9d2c2", "#efe6d3")
    for n in range(9):
        c.rect(n * 190 - 20, 0, 12, 260, "#9aa0a2")
    c.poly([(0, 90), (WIDTH, 90), (WIDTH, 140), (0, 140)], "#aab0b0")
    c.gradient(0, 640, WIDTH, 427, "#8f948f", "#b6b8b0")
    for n, tone in enumerate(("#c0392b", "#2e6f95", "#4f7d4a", "#e0a030")):
        x = 30 + n * 395
        for stripe in range(6):
            c.poly([(x + stripe * 58, 250), (x + stripe * 58 + 58, 250), (x + stripe * 58 + 64, 340),
                    (x + stripe * 58 + 6, 340)], tone if stripe % 2 == 0 else "#f5f0e4")  # fmt: skip
        c.rect(x + 6, 340, 8, 300, "#7c746a")
        c.rect(x + 340, 340, 8, 300, "#7c746a")
        c.sitter(x + 110 + n * 20, 570, 170)
        c.poly([(x - 6, 640), (x + 20, 560), (x + 330, 560), (x + 356, 640)], "#9a7350")
        for each in range(26):
            colours = (("#e9e4d6", "#c9c2b0"), ("#8fb7c4", "#5f8fa0"), ("#7fae55", "#4f7d4a"),
                       ("#e2763c", "#f0b23f"))[n]  # fmt: skip
            c.disc(x + 36 + each % 13 * 23, 584 + each // 13 * 28, 14, c.random.choice(colours))
        c.rect(x - 6, 640, 362, 70, "#7b5b3f")
        c.rect(x + 250, 500, 84, 58, "#fbfaf5", 4)
        c.scribble(x + 260, 512, 60, 2, "#6c6c68", 22)
    c.poly([(0, 716), (WIDTH, 716), (WIDTH, 734), (0, 734)], "#efc220")
    for x, y, h in ((260, 960, 270), (400, 980, 280), (1130, 960, 276), (1330, 1000, 290)):
        c.person(x, y, h)
    c.person(700, 980, 284, "#c0392b", pin=True)
    c.person(820, 980, 278, "#5c8f8a")


SCENES: dict[str, Callable[[Canvas], None]] = {
    "elevator": elevator,
    "couriers": couriers,
    "stair-meeting": stair_meeting,
    "alley": alley,
    "ramp": ramp,
    "tower-blocks": tower_blocks,
    "office-park": office_park,
    "bus-night": bus_night,
    "dormitory": dormitory,
    "market": market,
}
