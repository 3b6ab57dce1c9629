"""Generated cases: the same on every machine, with few common and many rare words, as in real text."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import escape
from io import BytesIO

from PIL import Image


def _words(listed: str) -> tuple[str, ...]:
    return tuple(listed.split())


PLACES = _words(
    """
    清河 石桥 柳林 东塘 青山 白沙 南岭 云溪 双桥 新渡 龙泉 松岗 梅岭 北湖 沙坪
    竹园 桃源 红旗 星火 前进 和平 长丰 金沟 榆树 杏花 高坪 团结 永兴 安平 广济
    """
)
BODIES = _words(
    """
    村 社区 街道 学校 医院 车间 合作社 物业公司 律师事务所 快递站点
    """
)
CATEGORIES = _words(
    """
    农村 社区 国有企业 学校 机关 非公有制经济组织 社会组织 事业单位 流动党员
    """
)
WHO = _words(
    """
    党支部 支部委员会 党员先锋队 网格员 驻村干部 退休老党员 青年志愿者 村民代表 楼门长
    业务骨干
    """
)
DID = _words(
    """
    走访 组织 推动 建立 完善 协调 宣讲 认领 整治 改造 帮扶 培训 登记 公开 评议
    落实 修缮 引进 对接 试点
    """
)
WHAT = _words(
    """
    困难家庭 产业项目 主题党日 积分制度 议事会 停车难题 老旧小区 集体土地 电商直播
    技能竞赛 夜间门诊 课后服务 矛盾调解 河道治理 党员名册 组织生活 学习专栏 志愿服务
    安全隐患 村规民约 就业岗位 土鸡养殖 冷链仓库 数字台账 红色讲堂
    """
)
THEN = _words(
    """
    群众满意度明显提高 集体收入稳步增加 问题在一周内得到解决 形成了可以推广的做法
    党员的作用看得见 信访数量下降一半 居民主动参与进来 合格率达到新的水平 年轻人愿意留下来
    工作有了明确的标准
    """
)
CHARACTERS = "谷雨澄岚禾苑晖朗沐舟鹿鸣笙歌砚池墨兰芷若蘅芜荻芦苇汀洲屿礁港湾峪岭崖坳垭塬坡岗墩堡寨"
PRIZES = ("一等奖", "二等奖", "三等奖")


@dataclass(frozen=True, slots=True)
class BenchCase:
    """One case. `paragraphs` is its text, `rows` its table (empty: none), `photo` a JPEG (empty: none)."""

    number: int
    title: str
    unit: str
    category: str
    prize: str
    year: int
    headings: tuple[str, ...]
    paragraphs: tuple[tuple[str, ...], ...]
    rows: tuple[tuple[str, ...], ...]
    photo: bytes

    @property
    def text(self) -> str:
        return "\n".join(line for part in self.paragraphs for line in part)

    def html(self, photo_src: str = "") -> str:
        """The body in the product's HTML subset, with the photo under `photo_src` where one is given."""
        pieces = []
        for heading, part in zip(self.headings, self.paragraphs, strict=True):
            pieces.append(f"<h2>{escape(heading)}</h2>")
            pieces += [f"<p>{escape(line)}</p>" for line in part]
        if self.rows:
            cells = ("".join(f"<td>{escape(cell)}</td>" for cell in row) for row in self.rows)
            pieces.append("<table><tbody>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</tbody></table>")
        if photo_src and self.photo:
            pieces.append(
                f'<figure><img src="{photo_src}" alt="活动现场"><figcaption>活动现场</figcaption></figure>'
            )
        return "".join(pieces)


def cases(count: int, *, characters: int = 1000, photos: bool = False) -> Iterator[BenchCase]:
    """`count` cases of about `characters` characters; a table in every fifth, a photo in four of ten."""
    for number in range(count):
        yield _case(number, characters, photos)


def _case(number: int, characters: int, photos: bool) -> BenchCase:
    chance = random.Random(f"case {number}")
    place = chance.choice(PLACES) + chance.choice(PLACES)
    work = chance.choice(DID) + chance.choice(WHAT)
    unit = f"{place}{chance.choice(BODIES)}党支部"
    parts = []
    for _heading in range(4):
        lines, size = [], 0
        while size < characters / 4:
            line = "".join(_sentence(chance) for _sentence_number in range(chance.randint(2, 4)))
            lines.append(line)
            size += len(line)
        parts.append(tuple(lines))
    rows = tuple(
        (chance.choice(WHAT), f"{chance.randint(1, 99)} 项", f"{chance.randint(60, 100)}%")
        for _row in range(5)
    )
    return BenchCase(
        number=number,
        title=f"{place}：{work}的{chance.randint(2, 9)}个办法（{number + 1}）",
        unit=unit,
        category=chance.choice(CATEGORIES),
        prize=chance.choice(PRIZES),
        year=2016 + number % 10,
        headings=("背景", "做法", "成效", "启示"),
        paragraphs=tuple(parts),
        rows=(("事项", "数量", "完成率"), *rows) if number % 5 == 0 else (),
        photo=photo(number % 12) if photos and number % 5 in (1, 3) else b"",
    )


def _sentence(chance: random.Random) -> str:
    who, did, what = _often(chance, WHO), _often(chance, DID), _often(chance, WHAT)
    rare = "".join(chance.choice(CHARACTERS) for _character in range(2))
    form = chance.randrange(4)
    if form == 0:
        return f"{who}牵头{did}{what}，{chance.choice(THEN)}。"
    if form == 1:
        return (
            f"{2016 + chance.randrange(10)}年以来，{rare}组的{who}先后{did}{what}{chance.randint(2, 60)}次。"
        )
    if form == 2:
        homes = chance.randint(10, 900)
        return f"针对{what}，{who}坚持每月{did}一次，带动{homes}户参与，{chance.choice(THEN)}。"
    return f"从{rare}路到{chance.choice(PLACES)}，{did}{what}成了大家的共识。"


def _often(chance: random.Random, words: tuple[str, ...]) -> str:
    """The first words often, the last ones seldom (Zipf)."""
    return words[min(int(len(words) ** chance.random()) - 1, len(words) - 1)]


@cache
def photo(number: int) -> bytes:
    """A JPEG of 1600 x 1200 pixels, different for each number, about 200 KB."""
    chance = random.Random(f"photo {number}")
    coarse = Image.frombytes("RGB", (80, 60), chance.randbytes(80 * 60 * 3))
    target = BytesIO()
    coarse.resize((1600, 1200), Image.Resampling.BICUBIC).save(target, "JPEG", quality=82)
    return target.getvalue()


def queries() -> dict[str, tuple[str, ...]]:
    """Searches by kind: what people type."""
    chance = random.Random("queries")
    return {
        "rare": tuple("".join(chance.choice(CHARACTERS) for _character in range(2)) for _query in range(8)),
        "common": WHAT[:8],
        "three words": tuple(" ".join(chance.sample(WHAT, 3)) for _query in range(8)),
        "question": tuple(
            f"{chance.choice(WHO)}怎样{chance.choice(DID)}{chance.choice(WHAT)}，{chance.choice(THEN)}"
            for _query in range(8)
        ),
    }
