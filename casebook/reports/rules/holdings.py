"""What the cases are: categories, regions, prizes, topics, length, evidence, time of handing in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace

from casebook.reports.figures import Column, Figure, Measure, Row, Small, percent
from casebook.reports.rules.measures import round_step
from casebook.reports.values import CaseFacts, Facts
from casebook.research import ChartKind
from foundation.text import Text, _

CASES = _("个案例")
TOPICS_SHOWN = 15
BINS = 10

_DAYS: tuple[tuple[float, Text], ...] = (
    (30, _("30 天以前")),
    (14, _("14 至 30 天")),
    (7, _("7 至 14 天")),
    (3, _("3 至 7 天")),
    (1, _("1 至 3 天")),
    (0, _("最后 24 小时")),
)
_LATE = _("公布的截止时间以后")


def holdings(facts: Facts) -> tuple[Figure, ...]:
    """All figures of this page that the set gives; empty ones are left out."""
    found = (
        _by(facts, "categories", _("类别"), _("各类别的案例"), lambda case: case.category or _("未分类")),
        _by(facts, "regions", _("地区"), _("各地区的案例"), lambda case: case.region or _("本级")),
        _prizes(facts),
        _topics(facts),
        _length(facts),
        _evidence(facts),
        _timing(facts),
    )
    return tuple(each for each in found if each is not None and each.rows)


def _by(facts: Facts, key: str, name: Text, title: Text, group: Callable[[CaseFacts], Text | str]) -> Figure:
    labels: dict[str, Text | str] = {}
    count, won = Counter[str](), Counter[str]()
    for case in facts.cases:
        label = group(case)
        plain = label.msgid if isinstance(label, Text) else label
        labels[plain] = label
        count[plain] += 1
        won[plain] += case.awarded
    rows = [
        Row(labels[each], (won[each], total - won[each], total, percent(won[each], total)), total)
        for each, total in count.items()
    ]
    rows.sort(key=lambda row: (-row.n, str(row.label)))
    found = Figure(
        key=key,
        name=name,
        title=title,
        head=name,
        columns=(
            Column(_("获奖")),
            Column(_("未获奖")),
            Column(_("案例")),
            Column(_("获奖比例"), Measure.PERCENT, (0, 2)),
        ),
        rows=tuple(rows),
        base=len(facts.cases),
        base_name=CASES,
        definition=_("一个案例按它计入统计的版本归类。获奖指在生成时有效的授奖。"),
        chart=ChartKind.STACKED,
        drawn=(0, 1),
        small=Small.MERGE,
    )
    if all(case.awarded for case in facts.cases):
        return _of_winners(found)
    return found if all(call.decided for call in facts.calls) else _undecided(found)


def _undecided(figure: Figure) -> Figure:
    """Where some results are open, who has no prize may still get one: there is no share."""
    rows = tuple(replace(row, values=row.values[:3]) for row in figure.rows)
    won, _others, cases, _share = figure.columns
    others = Column(_("未获奖或结果未公布"))
    return replace(figure, rows=rows, columns=(won, others, cases))


def _of_winners(figure: Figure) -> Figure:
    """Where all have a prize there is one column, and nothing that is not public."""
    rows = tuple(replace(row, values=row.values[2:3]) for row in figure.rows)
    return replace(
        figure, rows=rows, columns=figure.columns[2:3], chart=ChartKind.BAR, drawn=(0,), small=Small.KEEP
    )


def _prizes(facts: Facts) -> Figure | None:
    won = [case for case in facts.cases if case.awarded]
    count = Counter((case.prize_rank, case.prize) for case in won)
    rows = tuple(Row(prize, (number,), number) for (_rank, prize), number in sorted(count.items()))
    return Figure(
        key="prizes",
        name=_("奖项"),
        title=_("奖项分布"),
        head=_("奖项"),
        columns=(Column(_("案例")),),
        rows=rows,
        base=len(won),
        base_name=_("个获奖案例"),
        definition=_("每个案例按在生成时有效的最高授奖计一次；已撤销的授奖不计。"),
        chart=ChartKind.DOUGHNUT,
    )


def _topics(facts: Facts) -> Figure:
    named = [case for case in facts.cases if case.topics]
    count = Counter(topic for case in named for topic in case.topics)
    ordered = sorted(count.items(), key=lambda pair: (-pair[1], pair[0]))[:TOPICS_SHOWN]
    rows = tuple(Row(topic, (number, percent(number, len(named))), number) for topic, number in ordered)
    return Figure(
        key="topics",
        name=_("主题"),
        title=_("案例涉及的主题"),
        head=_("主题"),
        columns=(Column(_("案例")), Column(_("占标有主题的案例"), Measure.PERCENT)),
        rows=rows,
        base=len(named),
        base_name=CASES,
        definition=_(
            "主题取自案例库的主题表，一个案例可以有几个主题，所以比例之和可以超过 100%。最多列出 15 个。"
        ),
        missing=len(facts.cases) - len(named),
        treated=_("没有主题的案例（多为不在案例库里的案例）不计入。"),
    )


def _length(facts: Facts) -> Figure | None:
    lengths = [case.words for case in facts.cases]
    if not lengths:
        return None
    step = round_step(max(lengths) - min(lengths) + 1, BINS)
    first = min(lengths) // step
    count = Counter(length // step for length in lengths)
    rows = tuple(
        Row(f"{place * step}–{(place + 1) * step - 1}", (count[place],), count[place])
        for place in range(first, max(count) + 1)
    )
    return Figure(
        key="length",
        name=_("篇幅"),
        title=_("案例篇幅的分布"),
        head=_("字数"),
        columns=(Column(_("案例")),),
        rows=rows,
        base=len(lengths),
        base_name=CASES,
        definition=_("正文字数，按 Word 的统计方法。"),
        chart=ChartKind.HISTOGRAM,
    )


def _evidence(facts: Facts) -> Figure:
    total = len(facts.cases)
    kinds: Iterable[tuple[Text, Callable[[CaseFacts], int]]] = (
        (_("给说法标了证明材料"), lambda case: case.claims),
        (_("有照片"), lambda case: case.photos),
        (_("附有其他文件"), lambda case: case.files),
    )
    rows = []
    for label, found in kinds:
        number = sum(1 for case in facts.cases if found(case))
        rows.append(Row(label, (number, percent(number, total)), total))
    return Figure(
        key="evidence",
        name=_("证明材料"),
        title=_("证明材料与照片"),
        head=_("材料"),
        columns=(Column(_("案例")), Column(_("占全部案例"), Measure.PERCENT)),
        rows=tuple(rows) if total else (),
        base=total,
        base_name=CASES,
        definition=_("有证明材料，指作者在正文里给至少一处说法标了支持它的文件或照片；没有标的算没有。"),
        drawn=(1,),
    )


def _timing(facts: Facts) -> Figure:
    known = [case.days_before for case in facts.cases if case.days_before is not None]
    count = Counter(_bin(days) for days in known)
    labels = (*(label for _least, label in _DAYS), _LATE)
    rows = tuple(
        Row(label, (count[place], percent(count[place], len(known))), count[place])
        for place, label in enumerate(labels)
        if known and (place < len(_DAYS) or count[place])
    )
    return Figure(
        key="timing",
        name=_("提交时间"),
        title=_("在截止以前多久提交"),
        head=_("离截止"),
        columns=(Column(_("案例")), Column(_("占全部案例"), Measure.PERCENT)),
        rows=rows,
        base=len(known),
        base_name=CASES,
        definition=_("计入统计的版本的收到时间与公布的截止时间（类别有自己的截止时间的，按类别）之差。批准延期的单位也按公布的截止时间计。"),
        missing=len(facts.cases) - len(known),
        treated=_("截止时间不明的案例不计入。"),
        chart=ChartKind.COLUMN,
    )  # fmt: skip


def _bin(days: float) -> int:
    return next((place for place, (least, _label) in enumerate(_DAYS) if days >= least), len(_DAYS))
