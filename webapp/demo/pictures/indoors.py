"""Halls, classrooms, shelves and tables."""

from collections.abc import Callable
from itertools import combinations

from webapp.demo.pictures.canvas import HEIGHT, WIDTH, Canvas, mix

BOOKS = ("#a8453a", "#2e6f95", "#d9a441", "#4f7d4a", "#7a5a8c", "#e8dcc3", "#3f5268", "#b96b4b")


def chart_board(c: Canvas) -> None:
    c.room("#dfe3dc", "#b59b7b", 800)
    c.board(260, 120, 1080, 560, "#fdfcf7", "#9a7350")
    left, bottom = 360, 600
    c.rect(left, 190, 6, bottom - 190, "#8a8f96")
    c.rect(left, bottom, 560, 6, "#8a8f96")
    tall = 360.0
    for n in range(7):
        c.rect(left + 30 + n * 76, bottom - tall, 46, tall, mix("#c0392b", "#e0a030", n / 7), 4)
        tall *= c.random.uniform(0.72, 0.88)
    c.line([(left + 50 + n * 76, 250 + n * 44 + c.random.uniform(-14, 14)) for n in range(7)], "#2e6f95", 8)
    c.scribble(980, 200, 300, 10, "#9aa0a6", 40)
    for n in range(4):
        c.rect(980 + n * 76, 600, 56, 40, ("#f7d774", "#f3b0a2", "#b9d7a8", "#aed0e6")[n])
    c.lamp(800, 60, 150)
    c.table(180, 850, 520, 190, "#b98a5d")
    for n in range(4):
        c.rect(240 + n * 92, 836, 70, 20, "#fbfaf5", 2)
    c.person(1130, 1030, 470, "#2e6f95", pin=True)
    c.line([(1090, 720), (960, 560)], "#7b5b3f", 9)
    c.behind(860, HEIGHT + 20, 300)
    c.behind(560, HEIGHT + 40, 300)


def lecture_room(c: Canvas) -> None:
    c.room("#d8dfdd", "#b08d66", 620)
    for x in (60, 1290):
        c.window(x, 120, 240, 360)
    c.board(440, 110, 720, 360, "#2f5b4c", "#8a6a4c")
    c.scribble(490, 160, 380, 6, "#cfe0d6", 46)
    c.poly([(930, 400), (1000, 220), (1090, 400)], "#5f8f7d")
    c.line([(930, 400), (1000, 220), (1090, 400), (930, 400)], "#e8f0ea", 6)
    c.table(640, 560, 330, 110, "#a9794d")
    c.person(1060, 690, 300, "#c0392b", pin=True)
    for row in range(4):
        y, size = 760 + row * 110, 110 + row * 42
        gap = size * 1.35
        count = int(WIDTH / gap) + 2
        for n in range(count):
            seat = 800 + (n - count / 2 + 0.5) * gap + (gap * 0.2 if row % 2 else 0)
            if c.random.random() < 0.84:
                c.behind(seat, y + 10, size * 1.15)
            wood = mix("#8a5a34", "#c08a58", row / 4)
            c.rect(seat - size * 0.42, y - size * 0.18, size * 0.84, size * 0.5, wood, 12)
        c.rect(0, y + size * 0.34, WIDTH, 12, "#7a5030")


def night_school(c: Canvas) -> None:
    c.room("#8f9496", "#6d665e", 640)
    for n in range(6):
        c.rect(n * 280, 0, 18, 640, "#6b7074")
    c.board(500, 130, 620, 330, "#f7f6ef", "#5a5f63")
    c.disc(700, 300, 96, "#cfd6da")
    c.disc(700, 300, 52, "#f7f6ef")
    c.line([(560, 300), (840, 300)], "#c0392b", 4)
    c.line([(700, 160), (700, 440)], "#c0392b", 4)
    c.scribble(880, 190, 200, 5, "#9aa0a6", 46)
    for x in (420, 800, 1200):
        c.lamp(x, 60, 180)
    c.table(560, 620, 420, 120, "#8d6a48")
    c.rect(620, 540, 190, 86, "#7d8387", 6)
    for n in range(5):
        c.disc(646 + n * 36, 540, 24, c.random.choice(("#5f666a", "#8b5a44", "#777d80")))
    c.person(1080, 760, 330, "#3e5a78", pin=True)
    for row in range(3):
        y, size = 830 + row * 120, 150 + row * 44
        for n in range(8):
            seat = 800 + (n - 3.5) * size * 1.36 + (30 if row % 2 else -20)
            c.behind(seat, y, size * 1.2, c.random.choice(("#3e5a78", "#46617d", "#4f6d7a", "#8a4b3c")))
            c.rect(seat - size * 0.46, y - 4, size * 0.92, size * 0.2, "#a07b52", 8)


def village_hall(c: Canvas) -> None:
    c.room("#e6d5b8", "#a98a66", 700)
    for x in (120, 560, 1000, 1440):
        c.rect(x - 26, 0, 52, 720, "#8d3b2e")
        c.rect(x - 40, 690, 80, 34, "#9a9186")
    c.rect(0, 60, WIDTH, 46, "#7b3328")
    for x in (340, 780, 1220):
        c.window(x - 130, 200, 260, 300, "#d4e6e4", 3)
    for x in (230, 450, 890, 1110, 1330):
        c.line([(x, 0), (x, 120)], "#5a4636", 3)
        c.oval(x, 150, 40, 34, "#d8342b")
        c.rect(x - 14, 112, 28, 8, "#e9b949")
        c.rect(x - 14, 182, 28, 8, "#e9b949")
        c.glow(x, 150, 120, "#ff9a6b", 0.35)
    c.table(300, 720, 1000, 150, "#9a6b42")
    for n in range(7):
        c.sitter(400 + n * 134, 724, 190)
    for n in range(6):
        c.rect(380 + n * 150, 730, 60, 20, "#fbfaf5", 2)
        c.rect(460 + n * 150, 708, 22, 30, "#e9eef0", 6)
    for n in range(6):
        x = 150 + n * 260
        c.rect(x - 90, 1000, 180, 20, "#7b5b3f", 4)
        c.behind(x, 1010, 240)


def round_table(c: Canvas) -> None:
    c.room("#dcd8cf", "#a58f74", 560)
    c.window(130, 90, 420, 320, "#c7dfe6", 3)
    c.board(980, 90, 480, 330, "#fdfcf7", "#8a6a4c")
    spots = [(1080, 180), (1240, 140), (1380, 220), (1330, 350), (1150, 360), (1060, 280)]
    for one, other in combinations(spots, 2):
        if c.random.random() < 0.6:
            c.line([one, other], "#d9a79f", 4)
    for spot in spots:
        c.disc(*spot, 22, c.random.choice(("#c0392b", "#2e6f95", "#e0a030", "#4f7d4a")))
    for x in (420, 620, 800, 980, 1180):
        c.sitter(x, 640, 230)
    c.oval(800, 800, 640, 210, "#7a5030")
    c.oval(800, 780, 640, 205, "#b98a5d")
    c.oval(800, 780, 360, 110, "#c99c70")
    for n in range(10):
        x, y = 330 + n * 105, 700 + (n % 5 - 2) ** 2 * 6
        c.rect(x, y, 62, 26, "#fbfaf5", 2)
    for x in (700, 860):
        c.rect(x, 740, 30, 44, "#e9eef0", 8)
    for x, y in ((240, 1000), (520, HEIGHT + 10), (820, HEIGHT + 30), (1110, HEIGHT + 10), (1380, 1000)):
        c.behind(x, y, 300)


def phone_meeting(c: Canvas) -> None:
    c.room("#cbd3d8", "#8f8272", 700)
    for n in range(14):
        c.rect(n * 120, 0, 6, 700, "#b4bec4")
    c.window(100, 150, 300, 260, "#f3c08a")
    c.rect(1180, 120, 340, 480, "#6b7074", 8)
    for n in range(2):
        c.rect(1200, 170 + n * 220, 300, 30, "#c9b08b", 4)
        c.rect(1200, 140 + n * 220, 300, 34, ("#4f7d8a", "#a8593f")[n], 10)
    c.lamp(780, 120, 220)
    c.table(380, 760, 840, 160, "#a07b52")
    c.rect(720, 560, 150, 220, "#23272b", 16)
    c.gradient(732, 576, 126, 188, "#bcd6e0", "#e9f2f4")
    for row in range(3):
        for column in range(2):
            x, y = 764 + column * 62, 610 + row * 60
            c.disc(x, y, 13, "#d9a379")
            c.rect(x - 20, y + 14, 40, 20, c.random.choice(("#c0392b", "#2e6f95", "#4f7d4a", "#e0a030")), 8)
    for x in (250, 420, 590, 1000, 1160, 1330):
        c.sitter(x, 790 + (x % 3) * 14, 250)
    c.rect(480, 790, 60, 84, "#d8dcde", 8)
    for x in (620, 960, 1080):
        c.rect(x, 770, 30, 40, "#f4f1e8", 8)
    for x in (420, 800, 1180):
        c.behind(x, HEIGHT + 40, 320, c.random.choice(("#e3742c", "#3e5a78", "#4f6d7a")))


def library(c: Canvas) -> None:
    c.room("#efe3cc", "#b48a5c", 760)
    c.window(640, 110, 320, 330, "#d6ead9", 2)
    for left in (60, 1040):
        c.rect(left, 90, 500, 670, "#8a5f3c", 6)
        for shelf in range(5):
            top = 110 + shelf * 128
            c.rect(left + 18, top, 464, 112, "#6b4729")
            x = left + 24.0
            while x < left + 466:
                w, h = c.random.uniform(14, 34), c.random.uniform(70, 104)
                c.rect(x, top + 112 - h, min(w, left + 478 - x), h, c.random.choice(BOOKS))
                x += w + 2
    c.rect(600, 600, 400, 150, "#9a6b42", 6)
    x = 612.0
    while x < 980:
        w, h = c.random.uniform(14, 30), c.random.uniform(70, 110)
        c.rect(x, 740 - h, w, h, c.random.choice(BOOKS))
        x += w + 2
    c.veil([(640, 440), (960, 440), (1150, HEIGHT), (500, HEIGHT)], "#fff6d8", 0.22)
    c.table(430, 860, 740, 150, "#c69a6b")
    for x in (540, 720, 1040):
        c.sitter(x, 866, 190)
        c.poly([(x - 60, 880), (x, 870), (x + 60, 880), (x, 892)], "#fbfaf5")
    c.person(300, 1030, 240, "#e0a030")
    c.person(1290, 1030, 400, "#4f7d4a", pin=True)


def museum_hall(c: Canvas) -> None:
    c.room("#4a4440", "#6d5c4c", 700)
    for x in (220, 660, 1100, 1470):
        c.veil([(x - 20, 0), (x + 20, 0), (x + 190, 700), (x - 190, 700)], "#fff0cf", 0.16)
        c.rect(x - 130, 270, 260, 400, "#2f2b29", 6)
        c.gradient(x - 116, 284, 232, 300, "#d9ccb4", "#f2e6cd")
        c.rect(x - 130, 590, 260, 90, "#3b3532")
        c.glow(x, 420, 190, "#fff0cf", 0.35)
    vase(c, 220, 580, 190, "#5f8f86")
    vase(c, 660, 580, 220, "#b9c7c4")
    c.oval(1100, 500, 84, 84, "#7d6a4a")
    c.oval(1100, 500, 30, 30, "#f2e6cd")
    vase(c, 1470, 580, 170, "#8b5a44")
    for n, x in enumerate((300, 420, 540, 900, 1010)):
        c.behind(x, 960 + (n % 2) * 40, 240 - (n == 2) * 60)
    c.person(760, 980, 400, "#2c4a73", pin=True)
    c.line([(800, 700), (880, 600)], "#2c4a73", 22)
    c.rect(1250, 720, 90, 130, "#9a7350", 6)
    c.rect(1262, 700, 66, 50, "#fbfaf5", 4)
    c.rect(1272, 712, 44, 6, "#c0392b")
    c.behind(1400, HEIGHT, 260)


def vase(c: Canvas, x: float, y: float, h: float, fill: str) -> None:
    """A vase standing on `y`."""
    c.oval(x, y - h * 0.4, h * 0.32, h * 0.38, fill)
    c.rect(x - h * 0.1, y - h, h * 0.2, h * 0.4, fill, 8)
    c.oval(x, y - h, h * 0.16, h * 0.05, mix(fill, "#000000", 0.25))
    c.rect(x - h * 0.16, y - h * 0.08, h * 0.32, h * 0.08, mix(fill, "#000000", 0.2))
    c.oval(x - h * 0.12, y - h * 0.5, h * 0.06, h * 0.16, mix(fill, "#ffffff", 0.4))


def archive(c: Canvas) -> None:
    c.room("#d6cdbb", "#98805f", 720)
    for left in (40, 440, 1190):
        c.rect(left, 60, 350, 660, "#7c8791", 4)
        for shelf in range(6):
            top = 80 + shelf * 106
            c.rect(left + 12, top, 326, 92, "#56616b")
            for n in range(7):
                tone = c.random.choice(("#b99766", "#a5835a", "#c4a676", "#8f7350"))
                c.rect(left + 18 + n * 46, top + 10, 42, 82, tone)
                c.rect(left + 26 + n * 46, top + 24, 26, 18, "#f4ead2")
    c.lamp(980, 300, 240)
    c.table(560, 800, 900, 210, "#b98a5d")
    c.rect(690, 770, 250, 40, "#f4ead2", 2)
    c.rect(700, 764, 230, 34, "#e9d9b4", 2)
    c.scribble(716, 772, 190, 1, "#8a6f4a", 20)
    c.rect(1080, 640, 20, 170, "#3b4045")
    c.rect(1010, 620, 180, 36, "#3b4045", 8)
    c.veil([(1030, 656), (1170, 656), (1230, 812), (980, 812)], "#fff6d8", 0.45)
    c.rect(1020, 796, 170, 18, "#fbfaf5", 2)
    c.sitter(820, 770, 250, "#f7f8f8")
    c.sitter(1340, 800, 250, "#5c8f8a")
    c.person(400, 1040, 440, "#3f5268", pin=True)
    c.rect(430, 720, 120, 90, "#b99766", 4)


SCENES: dict[str, Callable[[Canvas], None]] = {
    "chart-board": chart_board,
    "lecture-room": lecture_room,
    "night-school": night_school,
    "village-hall": village_hall,
    "round-table": round_table,
    "phone-meeting": phone_meeting,
    "library": library,
    "museum-hall": museum_hall,
    "archive": archive,
}
