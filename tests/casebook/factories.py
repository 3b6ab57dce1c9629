"""Small books for tests."""

from io import BytesIO

from PIL import Image

from casebook.book import Book, Chapter, Entry, Imprint, Matter
from casebook.renderer import Picture
from foundation.richtext import Block, blocks

LONG = "支部围绕中心任务抓党建，把学习教育、组织生活与业务工作同步安排、同步检查，形成了可复制的做法。"


class Photos:
    """Real photos by name: `attachment:WxH` is a picture of that many pixels, each name its own colour.

    A name may carry a tail (`attachment:300x200-b`); `same` tails have the same bytes.
    """

    def __init__(self) -> None:
        self.reads: list[str] = []

    def find(self, src: str) -> Picture | None:
        size = _size(src)
        return Picture("image/jpeg", *size) if size else None

    def read(self, src: str) -> bytes:
        self.reads.append(src)
        size = _size(src)
        if size is None:
            raise FileNotFoundError(src)
        shade = sum(src.encode()) % 200 if not src.endswith("same") else 7
        out = BytesIO()
        Image.new("RGB", size, (shade, 120, 160)).save(out, "JPEG")
        return out.getvalue()


def _size(src: str) -> tuple[int, int] | None:
    name = src.removeprefix("attachment:").split("-")[0]
    width, cross, height = name.partition("x")
    return (int(width), int(height)) if cross and width.isdigit() and height.isdigit() else None


def make_entry(
    title: str = "以“同心圆”工作法助力乡村振兴",
    body: str = "<h2>一、背景</h2><p>支部有党员 12 名。</p>",
    **changes: object,
) -> Entry:
    known: dict[str, object] = {
        "unit": "清河镇党委",
        "prize": "一等奖",
        "summary": "摘要文字。",
        "blocks": blocks(body),
        "source_line": "来源：清河镇",
        "signoff_line": "（编辑：甲　签审：乙　签发：丙）",
    }
    return Entry(title=title, **{**known, **changes})  # type: ignore[arg-type]  # a factory takes any field


def make_book(*entries: Entry, chapters: int = 1, **changes: object) -> Book:
    """The entries dealt over `chapters` chapters, in order."""
    each = -(-len(entries) // max(chapters, 1)) or 1
    known: dict[str, object] = {
        "subtitle": "二〇二六年卷",
        "publisher": "示范出版社",
        "year": 2026,
        "front": (Matter("前言", foreword()),),
        "chapters": tuple(
            Chapter(f"第{number + 1}辑 实践", tuple(entries[number * each : (number + 1) * each]))
            for number in range(chapters)
        ),
        "imprint": Imprint(compiler="本书编写组", edition="2026年3月第1版"),
    }
    return Book(title="基层党建创新案例选编", **{**known, **changes})  # type: ignore[arg-type]  # as above


def foreword() -> tuple[Block, ...]:
    return blocks(f"<p>{LONG * 3}</p>")
