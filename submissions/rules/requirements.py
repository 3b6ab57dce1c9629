"""What makes a call's requirements sound: eligibility, parts, files, pledge; and named rows of any kind."""

from __future__ import annotations

from collections.abc import Iterable

from foundation.errors import FieldError
from foundation.text import _
from submissions.values import UNIT_KINDS, CallRules, Eligibility, FileRules, Part

ROWS_HIGHEST = 30
MONTHS_CEILING = 600
FILES_CEILING = 30
SIZE_CEILING = 50
TOTAL_CEILING = FILES_CEILING * SIZE_CEILING
"""Megabytes; the house takes no more, whatever a call says."""


def check_requirements(rules: CallRules) -> tuple[FieldError, ...]:
    """Everything that is wrong with them, in the order of the form."""
    return (*_eligibility(rules.eligibility), *_parts(rules.parts, rules), *_files(rules.files))


def check_pledge_text(rules: CallRules) -> tuple[FieldError, ...]:
    if rules.pledge_text.strip():
        return ()
    return (FieldError("pledge_text", _("请填写真实性承诺的文字。")),)


def _eligibility(asked: Eligibility) -> list[FieldError]:
    found = []
    if any(kind not in UNIT_KINDS for kind in asked.unit_kinds):
        found.append(FieldError("unit_kinds", _("没有这种单位类别，请从列表中选择。")))
    if asked.practice_months is not None and not 1 <= asked.practice_months <= MONTHS_CEILING:
        sentence = _("月数必须是 1 到 %(ceiling)s 之间的整数。", ceiling=MONTHS_CEILING)
        found.append(FieldError("practice_months", sentence))
    if asked.practice_months is not None and asked.practice_earliest is not None:
        sentence = _("最早日期和“截止前多少个月以内”只能填一个，请清空其中一个。")
        found.append(FieldError("practice_months", sentence))
    earliest, latest = asked.practice_earliest, asked.practice_latest
    if earliest is not None and latest is not None and latest < earliest:
        found.append(FieldError("practice_latest", _("最晚日期不能早于最早日期。")))
    return found


def _parts(rows: tuple[Part, ...], rules: CallRules) -> list[FieldError]:
    found = named_rows("parts", [(each.key, each.name) for each in rows])
    for index, each in enumerate(rows):
        if each.lowest is not None and each.lowest < 0:
            found.append(FieldError(f"parts-{index}-lowest", _("字数下限不能小于 0。")))
        if each.highest is not None and each.highest < max(each.lowest or 0, 1):
            found.append(FieldError(f"parts-{index}-highest", _("字数上限必须大于 0，并且不小于下限。")))
    total = sum(each.lowest or 0 for each in rows)
    if total > rules.words_highest:
        sentence = _(
            "各部分的最少字数合计 %(total)s，超过了正文最多字数 %(limit)s。",
            total=total,
            limit=rules.words_highest,
        )
        found.append(FieldError("parts-0-lowest", sentence))
    return found


def _files(files: FileRules) -> list[FieldError]:
    bounds = (
        ("file_size_highest", files.size_highest, 1, SIZE_CEILING),
        ("file_number_highest", files.number_highest, 0, FILES_CEILING),
        ("file_total_highest", files.total_highest, 1, TOTAL_CEILING),
    )
    return [
        FieldError(field, _("请填写 %(lowest)s 到 %(highest)s 之间的整数。", lowest=lowest, highest=highest))
        for field, value, lowest, highest in bounds
        if value is not None and not lowest <= value <= highest
    ]


def named_rows(group: str, rows: Iterable[tuple[str, str]]) -> list[FieldError]:
    """Rows without a name, with a name twice, or too many of them."""
    found, keys, names = [], set[str](), set[str]()
    for index, (key, name) in enumerate(rows):
        field = f"{group}-{index}-name"
        if not name:
            found.append(FieldError(field, _("第 %(number)s 行没有填写名称。", number=index + 1)))
        elif name in names or key in keys:
            found.append(FieldError(field, _("“%(name)s”重复了。", name=name)))
        names.add(name)
        keys.add(key)
    if len(names) > ROWS_HIGHEST:
        found.append(FieldError(f"{group}-0-name", _("最多 %(limit)s 行。", limit=ROWS_HIGHEST)))
    return found
