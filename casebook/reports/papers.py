"""The report, its brief and its annex put together from what people wrote and what was counted.

Everything here leaves the house: figures are as `rules.suppressing` lets them be printed, cases without an
award have no name, and a passage that lost its case stands there only where somebody confirmed it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from casebook.book import Language
from casebook.reports.drawing import drawing, grid, heads, notes
from casebook.reports.figures import Figure, shown
from casebook.reports.queries import Source
from casebook.reports.rules.counting import Counted
from casebook.reports.rules.suppressing import LEAST
from casebook.reports.rules.tokens import filled
from casebook.reports.values import CaseFacts, Content, Facts, Section
from casebook.reports.wording import SCOPES
from casebook.research import Grid, Heading, Part, Passage, Study, Wording, Words
from foundation import richtext
from foundation.sheets import Table
from foundation.text import Text, _, current_translations

HASH_SHOWN = 12
KEY_NUMBERS = ("cases", "units", "participation", "awarded", "evidence_share", "days")
BRIEF_FIGURES = ("regions_units", "categories")


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that the papers of one report are made of."""

    content: Content
    facts: Facts
    counted: Counted
    sources: Mapping[str, Source]
    now: datetime
    zone: str = "Asia/Shanghai"

    @property
    def printable(self) -> Counted:
        return self.counted.for_print()


def study(material: Material) -> Study:
    """The whole report with contents, figures, method and list of cases."""
    return Study(
        title=material.content.title,
        byline=material.content.byline,
        dated=_dated(material),
        parts=(*_sections(material), *_method(material), *_cases(material)),
        wording=_wording(),
        language=_language(),
    )


def brief(material: Material) -> Study:
    """One page: the numbers that matter, the sections chosen for it, one chart."""
    counted = material.printable
    parts: list[Part] = [_key_numbers(counted)]
    for section in material.content.sections:
        if section.in_brief and section.body:
            parts.append(Heading(section.heading, 2))
            parts += _text(section, counted, figures=False)
    chart = next(
        (each for key in BRIEF_FIGURES if (each := counted.figure(key)) is not None and each.rows), None
    )
    drawn = drawing(chart) if chart is not None else None
    if drawn is not None:
        parts.append(drawn)
    return Study(
        title=str(_("%(title)s（简报）", title=material.content.title)),
        byline=material.content.byline,
        dated=_dated(material),
        parts=tuple(parts),
        wording=_wording(),
        language=_language(),
        contents=False,
        compact=True,
    )


def annex(material: Material) -> tuple[Table, ...]:
    """The sheets of the workbook: definitions, numbers, every table, the cases."""
    counted = material.printable
    figures = [each for each in counted.figures if each.rows]
    return (
        Table(
            str(_("说明")),
            (_("项目"), _("内容")),
            [
                (_("报告"), material.content.title),
                (_("生成时间"), material.now),
                (_("统计范围"), SCOPES[material.facts.scope]),
                *((_("征集"), call.title) for call in material.facts.calls),
                *((_("说明"), note) for note in _limits(material)),
                *((each.title, each.definition) for each in figures),
            ],
            zone=material.zone,
            widths=(30, 100),
        ),
        Table(
            str(_("主要数字")),
            (_("名称"), _("数值"), _("显示"), _("统计基数")),
            [(each.name, each.value, shown(each.value, each.measure), each.base) for each in counted.numbers],
        ),
        *(_sheet(each) for each in figures),
        Table(
            str(_("案例清单")),
            (
                *(_("序号"), _("标题"), _("单位"), _("类别"), _("奖项"), _("征集"), _("字数")),
                *(_("主题"), _("地址"), _("版本哈希")),
            ),
            [
                (number, each.title, each.unit_name, each.category, each.prize, str(each.year), each.words,
                 str(_("、")).join(each.topics), each.address, each.content_hash)
                for number, each in enumerate(_named(material), start=1)
            ],
            widths=(8, 44, 30, 18, 14, 10, 10, 30, 36, 70),
        ),
    )  # fmt: skip


def _sheet(figure: Figure) -> Table:
    def rows() -> Iterator[tuple[str | float | Text | None, ...]]:
        for row in figure.rows:
            remark = (row.remark,) if figure.remarks else ()
            yield (row.label, *row.values, *remark)
        yield ()
        yield (_("统计基数"), figure.base)
        for note in notes(figure):
            yield (note,)

    return Table(str(figure.name), heads(figure), list(rows()), widths=(32,))


# --- parts of the report ----------------------------------------------------------------------------------


def _sections(material: Material) -> Iterator[Part]:
    counted = material.printable
    number = 0
    for section in material.content.sections:
        if not section.body and not section.quotations:
            continue
        number += 1
        yield Heading(_numbered(number, section.heading))
        yield from _text(section, counted)
        for each in section.quotations:
            yield _passage(each.text, material.sources.get(each.version_id))


def _text(section: Section, counted: Counted, *, figures: bool = True) -> Iterator[Part]:
    """Text between figures; a figure stands as chart and table."""
    gathered: list[richtext.Block] = []
    drafted = section.drafted
    for piece in filled(richtext.blocks(section.body), counted):
        if not isinstance(piece, Figure):
            gathered.append(piece)
            continue
        if gathered:
            yield Words(tuple(gathered), drafted)
            gathered, drafted = [], False
        if figures:
            yield from _figure(piece)
    if gathered:
        yield Words(tuple(gathered), drafted)


def _figure(figure: Figure) -> Iterator[Part]:
    if not figure.rows:
        yield Words(richtext.blocks(f"<p>{_too_small(figure)}</p>"))
        return
    drawn = drawing(figure)
    if drawn is not None:
        yield drawn
    yield grid(figure)


def _too_small(figure: Figure) -> Text:
    return _(
        "“%(title)s”的各项都少于 %(least)s 个，为避免对号入座，不列出。", title=figure.title, least=LEAST
    )


def _passage(text: str, source: Source | None) -> Passage:
    if source is None:
        return Passage(text, str(_("出处已不可查")))
    origin = _(
        "——%(unit)s《%(title)s》，%(prize)s，版本 %(hash)s",
        unit=source.unit,
        title=source.title,
        prize=source.prize or _("授奖已撤销"),
        hash=source.version_hash[:HASH_SHOWN],
    )
    return Passage(text, str(origin), source.address)


def _key_numbers(counted: Counted) -> Grid:
    found = [each for each in (counted.number(key) for key in KEY_NUMBERS) if each is not None]
    found = [each for each in found if each.value is not None]
    return Grid(
        caption="",
        head=tuple(str(each.name) for each in found),
        rows=(tuple(shown(each.value, each.measure) for each in found),),
    )


def _limits(material: Material) -> Iterator[Text]:
    """What the reader has to know before he uses the figures."""
    yield _("数据取自本系统的数据库，反映生成时的状态；以后的授奖、撤销授奖和版本变化会使数字不同。")
    yield _("各图表注明统计基数（n）。缺少某项数据的案例不计入该项，不作估计或补齐。")
    yield _(
        "对个人和单位可能对号入座的表，少于 %(least)s 个的行合并或略去；授奖是公开的，不作处理。", least=LEAST
    )
    yield _("评分只用结果已经公布的征集，每个案例先取平均，不涉及任何一位评委；没有结果的征集不列评分。")
    yield _("各组之间的比较只说明差别，不说明原因；案例由单位自愿申报，不能代表全部单位的工作。")
    if any(not call.decided for call in material.facts.calls):
        yield _("其中有结果尚未公布的征集，报告只供组织者使用，请勿外传。")


def _method(material: Material) -> Iterator[Part]:
    yield Heading(str(_("附一　方法说明与局限")))
    calls = str(_("、")).join(f"《{call.title}》" for call in material.facts.calls)
    scope = _("统计范围：%(scope)s；涉及的征集：%(calls)s。", scope=SCOPES[material.facts.scope], calls=calls)
    sentences = (scope, *_limits(material))
    yield Words(tuple(richtext.Paragraph((richtext.Run(str(each)),)) for each in sentences))


def _cases(material: Material) -> Iterator[Part]:
    named = _named(material)
    if not named:
        return
    yield Heading(str(_("附二　获奖案例清单")))
    head = (_("序号"), _("标题"), _("单位"), _("奖项"), _("短地址"), _("版本哈希"))
    yield Grid(
        caption=str(_("统计范围内的获奖案例")),
        head=tuple(str(each) for each in head),
        rows=tuple(
            (str(number), each.title, each.unit_name, each.prize, _path(each), each.content_hash[:HASH_SHOWN])
            for number, each in enumerate(named, start=1)
        ),
        note=str(
            _("版本哈希列前 %(count)s 位，全文见数据附表。未获奖的案例只计数，不列名。", count=HASH_SHOWN)
        ),
    )


def _path(case: CaseFacts) -> str:
    return case.address.partition("://")[2] or case.address


def _named(material: Material) -> list[CaseFacts]:
    won = (case for case in material.facts.cases if case.awarded)
    return sorted(won, key=lambda case: (-case.year, case.prize_rank, case.title, case.case_id))


def _numbered(number: int, heading: str) -> str:
    return str(_("%(number)s、%(heading)s", number=_ordinal(number), heading=heading))


def _ordinal(number: int) -> str:
    if _language() == "en":
        return str(number)
    digits = "零一二三四五六七八九"
    ten, one = divmod(number, 10)
    return (digits[ten] if ten > 1 else "") + ("十" if ten else "") + (digits[one] if one or not ten else "")


def _dated(material: Material) -> str:
    day = material.now.astimezone(ZoneInfo(material.zone))
    return str(_("%(year)s年%(month)s月%(day)s日", year=day.year, month=day.month, day=day.day))


def _language() -> Language:
    return "zh" if current_translations().gettext(_CHINESE.msgid) == _CHINESE.msgid else "en"


_CHINESE = _("［草稿，尚未编辑］")


def _wording() -> Wording:
    return Wording(contents=str(_("目　录")), drafted=str(_CHINESE), figure=str(_("图")), table=str(_("表")))
