"""The fixed words of a printed book. They follow the book's language, not the reader's screen, so they are
values of their own and no part of the interface's catalogue."""

from dataclasses import dataclass

from casebook.book import Language

_DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Wording:
    """Patterns take `{}`; `chapter` takes the chapter's number as `number(n)` writes it."""

    language: Language
    foreword: str
    contents: str
    chapter: str
    entries: str
    summary: str
    figure: str
    table: str
    caption_gap: str
    unpaginated: str
    picture_missing: str
    see_page: str
    commendation: str
    index_units: str
    index_topics: str
    index_places: str
    index_digits: str
    index_others: str
    index_unpaginated: str
    see_also: str
    page_joint: str
    authors: str
    source: str
    joint: str
    compiled: str
    colophon_head: str
    colophon_title: str
    colophon_compiler: str
    colophon_publisher: str
    colophon_edition: str
    colophon_printing: str
    colophon_size: str
    colophon_sheets: str
    colophon_characters: str
    colophon_isbn: str
    colophon_cip: str
    sheets: str
    characters: str
    year: str
    selection: str
    winners: str

    def number(self, count: int) -> str:
        return chinese_number(count) if self.language == "zh" else str(count)


CHINESE = Wording(
    language="zh",
    foreword="前　言",
    contents="目　录",
    chapter="第{}章",
    entries="收录案例{}篇",
    summary="摘要",
    figure="图",
    table="表",
    caption_gap="　",
    unpaginated=(
        "本目录未标页码：生成时未能计算。在 Word 中右键单击目录，选择“更新域”“更新整个目录”，即得页码。"
    ),
    picture_missing="（图片缺失）",
    see_page="（见本书第{}页）",
    commendation="评委点评",
    index_units="单位索引",
    index_topics="主题索引",
    index_places="地名索引",
    index_digits="数字",
    index_others="其他",
    index_unpaginated="本索引未标页码：生成时未能计算。在 Word 中全选全文，按 F9 更新域，即得页码。",
    see_also="{}，见“{}”",
    page_joint="，",
    authors="作者：{}",
    source="来源：{}",
    joint="、",
    compiled="{}　编",
    colophon_head="版权信息",
    colophon_title="书　　名",
    colophon_compiler="编　　者",
    colophon_publisher="出　　版",
    colophon_edition="版　　次",
    colophon_printing="印　　次",
    colophon_size="开　　本",
    colophon_sheets="印　　张",
    colophon_characters="字　　数",
    colophon_isbn="书　　号",
    colophon_cip="中国国家版本馆CIP数据核字第{}号",
    sheets="{}",
    characters="{}千字",
    year="{}年",
    selection="{}案例选编",
    winners="获奖案例",
)

ENGLISH = Wording(
    language="en",
    foreword="Foreword",
    contents="Contents",
    chapter="Chapter {}",
    entries="Cases in this chapter: {}",
    summary="Summary",
    figure="Figure ",
    table="Table ",
    caption_gap="  ",
    unpaginated=(
        "These contents carry no page numbers: they could not be worked out when the file was made. "
        "In Word, right-click the contents and choose “Update Field”, “Update entire table”."
    ),
    picture_missing="(picture missing)",
    see_page=" (page {})",
    commendation="The jury’s comment",
    index_units="Index of units",
    index_topics="Index of topics",
    index_places="Index of places",
    index_digits="Numbers",
    index_others="Others",
    index_unpaginated=(
        "This index carries no page numbers: they could not be worked out when the file was made. "
        "In Word, select everything and press F9."
    ),
    see_also="{}, see {}",
    page_joint=", ",
    authors="By {}",
    source="Source: {}",
    joint=", ",
    compiled="Compiled by {}",
    colophon_head="Publication details",
    colophon_title="Title",
    colophon_compiler="Compiled by",
    colophon_publisher="Publisher",
    colophon_edition="Edition",
    colophon_printing="Printing",
    colophon_size="Format",
    colophon_sheets="Sheets",
    colophon_characters="Length",
    colophon_isbn="ISBN",
    colophon_cip="CIP data: China National Archives of Publications and Culture, no. {}",
    sheets="{} of 16 pages",
    characters="{} thousand characters",
    year="{}",
    selection="{}: selected cases",
    winners="Awarded cases",
)


def wording(language: Language) -> Wording:
    return ENGLISH if language == "en" else CHINESE


def chinese_number(count: int) -> str:
    """1 -> 一, 10 -> 十, 21 -> 二十一, 105 -> 一百零五. For 1 to 999; others are written in digits."""
    if not 0 < count < 1000:
        return str(count)
    hundreds, rest = divmod(count, 100)
    tens, ones = divmod(rest, 10)
    written = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        written += "十" if tens == 1 and not hundreds else f"{_DIGITS[tens]}十"
    elif hundreds and ones:
        written += "零"
    return written + (_DIGITS[ones] if ones else "")


_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def roman(count: int) -> str:
    """1 -> I, 4 -> IV, 12 -> XII; for the pages before the text."""
    written = ""
    for value, sign in _ROMAN:
        repeat, count = divmod(count, value)
        written += sign * repeat
    return written
