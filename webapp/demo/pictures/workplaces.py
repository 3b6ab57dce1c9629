"""Where people work and queue: a workshop, a laboratory, counters, kitchens, packing tables."""

from collections.abc import Callable

from webapp.demo.pictures.canvas import HEIGHT, WIDTH, Canvas, mix


def workshop(c: Canvas) -> None:
    c.room("#b9c2c4", "#8f8778", 640)
    for n in range(5):
        c.poly([(n * 340 - 40, 0), (n * 340 + 130, 0), (n * 340 + 80, 90), (n * 340 - 90, 90)], "#dfe9ea")
    c.rect(0, 120, WIDTH, 26, "#d9a441")
    c.rect(920, 110, 130, 60, "#b97f22", 6)
    c.line([(985, 170), (985, 330)], "#3a3a3a", 5)
    c.rect(925, 330, 120, 80, "#6b7074", 8)
    for x in (110, 560, 1180):
        c.rect(x, 400, 300, 300, "#4f7f7a", 12)
        c.rect(x + 24, 430, 150, 110, "#cfe0dc", 6)
        c.disc(x + 236, 470, 26, "#e0a030")
        c.disc(x + 236, 540, 16, "#c0392b")
        c.rect(x - 20, 690, 340, 40, "#3c5f5b", 6)
    c.rect(420, 470, 110, 170, "#fbfaf5", 4)
    c.scribble(436, 490, 80, 5, "#8a8f96", 28)
    c.gradient(0, 730, WIDTH, 337, "#8f8778", "#a79f8f")
    c.poly([(0, 800), (WIDTH, 800), (WIDTH, 812), (0, 812)], "#efc220")
    for n in range(8):
        c.disc(1220 + n % 4 * 74, 930 + n // 4 * 66, 34, "#7d8387")
        c.disc(1220 + n % 4 * 74, 930 + n // 4 * 66, 16, "#a9afb1")
    c.glow(690, 620, 240, "#ffd38a", 0.55)
    for x, h, helm in ((420, 330, "#e0a030"), (560, 320, "#f4f1e8"), (980, 340, "#c0392b")):
        c.person(x, 1000, h, "#3e5a78", pin=x == 980)
        c.oval(x, 1000 - h * 0.955, h * 0.098, h * 0.055, helm)


def laboratory(c: Canvas) -> None:
    c.room("#e3eaea", "#c3c8c4", 700)
    for x in (80, 520, 960):
        c.rect(x, 90, 400, 470, "#c7d3d6", 8)
        c.gradient(x + 24, 120, 352, 250, "#eaf4f5", "#d2e3e6")
        c.rect(x + 24, 370, 352, 10, "#8fa3a8")
        for n in range(4):
            liquid = c.random.choice(("#d9534f", "#3f8fb5", "#e0a030", "#5aa469"))
            flask(c, x + 80 + n * 80, 366, 90, liquid)
    c.rect(1420, 150, 120, 160, "#f2c12e", 6)
    c.rect(1440, 190, 80, 10, "#7a5a12")
    c.rect(1440, 220, 60, 10, "#7a5a12")
    c.rect(0, 640, WIDTH, 34, "#f6f8f7")
    c.rect(0, 674, WIDTH, 190, "#b7c3c4")
    for n in range(6):
        c.rect(40 + n * 270, 694, 240, 150, "#a5b3b5", 6)
        c.rect(140 + n * 270, 712, 40, 8, "#7c8b8e")
    for n in range(7):
        liquid = c.random.choice(("#d9534f", "#3f8fb5", "#e0a030", "#5aa469", "#8e6bbf"))
        flask(c, 620 + n * 96, 640, 120, liquid)
    for x, h in ((260, 430), (430, 410), (1340, 430)):
        c.person(x, 1030, h, "#f7f8f8", pin=x == 260)
    c.rect(300, 730, 60, 80, "#f2c12e", 4)


def flask(c: Canvas, x: float, y: float, h: float, liquid: str) -> None:
    """A conical flask standing on `y`."""
    w = h * 0.36
    c.poly([(x - w, y), (x - h * 0.08, y - h * 0.62), (x + h * 0.08, y - h * 0.62), (x + w, y)], "#dcebed")
    level = y - h * 0.28
    c.poly(
        [(x - w * 0.94, y - 2), (x - w * 0.55, level), (x + w * 0.55, level), (x + w * 0.94, y - 2)], liquid
    )
    c.rect(x - h * 0.08, y - h, h * 0.16, h * 0.4, "#dcebed")
    c.rect(x - h * 0.11, y - h * 1.02, h * 0.22, h * 0.06, "#b9cdd1")


def hospital_hall(c: Canvas) -> None:
    c.room("#e4efee", "#cfd6d3", 600)
    c.rect(0, 110, WIDTH, 60, "#2f8f83")
    for n in range(4):
        x = 120 + n * 370
        c.rect(x, 230, 280, 260, "#f9fbfa", 6)
        c.gradient(x + 20, 250, 240, 190, "#d7ecea", "#f3faf8")
        c.sitter(x + 140, 440, 150, "#f7f8f8")
        c.rect(x, 440, 280, 50, "#4aa79b", 4)
        c.rect(x + 90, 186, 100, 34, "#1d2b2a", 4)
        c.rect(x + 108, 198, 64, 10, "#ff7a66")
    c.gradient(0, 600, WIDTH, 467, "#c9d1ce", "#e5e9e6")
    for n, tone in enumerate(("#d9534f", "#f0c23f", "#5aa469")):
        x = 420 + n * 330
        c.poly([(x, 600), (x + 34, 600), (x - 120 + n * 150, HEIGHT), (x - 190 + n * 150, HEIGHT)], tone)
    c.rect(730, 560, 140, 60, "#fbfaf5", 4)
    c.poly([(790, 580), (810, 580), (810, 566), (790, 566)], "#d9534f")
    c.poly([(782, 586), (818, 586), (818, 594), (782, 594)], "#d9534f")
    for x, y, h in ((250, 760, 260), (330, 770, 250), (690, 770, 256), (1080, 760, 260), (1180, 780, 256)):
        c.person(x, y, h)
    c.person(900, 960, 350, "#f7f8f8", pin=True)
    c.person(780, 970, 330, "#7a5a8c")
    for n in range(4):
        c.rect(1280 + n * 76, 870, 66, 80, "#4aa79b", 12)
        c.rect(1280 + n * 76, 950, 66, 18, "#3b877d", 6)
    c.sitter(1390, 900, 170)


def tax_counter(c: Canvas) -> None:
    c.room("#dde5ec", "#c2bcb0", 640)
    c.rect(0, 90, WIDTH, 70, "#2f5d9b")
    for n in range(4):
        x = 80 + n * 390
        c.gradient(x, 210, 320, 250, "#eef4f8", "#d7e3ec")
        c.rect(x + 120, 166, 80, 36, "#17202b", 4)
        c.rect(x + 136, 178, 48, 10, "#ffd166")
        c.rect(x + 200, 350, 90, 74, "#2b3440", 6)
        if n != 1:
            c.sitter(x + 110, 470, 190, "#2c4a73")
    c.poly([(0, 470), (WIDTH, 470), (WIDTH, 530), (0, 530)], "#f2efe8")
    c.rect(0, 530, WIDTH, 170, "#b48a5c")
    c.rect(0, 690, WIDTH, 20, "#8a6a4c")
    for n in range(4):
        x = 240 + n * 390
        c.rect(x - 70, 810, 140, 26, "#3f6fb0", 8)
        c.rect(x - 8, 836, 16, 90, "#7c8791")
        c.rect(x - 50, 920, 100, 12, "#7c8791", 6)
        c.rect(x - 64, 680, 128, 120, "#3f6fb0", 16)
    c.behind(630, 840, 280, "#2c4a73")
    c.behind(1020, 840, 270, "#b96b4b")
    c.person(330, 1020, 360, "#7a5a8c")
    c.person(1350, 1020, 370, "#2c4a73", pin=True)
    c.rect(1400, 780, 70, 90, "#fbfaf5", 4)


def canteen(c: Canvas) -> None:
    c.room("#f0e7d2", "#cdb994", 640)
    for x in (80, 460, 1180):
        c.window(x, 120, 300, 260)
    c.rect(820, 110, 300, 330, "#fdfcf7", 6)
    for n in range(5):
        c.rect(850 + n * 52, 400 - (250 - n * 44), 34, 250 - n * 44, mix("#c0392b", "#5aa469", n / 4), 4)
    for row in range(3):
        y = 640 + row * 90
        c.rect(40 + row * 10, y, 620, 22, "#e2a867", 6)
        for n in range(6):
            c.sitter(100 + n * 104 + row * 8, y + 4, 106 + row * 12)
    c.table(900, 760, 520, 190, "#b9c2c4")
    for n, tone in enumerate(("#d9d2c2", "#a8593f", "#6f9a55", "#d9b44a")):
        c.rect(940 + n * 112, 690, 92, 84, "#8b979f", 10)
        c.oval(986 + n * 112, 692, 42, 12, tone)
    c.rect(1170, 630, 110, 60, "#2b3440", 8)
    c.rect(1186, 644, 78, 30, "#b6e3a0", 4)
    for x, h, tone in ((860, 250, "#2e6f95"), (1480, 240, "#e0a030"), (760, 260, "#c0392b")):
        c.person(x, 1010, h, tone)
        c.poly([(x - 16, 1010 - h * 0.8), (x + 16, 1010 - h * 0.8), (x, 1010 - h * 0.66)], "#d22f27")
    c.person(1200, 1050, 300, "#f7f8f8")
    c.person(620, 1040, 400, "#4f7d4a", pin=True)


def parcels(c: Canvas) -> None:
    c.room("#e3dccb", "#a9967a", 700)
    for row in range(4):
        c.rect(60, 120 + row * 140, 700, 14, "#8a6a4c")
        for n in range(10):
            tone = c.random.choice(("#c69a6b", "#b98a5d", "#d3ab7c"))
            h = c.random.uniform(50, 104)
            c.rect(74 + n * 68, 120 + row * 140 - h, 60, h, tone, 3)
            c.rect(98 + n * 68, 120 + row * 140 - h, 12, h, mix(tone, "#ffffff", 0.3))
    c.rect(60, 110, 14, 600, "#6b4b37")
    c.rect(746, 110, 14, 600, "#6b4b37")
    c.window(900, 130, 460, 300, "#cfe8d6", 3)
    c.bush(1190, 430, 160, 70, "#8fb57f")
    c.table(520, 780, 960, 200, "#c69a6b")
    for n in range(4):
        c.rect(600 + n * 150, 690 - n % 2 * 20, 120, 96 + n % 2 * 20, "#c69a6b", 4)
        c.rect(650 + n * 150, 690 - n % 2 * 20, 20, 96 + n % 2 * 20, "#e6d6b2")
        c.rect(612 + n * 150, 740, 34, 26, "#fbfaf5")
    for n in range(14):
        shoot = c.random.choice(("#d9b44a", "#c79a3a", "#e4c66a"))
        c.oval(1240 + n % 7 * 30, 776 - n // 7 * 16, 22, 9, shoot)
    c.poly([(1180, 812), (1440, 806), (1440, 818), (1180, 824)], "#f2c12e")
    c.sitter(900, 700, 240, "#c0392b")
    c.sitter(1160, 720, 250, "#2e6f95")
    c.person(330, 1040, 430, "#4f7d4a", pin=True)
    c.rect(280, 730, 130, 110, "#c69a6b", 4)
    c.rect(336, 730, 18, 110, "#e6d6b2")


SCENES: dict[str, Callable[[Canvas], None]] = {
    "workshop": workshop,
    "laboratory": laboratory,
    "hospital-hall": hospital_hall,
    "tax-counter": tax_counter,
    "canteen": canteen,
    "parcels": parcels,
}
