"""Rules of judging: values in, an answer or a sentence out."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal, InvalidOperation

from foundation.text import Text, _
from judging.values import AssignmentState, Mark, RoundState
from submissions.rules.criteria import extremes, plain
from submissions.values import CallRules, Category, Criterion

LONGEST_COMMENT = 4000
FIRST_LETTER = "A"
LETTERS = 26


def parse_mark(written: str) -> Decimal | None:
    """A mark as people type it, full-width digits included; None if it is no plain decimal number."""
    text = unicodedata.normalize("NFKC", written).strip()
    if not re.fullmatch(r"-?[0-9]{1,6}(?:\.[0-9]{1,4})?", text):
        return None
    try:
        return Decimal(text)
    except InvalidOperation:  # not reached for what the pattern lets through; a second lock costs nothing
        return None


def mark_refusal(criterion: Criterion, value: Decimal) -> Text | None:
    """Why this mark cannot be given on this criterion, None if it can."""
    if not criterion.lowest <= value <= criterion.highest:
        return _(
            "“%(criterion)s”的分数应在 %(lowest)s 到 %(highest)s 之间。",
            criterion=criterion.name,
            lowest=criterion.lowest,
            highest=criterion.highest,
        )
    if criterion.graded and all(value != level.lowest for level in criterion.levels):
        return _(
            "“%(criterion)s”请选择 %(names)s 中的一个。",
            criterion=criterion.name,
            names="、".join(level.name for level in reversed(criterion.levels)),
        )
    if (value - criterion.lowest) % criterion.step != 0:
        return _(
            "“%(criterion)s”的分数应以 %(step)s 为一档。",
            criterion=criterion.name,
            step=plain(criterion.step),
        )
    return None


def missing(criteria: Sequence[Criterion], marks: Iterable[Mark]) -> tuple[Criterion, ...]:
    """Criteria without a mark."""
    given = {mark.criterion_key for mark in marks}
    return tuple(criterion for criterion in criteria if criterion.key not in given)


def incomplete(criteria: Sequence[Criterion], marks: Iterable[Mark], label: str) -> Text | None:
    """Why a scorecard cannot be handed in yet."""
    left = missing(criteria, marks)
    if not left:
        return None
    return _(
        "%(case)s 还有 %(count)s 项没有打分：%(names)s。",
        case=label,
        count=len(left),
        names="、".join(criterion.name for criterion in left),
    )


def read_mark(criterion: Criterion, written: str) -> Decimal | None:
    """A mark as somebody types it: a number, or the name of a grade where the criterion has grades."""
    name = unicodedata.normalize("NFKC", written).strip().casefold()
    for level in criterion.levels if criterion.graded else ():
        if unicodedata.normalize("NFKC", level.name).casefold() == name:
            return level.lowest
    return parse_mark(written)


def mark_shown(criterion: Criterion, value: Decimal) -> str:
    """A mark as a person reads it: the name of its grade, else the number."""
    for level in criterion.levels if criterion.graded else ():
        if level.lowest == value:
            return level.name
    return plain(value)


def extreme(criteria: Sequence[Criterion], marks: Iterable[Mark]) -> tuple[Criterion, ...]:
    """Criteria whose mark lies in the lowest or highest tenth of the scale."""
    given = {mark.criterion_key: mark.value for mark in marks}
    found = []
    for criterion in criteria:
        low, high = extremes(criterion)
        value = given.get(criterion.key)
        if value is not None and not low <= value <= high:
            found.append(criterion)
    return tuple(found)


def unexplained(rules: CallRules, marks: Iterable[Mark], to_jury: str, label: str) -> Text | None:
    """Why a scorecard with very high or low marks cannot be handed in without a comment to the jury."""
    if not rules.judging.extremes_need_comment or to_jury.strip():
        return None
    found = extreme(rules.criteria, marks)
    if not found:
        return None
    return _(
        "%(case)s 的%(names)s给了很高或很低的分数（在分值最高或最低的十分之一内），"
        "请在“给评审组的意见”里说明理由。",
        case=label,
        names="、".join(f"“{criterion.name}”" for criterion in found),
    )


def round_over(state: RoundState) -> Text | None:
    """Why the organiser's decisions leave nothing to score, None while the round is open."""
    match state:
        case RoundState.OPEN:
            return None
        case RoundState.CLOSED:
            return _("本次评审已经结束，评分不能再修改；如需更改，请联系组织单位。")
        case RoundState.DECIDED:
            return _("本次评审已经评定奖项，评分不能再修改。")
        case RoundState.CANCELLED:
            return _("这一轮评审已经取消，不需要再评分。")


def round_refusal(state: RoundState, closes_at: datetime | None, now: datetime) -> Text | None:
    """Why nothing can be scored in this round now, None while it is open."""
    over = round_over(state)
    if over is None and closes_at is not None and now >= closes_at:
        return _("评分截止时间已过，评分不能再修改；如需延长，请联系组织单位。")
    return over


def assignment_refusal(state: AssignmentState) -> Text | None:
    """Why this scorecard cannot be changed now."""
    match state:
        case AssignmentState.OPEN:
            return None
        case AssignmentState.HANDED_IN:
            return _("这份评分表已经提交，如需修改，请先撤回并说明原因。")
        case AssignmentState.RECUSED:
            return _("您已申请回避这个案例，不能再评分。")
        case AssignmentState.REMOVED:
            return _("这个案例已不在您的评审任务中。")


def anonymous_numbers(
    categories: Sequence[Category], cases: Mapping[str, str], taken: Iterable[str], seed: str
) -> dict[str, str]:
    """Numbers such as A07 for cases (id -> category key): the letter is the category, the order is drawn.

    The draw depends on the seed alone, not on who submitted when, so a number says nothing about its case.
    Numbers already `taken` stay; newcomers come after them.
    """
    used = set(taken)
    numbers: dict[str, str] = {}
    for place, category in enumerate(categories):
        letter = chr(ord(FIRST_LETTER) + place % LETTERS)
        members = sorted(case_id for case_id, key in cases.items() if key == category.key)
        random.Random(f"{seed}:{category.key}").shuffle(members)  # noqa: S311  # a draw, not a secret
        highest = max((int(number[1:]) for number in used if number.startswith(letter)), default=0)
        digits = max(2, len(str(highest + len(members))))
        for offset, case_id in enumerate(members, start=1):
            numbers[case_id] = f"{letter}{highest + offset:0{digits}d}"
            used.add(numbers[case_id])
    return numbers


def of_round(rules: CallRules, reads: int, weights: Mapping[str, int] | None) -> CallRules:
    """A call's rules as a round announced them: its reads a case, and where it has `weights` (criterion key
    -> percent) these criteria only, weighed so."""
    if weights is None:
        return rules if reads == rules.reads_per_case else replace(rules, reads_per_case=reads)
    criteria = tuple(
        replace(each, weight=weights[each.key]) for each in rules.criteria if weights.get(each.key)
    )
    tie_break = tuple(key for key in rules.judging.tie_break if weights.get(key))
    return replace(
        rules,
        criteria=criteria,
        reads_per_case=reads,
        judging=replace(rules.judging, tie_break=tie_break),
    )


def clean_reason(reason: str) -> str:
    """A reason as it is kept: without blanks around it."""
    return reason.strip()
