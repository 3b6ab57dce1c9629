"""What winners have that others have not: differences with effect sizes, and no word about causes.

Only cases of calls whose results are public are compared, winners with the others of the same set. Topics are
not: only cases of the library have them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from casebook.reports.figures import Column, Figure, Measure, Row, Small, percent
from casebook.reports.rules.measures import (
    DELTA_BOUNDS,
    H_BOUNDS,
    Size,
    cliffs_delta,
    cohens_h,
    median,
    size_of,
)
from casebook.reports.rules.suppressing import LEAST
from casebook.reports.values import CaseFacts, Facts
from casebook.research import ChartKind
from foundation.text import Text, _

FEW = 20
"""Cases in the smaller group below which the figure says that it is small."""
SIZES = {
    Size.NEGLIGIBLE: _("几乎没有差别"),
    Size.SMALL: _("差别小"),
    Size.MEDIUM: _("差别中等"),
    Size.LARGE: _("差别大"),
}
_WON, _OTHERS, _EFFECT = _("获奖"), _("未获奖"), _("效应量")
_SHARES: tuple[tuple[Text, Callable[[CaseFacts], bool]], ...] = (
    (_("标了证明材料的比例"), lambda case: case.claims > 0),
    (_("有照片的比例"), lambda case: case.photos > 0),
    (_("附有其他文件的比例"), lambda case: case.files > 0),
    (_("截止前一天以前提交的比例"), lambda case: (case.days_before or 0) >= 1),
)
_MIDDLES: tuple[tuple[Text, Callable[[CaseFacts], float]], ...] = (
    (_("正文字数"), lambda case: case.words),
    (_("每千字的具体要素"), lambda case: case.elements),
    (_("标了证明材料的说法"), lambda case: case.claims),
    (_("照片"), lambda case: case.photos),
)
_CAVEAT = _("这里只说两组案例在数字上的差别，不说明获奖的原因；比较了多项，没有作多重比较校正。")


def comparison(facts: Facts) -> tuple[Figure, ...]:
    """Two figures, or none where a group has fewer than five cases."""
    decided = {call.call_id for call in facts.calls if call.decided}
    cases = [case for case in facts.cases if case.call_id in decided]
    won = [case for case in cases if case.awarded]
    others = [case for case in cases if not case.awarded]
    if min(len(won), len(others)) < LEAST:
        return ()
    return (_shares(won, others), _middles(won, others))


def _warning(won: Sequence[CaseFacts], others: Sequence[CaseFacts]) -> Text | None:
    least = min(len(won), len(others))
    if least >= FEW:
        return None
    return _("较少的一组只有 %(count)s 个案例，差别可能是偶然的，请谨慎使用。", count=least)


def _shares(won: Sequence[CaseFacts], others: Sequence[CaseFacts]) -> Figure:
    rows = []
    for label, has in _SHARES:
        one, other = sum(map(has, won)), sum(map(has, others))
        effect = cohens_h(one / len(won), other / len(others))
        mine, theirs = percent(one, len(won)), percent(other, len(others))
        difference = round((mine or 0) - (theirs or 0), 6)
        values = (mine, theirs, difference, round(effect, 4))
        rows.append(Row(label, values, min(len(won), len(others)), SIZES[size_of(effect, H_BOUNDS)]))
    return Figure(
        key="winner_shares",
        name=_("获奖与未获奖比例"),
        title=_("获奖案例与未获奖案例：比例"),
        head=_("特点"),
        columns=(
            Column(_WON, Measure.PERCENT),
            Column(_OTHERS, Measure.PERCENT),
            Column(_("相差（百分点）"), Measure.NUMBER),
            Column(_EFFECT, Measure.NUMBER),
        ),
        rows=tuple(rows),
        base=len(won) + len(others),
        base_name=_("个案例"),
        definition=_("效应量为 Cohen 的 h（0.2、0.5、0.8 以上分别称为小、中、大）。没有这样材料的算没有。"),
        chart=ChartKind.BAR,
        drawn=(0, 1),
        treated=_CAVEAT,
        small=Small.DROP,
        warning=_warning(won, others),
    )


def _middles(won: Sequence[CaseFacts], others: Sequence[CaseFacts]) -> Figure:
    rows = []
    for label, value_of in _MIDDLES:
        mine, theirs = [value_of(case) for case in won], [value_of(case) for case in others]
        effect = cliffs_delta(mine, theirs) or 0.0
        values = (median(mine), median(theirs), round(effect, 4))
        rows.append(Row(label, values, min(len(won), len(others)), SIZES[size_of(effect, DELTA_BOUNDS)]))
    return Figure(
        key="winner_sizes",
        name=_("获奖与未获奖数量"),
        title=_("获奖案例与未获奖案例：数量（中位数）"),
        head=_("特点"),
        columns=(
            Column(_WON, Measure.NUMBER),
            Column(_OTHERS, Measure.NUMBER),
            Column(_EFFECT, Measure.NUMBER),
        ),
        rows=tuple(rows),
        base=len(won) + len(others),
        base_name=_("个案例"),
        definition=_(
            "效应量为 Cliff 的 δ（绝对值 0.147、0.33、0.474 以上分别称为小、中、大）。"
            "具体要素指数字、日期、地点和职务，由程序识别，会有遗漏。"
        ),
        chart=None,
        drawn=(),
        treated=_CAVEAT,
        small=Small.DROP,
        warning=_warning(won, others),
    )
