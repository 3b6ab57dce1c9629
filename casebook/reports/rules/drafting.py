"""The first draft of a report: sections with sentences made from the figures, their numbers as tokens.

Sentences state what was counted and leave judging to people. Each section stays marked as a draft until
somebody has worked on it.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from casebook.reports.figures import Figure
from casebook.reports.rules.counting import Counted, cell
from casebook.reports.rules.tokens import FIGURE, NUMBER, written
from casebook.reports.values import Section
from foundation.text import Text, _

Drawn = list[str]


def draft(counted: Counted, new_id: Callable[[], str]) -> tuple[Section, ...]:
    """The sections of a new report; a section with nothing to say is left out, but for the last two."""
    parts: tuple[tuple[Text, list[str], bool], ...] = (
        (_("基本情况"), _summary(counted), True),
        (_("参与情况"), _participation(counted), False),
        (_("案例内容"), _contents(counted), False),
        (_("证明材料与提交"), _evidence(counted), False),
        (_("评审结果"), _results(counted), False),
        (_("获奖案例与未获奖案例的差别"), _comparison(counted), True),
        (_("历次比较"), _years(counted), False),
    )
    found = [
        Section(new_id(), str(heading), "".join(lines), drafted=True, in_brief=brief)
        for heading, lines, brief in parts
        if lines
    ]
    own = (Section(new_id(), str(_("案例摘录"))), Section(new_id(), str(_("建议")), in_brief=True))
    return (*found, *own)


def _p(sentence: Text) -> str:
    return f"<p>{escape(str(sentence), quote=False)}</p>"


def _n(counted: Counted, key: str) -> str:
    number = counted.number(key)
    return written(NUMBER, number) if number is not None else ""


def _f(counted: Counted, *keys: str) -> list[str]:
    found = (counted.figure(key) for key in keys)
    return [f"<p>{escape(written(FIGURE, each), quote=False)}</p>" for each in found if each is not None]


def _summary(counted: Counted) -> list[str]:
    n = _n
    lines = [
        _p(
            _(
                "本报告统计了 %(calls)s 次征集的 %(cases)s 个案例，"
                "来自 %(regions)s 个地区或系统的 %(units)s 个单位。",
                calls=n(counted, "calls"),
                cases=n(counted, "cases"),
                regions=n(counted, "regions"),
                units=n(counted, "units"),
            )
        )
    ]
    if _value(counted, "awarded"):
        lines.append(_p(_("其中获奖案例 %(awarded)s 个。", awarded=n(counted, "awarded"))))
    lines.append(
        _p(
            _(
                "案例篇幅的中位数是 %(words)s 字；%(share)s 的案例给文中的说法标了证明材料。",
                words=n(counted, "words"),
                share=n(counted, "evidence_share"),
            )
        )
    )
    return lines


def _participation(counted: Counted) -> list[str]:
    lines = []
    if _value(counted, "participation") is not None:
        lines.append(
            _p(
                _(
                    "名录中可以参加的单位有 %(directory)s 个，实际参与 %(units)s 个，参与率 %(share)s。",
                    directory=_n(counted, "directory"),
                    units=_n(counted, "units"),
                    share=_n(counted, "participation"),
                )
            )
        )
    lines += _most(counted, "regions_units", _("参与单位最多的是%(names)s。"))
    return lines + _f(counted, "regions_units", "kinds_units")


def _contents(counted: Counted) -> list[str]:
    lines = _most(counted, "categories", _("案例最多的类别是%(names)s。"), whole=True)
    lines += _most(counted, "topics", _("涉及最多的主题是%(names)s。"))
    return lines + _f(counted, "categories", "regions", "topics", "length")


def _evidence(counted: Counted) -> list[str]:
    lines = [
        _p(
            _(
                "%(evidence)s 的案例标了证明材料，%(photos)s 的案例有照片。",
                evidence=_n(counted, "evidence_share"),
                photos=_n(counted, "photo_share"),
            )
        )
    ]
    if _value(counted, "days") is not None:
        lines.append(
            _p(
                _(
                    "提交时间的中位数是截止前 %(days)s 天，%(late)s 的案例在最后一天提交。",
                    days=_n(counted, "days"),
                    late=_n(counted, "last_day_share"),
                )
            )
        )
    return lines + _f(counted, "evidence", "timing")


def _results(counted: Counted) -> list[str]:
    figures = _f(counted, "prizes", "scores")
    if not figures:
        return []
    return [_p(_("共有 %(awarded)s 个案例获奖。", awarded=_n(counted, "awarded"))), *figures]


def _comparison(counted: Counted) -> list[str]:
    """The wording stays with differences: which group has more, never why."""
    shares = counted.figure("winner_shares")
    if shares is None:
        return []
    lines = [
        _p(
            _(
                "“%(what)s”：获奖案例为 %(won)s，未获奖案例为 %(others)s（%(size)s）。",
                what=row.label,
                won=written(NUMBER, cell(shares, row, 0)),
                others=written(NUMBER, cell(shares, row, 1)),
                size=row.remark or "",
            )
        )
        for row in shares.rows[:2]
    ]
    if shares.warning is not None:
        lines.append(_p(shares.warning))
    if shares.treated is not None:
        lines.append(_p(shares.treated))
    return lines + _f(counted, "winner_shares", "winner_sizes")


def _years(counted: Counted) -> list[str]:
    return _f(counted, "years")


def _value(counted: Counted, key: str) -> float | None:
    number = counted.number(key)
    return number.value if number is not None else None


def _most(counted: Counted, key: str, sentence: Text, *, whole: bool = False) -> list[str]:
    """Names the first rows of a figure, by what it counts."""
    figure = counted.figure(key)
    if figure is None:
        return []
    rows = sorted(figure.rows, key=lambda row: -_counted(row.values, figure, whole=whole))[:3]
    names = str(_("、")).join(str(row.label) for row in rows if _counted(row.values, figure, whole=whole))
    return [_p(Text(sentence.msgid, {"names": names}))] if names else []


def _counted(values: tuple[float | None, ...], figure: Figure, *, whole: bool) -> float:
    place = 2 if whole and len(figure.columns) > 2 else 0
    return values[place] or 0
