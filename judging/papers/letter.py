"""A feedback letter: as blocks for Word, as a PDF."""

from __future__ import annotations

from datetime import datetime

from foundation.display import day
from foundation.pdf import Sheets
from foundation.richtext import Block, Cell, Heading, Paragraph, Run, Table
from foundation.text import _
from judging.papers.ports import Paper
from judging.values.honours import Feedback


def letter_paper(content: Feedback, *, released_at: datetime, timezone: str) -> Paper:
    """The letter as a Word document has it."""
    blocks: list[Block] = [_line(content.unit_name, bold=True), *_lines(content.greeting)]
    blocks += [Heading(2, (Run(str(_("案例"))),)), _line(f"《{content.title}》")]
    if content.prize_name:
        blocks.append(_line(str(_("获得奖项：%(prize)s", prize=content.prize_name))))
    if content.criteria:
        blocks += [Heading(2, (Run(str(_("评分平均值"))),)), _table(content), _line(_basis(content))]
    blocks.append(Heading(2, (Run(str(_("评委意见"))),)))
    for words in content.comments:
        blocks += _lines(words)
    if not content.comments:
        blocks.append(_line(str(_("评委没有留下可以公布的意见。"))))
    blocks.append(Paragraph((Run(str(day(released_at, timezone))),), align="right"))
    return Paper(str(_("评审反馈")), tuple(blocks), content.call_title)


def _line(words: str, *, bold: bool = False) -> Paragraph:
    return Paragraph((Run(words, bold=bold),))


def _lines(words: str) -> list[Block]:
    return [_line(line) for line in words.split("\n") if line.strip()]


def _table(content: Feedback) -> Table:
    head = tuple(Cell((_line(str(name)),), header=True) for name in (_("评分标准"), _("平均分"), _("满分")))
    rows = [
        tuple(Cell((_line(words),)) for words in (each.name, each.average, each.highest))
        for each in content.criteria
    ]
    total = tuple(Cell((_line(words),)) for words in (str(_("总分")), content.score, content.full))
    return Table((head, *rows, total))


def _basis(content: Feedback) -> str:
    return str(_("以上是 %(reads)s 份有效评分的平均值。", reads=content.reads))


def letter_pdf(content: Feedback, *, released_at: datetime, timezone: str) -> bytes:
    """The letter as a PDF. Takes half a second: not inside a write transaction."""
    title = str(_("评审反馈"))
    paper = Sheets(f"{title} {content.title}", now=released_at, foot=content.call_title)
    paper.heading(title, below=content.call_title)
    paper.paragraph(str(_("%(unit)s：", unit=content.unit_name)), size=12)
    if content.greeting:
        paper.paragraph(content.greeting)
    facts = [(str(_("案例")), f"《{content.title}》")]
    if content.prize_name:
        facts.append((str(_("获得奖项")), content.prize_name))
    paper.facts(facts)
    if content.criteria:
        rows = [[each.name, each.average, each.highest] for each in content.criteria]
        paper.table(
            [str(_("评分标准")), str(_("平均分")), str(_("满分"))],
            [*rows, [str(_("总分")), content.score, content.full]],
            widths=(90, 38, 38),
        )
        paper.paragraph(_basis(content), size=9.5, grey=True)
    paper.paragraph(str(_("评委意见")), size=13)
    for words in content.comments:
        paper.paragraph(words)
    if not content.comments:
        paper.paragraph(str(_("评委没有留下可以公布的意见。")))
    paper.paragraph(str(day(released_at, timezone)), grey=True)
    return paper.content()
