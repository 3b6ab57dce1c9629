"""Words that stand in and on what a build makes; they follow the book's language, not the editor's screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from casebook.book import Language
from casebook.making.values import Output


@dataclass(frozen=True, slots=True)
class Words:
    """Patterns take `{}`."""

    mark: str
    names: dict[Output, str]
    chosen_from: str
    contents: str
    start: str
    cover: str
    summary: str
    chapter: str
    commendation: str
    figure: str
    inclusion: str
    included_unit: tuple[str, str]
    included_author: tuple[str, str]

    def proof_mark(self, number: int, at: date) -> str:
        return self.mark.format(number, at.isoformat())


CHINESE = Words(
    mark="校样　第 {} 次　{}",
    names={
        Output.WORD: "",
        Output.PRINT_PDF: "印刷",
        Output.SCREEN_PDF: "阅读",
        Output.COVER: "封面展开",
        Output.EPUB: "",
        Output.CASES: "单篇",
        Output.MANIFEST: "清单",
        Output.BOOK: "内容",
    },
    chosen_from="选自《{}》",
    contents="目录",
    start="正文",
    cover="封面",
    summary="摘要",
    chapter="第{}章",
    commendation="授奖词",
    figure="图",
    inclusion="入选证书",
    included_unit=("{}：", "你单位的案例《{title}》入选《{book}》。特发此证。"),
    included_author=("{} 同志：", "你撰写的案例《{title}》入选《{book}》。特发此证。"),
)

ENGLISH = Words(
    mark="Proof {} · {}",
    names={
        Output.WORD: "",
        Output.PRINT_PDF: "print",
        Output.SCREEN_PDF: "screen",
        Output.COVER: "cover",
        Output.EPUB: "",
        Output.CASES: "cases",
        Output.MANIFEST: "manifest",
        Output.BOOK: "content",
    },
    chosen_from="From “{}”",
    contents="Contents",
    start="Text",
    cover="Cover",
    summary="Summary",
    chapter="Chapter {}",
    commendation="What the jury says",
    figure="Figure",
    inclusion="Certificate of Inclusion",
    included_unit=("{}", "Your case “{title}” is included in “{book}”."),
    included_author=("{}", "Your case “{title}” is included in “{book}”."),
)


def words_of(language: Language) -> Words:
    return ENGLISH if language == "en" else CHINESE
