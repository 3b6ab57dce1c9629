"""Fields, rivers, mountains and what people built there."""

from collections.abc import Callable

from webapp.demo.pictures.canvas import HEIGHT, WIDTH, Canvas, mix, smooth


def terraces(c: Canvas) -> None:
    c.background("#8fc7dd", "#f7e9c8")
    c.sun(1240, 190, 58)
    c.cloud(420, 170, 300, "#fdf8ee")
    c.ridge(470, 170, "#8fb0b8", 200)
    c.ridge(540, 140, "#7aa08f", 180)
    for row in range(9):
        y = 560 + row * 58
        green = mix("#a9c25c", "#3f7a44", row / 8)
        points = [(-60.0, y + c.random.uniform(-10, 18))]
        for x in range(80, 1801, 160):
            points.append((x, y + 30 * ((x / 900 - 0.9) ** 2) + c.random.uniform(-16, 16)))
        line = smooth(points)
        c.poly([*line, (WIDTH + 60, HEIGHT), (-60, HEIGHT)], green)
        c.line(line, mix(green, "#fdf6cf", 0.55), 7)
        c.line([(x, y + 12) for x, y in line], mix(green, "#cfe7ea", 0.4), 9)
    c.house(1180, 620, 190, 150, "#efe7d8", "#5d6a72")
    c.rect(1395, 560, 16, 62, "#6b4b37")
    c.tree(1110, 640, 150)
    c.person(330, 880, 150, "#c0392b", pin=True)
    c.person(430, 900, 146, "#2e6f95")


def paddies(c: Canvas) -> None:
    c.background("#a8d4e6", "#fbeec9")
    c.sun(320, 180, 64)
    c.cloud(980, 150, 340, "#fffaf0")
    c.ridge(470, 120, "#93b5a5", 220)
    c.gradient(0, 470, WIDTH, 600, "#d6cf6a", "#7ea548")
    for n in range(-12, 26):
        c.line([(800 + (n - 6) * 26, 470), (800 + (n - 6) * 190, HEIGHT + 20)], "#6a9440", 10)
    for _each in range(420):
        y = 490 + (c.random.random() ** 1.6) * 560
        x, size = c.random.uniform(0, WIDTH), 6 + (y - 470) * 0.05
        c.line([(x, y), (x + size * 0.3, y - size)], c.random.choice(("#e4d574", "#b6c556", "#f0e08a")), 3)
    for x, y, h in ((420, 830, 190), (640, 760, 160), (1150, 800, 178)):
        c.person(x, y, h)
        c.oval(x, y - h * 0.94, h * 0.17, h * 0.05, "#ead79d")
        c.poly([(x - h * 0.1, y - h * 0.95), (x, y - h * 1.06), (x + h * 0.1, y - h * 0.95)], "#d9c27e")
    c.rect(1380, 690, 10, 130, "#7b5b3f")
    c.rect(1330, 670, 112, 62, "#ffffff", 6)
    c.rect(1346, 690, 80, 8, "#c0392b")
    c.rect(1346, 708, 56, 8, "#8a8a86")


def levee(c: Canvas) -> None:
    c.background("#5c6f7d", "#b7c0bd")
    for x, y, w in ((300, 150, 520), (900, 110, 620), (1380, 190, 460)):
        c.cloud(x, y, w, "#75858f")
    c.gradient(0, 560, WIDTH, 520, "#8d8a6b", "#6c6a52")
    for n in range(14):
        y = 590 + n * 34
        c.line([(c.random.uniform(-40, 400), y), (c.random.uniform(600, 1000), y + 4)], "#a9a687", 4)
    c.poly([(560, HEIGHT), (980, 520), (1180, 520), (1600, 900), (1600, HEIGHT)], "#5f7d4c")
    c.poly([(980, 520), (1040, 520), (900, HEIGHT), (560, HEIGHT)], "#76925e")
    c.poly([(1040, 520), (1080, 520), (1180, HEIGHT), (900, HEIGHT)], "#b8a98a")
    c.rect(1150, 430, 210, 130, "#4f6272")
    c.poly([(1120, 440), (1160, 380), (1350, 380), (1392, 440)], "#3a4954")
    c.rect(1180, 466, 70, 94, "#f3e3b0")
    c.glow(1215, 510, 200, "#ffe9ad", 0.55)
    for n in range(11):
        c.rect(690 + n * 14 + n * n * 0.6, 760 - n * 16, 62, 26, mix("#cdbf9c", "#9f9273", n / 12), 10)
    for x, y, h in ((1010, 700, 190), (1100, 760, 214), (960, 610, 140)):
        c.person(x, y, h, c.random.choice(("#e38b2c", "#e0a030", "#c0392b")))
    for _drop in range(240):
        left, top = c.random.uniform(0, WIDTH), c.random.uniform(0, HEIGHT)
        c.line([(left, top), (left - 12, top + 40)], "#c4d0d4", 1.6)


def mine_portal(c: Canvas) -> None:
    c.background("#e8b07a", "#f8e2bd")
    c.sun(1330, 210, 60, "#fff0c9")
    c.ridge(520, 220, "#a7866d", 220)
    c.ridge(640, 180, "#7d6553", 190)
    c.gradient(0, 760, WIDTH, 307, "#6b5b4e", "#8b7a68")
    c.poly([(880, 760), (960, 300), (1000, 300), (1080, 760)], "#4a545c")
    for y in range(340, 760, 70):
        c.line([(952 - (y - 340) * 0.16, y), (1010 + (y - 340) * 0.16, y + 70)], "#8b979f", 7)
        c.line([(1008 + (y - 340) * 0.16, y), (948 - (y - 340) * 0.16, y + 70)], "#8b979f", 7)
    c.disc(980, 300, 58, "#39424a")
    c.disc(980, 300, 40, "#b8c0c4")
    c.line([(980, 250), (560, 620)], "#39424a", 5)
    c.rect(300, 560, 420, 210, "#8d4a3a")
    c.poly([(280, 564), (340, 500), (680, 500), (742, 564)], "#5e3128")
    c.rect(420, 610, 180, 160, "#26211f")
    c.glow(510, 700, 170, "#ffdf9c", 0.5)
    for rail in (460, 560):
        c.line([(rail, 770), (rail * 2 - 510, HEIGHT)], "#3a3532", 10)
    for n in range(7):
        c.rect(430 - n * 26, 790 + n * 40, 160 + n * 52, 12, "#4f3f34")
    c.rect(1180, 590, 190, 130, "#f4f3ee", 4)
    c.scribble(1200, 612, 150, 4, "#7f8790", 28)
    c.rect(1266, 720, 16, 70, "#5a5550")
    for x, h in ((1120, 220), (1215, 230), (1330, 214), (1440, 226)):
        c.person(x, 920, h, "#3e5a78", pin=x == 1215)
        c.oval(x, 920 - h * 0.955, h * 0.1, h * 0.055, "#e6b422")
        c.glow(x, 920 - h * 0.95, 60, "#fff3c0", 0.8)


def site_camp(c: Canvas) -> None:
    c.background("#6fa7c7", "#f3dfc0")
    c.sun(260, 200, 54)
    c.ridge(430, 300, "#8a97a8", 260)
    c.ridge(560, 240, "#6f8069", 210)
    c.gradient(0, 660, WIDTH, 407, "#c9a77d", "#a9855e")
    for n in range(4):
        x, y = 120 + n * 330, 700 + (n % 2) * 26
        c.rect(x, y - 130, 270, 130, "#eef1f2", 4)
        c.rect(x - 8, y - 146, 286, 22, "#2f6690", 4)
        for w in range(3):
            c.rect(x + 24 + w * 62, y - 96, 40, 44, "#9cc0d0")
        c.rect(x + 216, y - 92, 36, 92, "#5a6a74")
    c.poly([(1180, 660), (1290, 470), (1480, 470), (1600, 660)], "#59504a")
    c.oval(1385, 600, 84, 96, "#1f1b1a")
    c.rect(1301, 600, 168, 62, "#1f1b1a")
    c.glow(1385, 620, 110, "#ffdf9c", 0.45)
    c.rect(560, 820, 260, 90, "#e2a32b", 12)
    c.rect(740, 760, 80, 80, "#e2a32b", 10)
    c.rect(756, 772, 50, 40, "#bfe0ee")
    for x in (610, 700, 790):
        c.disc(x, 918, 36, "#2b2a28")
        c.disc(x, 918, 15, "#8b8781")
    c.poly([(560, 836), (430, 760), (400, 800), (540, 880)], "#c78c1e")
    for x, shirt in ((990, "#e3742c"), (1070, "#2e6f95"), (1150, "#e3742c"), (330, "#e0a030")):
        c.person(x, 930, 200, shirt)
        c.oval(x, 930 - 190, 22, 12, "#f4f1e8")


def threshing_ground(c: Canvas) -> None:
    c.background("#20304f", "#6d6f88")
    for _star in range(70):
        c.disc(c.random.uniform(0, WIDTH), c.random.uniform(0, 380), c.random.uniform(1, 2.4), "#dfe4f2")
    c.disc(1320, 170, 46, "#f5ecc9")
    c.glow(1320, 170, 220, "#f5ecc9", 0.35)
    c.ridge(500, 130, "#2d3c50", 200)
    c.gradient(0, 520, WIDTH, 547, "#8a7b62", "#b6a27c")
    for row in range(4):
        y, size = 580 + row * 120, 0.55 + row * 0.22
        for col in range(-1, 9):
            x = 800 + (col - 4) * 250 * size
            c.poly([(x - 95 * size, y + 40 * size), (x - 70 * size, y), (x + 70 * size, y),
                    (x + 95 * size, y + 40 * size)], "#dcb65a")  # fmt: skip
            c.oval(x, y + 8 * size, 58 * size, 18 * size, "#edcb74")
            c.rect(x + 104 * size, y - 90 * size, 6 * size, 130 * size, "#4b4641")
            c.glow(x + 107 * size, y - 92 * size, 120 * size, "#ffe9a8", 0.6)
            c.disc(x + 107 * size, y - 92 * size, 9 * size, "#fff6d8")
    c.person(520, 900, 220, "#2e6f95", pin=True)
    c.line([(570, 760), (640, 930)], "#8b6a45", 8)
    c.person(1010, 790, 170, "#b96b4b")


def port_cranes(c: Canvas) -> None:
    c.background("#27395c", "#e6a37a")
    c.glow(520, 560, 520, "#ffcf9a", 0.6)
    c.gradient(0, 600, WIDTH, 200, "#3f5673", "#2c3f58")
    for n in range(26):
        y = 612 + n * 7
        c.line([(c.random.uniform(300, 600), y), (c.random.uniform(620, 900), y)], "#f0bb8d", 2)
    c.poly([(60, 610), (760, 610), (700, 690), (130, 690)], "#8d2f2a")
    c.rect(100, 520, 110, 92, "#f0ece2")
    for col in range(8):
        for row in range(2 + col % 3):
            shade = c.random.choice(("#c0392b", "#2e6f95", "#e0a030", "#4f7d4a", "#d8d3c6"))
            c.rect(230 + col * 62, 578 - row * 34, 58, 32, shade)
    for x in (860, 1180):
        crane(c, x)
    c.gradient(0, 770, WIDTH, 297, "#596068", "#757b80")
    for n in range(63):
        x = 60 + n // 7 * 168
        if n % 7 == 0:
            c.rect(x, 800, 150, 96, c.random.choice(("#e9e6dd", "#dfe6e8", "#cfd8da")))
        c.rect(x + 14 + n % 7 * 19, 808, 5, 80, "#b9c0c0")
    for x in (330, 760, 1260):
        c.glow(x, 770, 190, "#ffe8b0", 0.55)
    c.person(620, 1010, 190, "#1f3a5f", pin=True)
    c.person(700, 1016, 186, "#1f3a5f")
    c.rect(690, 880, 44, 58, "#f4f1e8", 4)


def crane(c: Canvas, x: float) -> None:
    """A gantry crane with a container on its hook."""
    for leg in (0, 150):
        c.rect(x + leg, 250, 22, 520, "#d06a2b")
    c.rect(x - 20, 470, 212, 20, "#d06a2b")
    c.poly([(x - 420, 240), (x + 260, 240), (x + 260, 264), (x - 420, 264)], "#e17a36")
    c.line([(x + 80, 110), (x - 400, 240)], "#c9622a", 7)
    c.line([(x + 80, 110), (x + 250, 240)], "#c9622a", 7)
    c.rect(x + 68, 110, 22, 140, "#d06a2b")
    c.line([(x - 180, 264), (x - 180, 430)], "#3a3a3a", 4)
    c.rect(x - 240, 430, 120, 52, "#2e6f95")


def truck_stop(c: Canvas) -> None:
    c.background("#233150", "#c98a63")
    c.glow(1180, 560, 560, "#ffc58f", 0.55)
    c.ridge(560, 170, "#34405c", 260)
    c.gradient(0, 610, WIDTH, 457, "#4d5058", "#6b6d70")
    for n in range(6):
        c.poly([(120 + n * 260, 760), (140 + n * 260, 760), (60 + n * 300, HEIGHT), (24 + n * 300, HEIGHT)],
               "#dcd9cf")  # fmt: skip
    for x, cab, box in ((90, "#c0392b", "#e8e4da"), (620, "#2e6f95", "#d8dfe0")):
        c.rect(x + 150, 470, 360, 250, box, 6)
        c.rect(x, 540, 150, 180, cab, 22)
        c.rect(x + 18, 562, 84, 74, "#bcd6e0", 10)
        c.rect(x, 706, 510, 26, "#2d2c2a")
        for w in (70, 250, 430):
            c.disc(x + w, 738, 38, "#201f1e")
            c.disc(x + w, 738, 16, "#8b8781")
        c.glow(x + 4, 690, 150, "#fff2c4", 0.7)
    c.rect(1240, 500, 300, 240, "#f0e6d0")
    c.poly([(1210, 506), (1250, 440), (1530, 440), (1572, 506)], "#8d3b2e")
    c.rect(1290, 580, 200, 160, "#ffe6a9")
    c.glow(1390, 660, 300, "#ffe6a9", 0.6)
    c.table(1150, 860, 300, 130, "#9a7350")
    c.rect(1200, 770, 74, 92, "#c0392b", 18)
    c.rect(1216, 752, 42, 20, "#e9e6dd", 6)
    for n in range(4):
        c.line([(1226 + n * 10, 742 - n * 4), (1218 + n * 12, 690 - n * 10)], "#f2ead8", 3)
    c.rect(1330, 750, 100, 112, "#fbfaf5", 4)
    c.scribble(1342, 768, 76, 3, "#7f8790", 28)
    c.person(1080, 1000, 236, "#3f5268")
    c.person(980, 1006, 230, "#b96b4b", pin=True)


SCENES: dict[str, Callable[[Canvas], None]] = {
    "terraces": terraces,
    "paddies": paddies,
    "levee": levee,
    "mine-portal": mine_portal,
    "site-camp": site_camp,
    "threshing-ground": threshing_ground,
    "port-cranes": port_cranes,
    "truck-stop": truck_stop,
}
