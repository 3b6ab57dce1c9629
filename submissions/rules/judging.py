"""What makes the way a call is judged sound: levels of the criteria, groups of jurors, thresholds, limits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from foundation.errors import FieldError
from foundation.text import Text, _
from submissions.rules.criteria import full_score, plain
from submissions.rules.requirements import named_rows
from submissions.values import CallRules, Criterion, JuryGroup, Level, Prize, StandingRule

LEVELS_CEILING = 12
NOTICE_CEILING = 60
"""Working days."""


def check_judging(rules: CallRules) -> tuple[FieldError, ...]:
    """Everything that is wrong with it, in the order of the form. What is wrong with a criterion's levels is
    said at the criterion: they are sorted, so they have no places of their own."""
    return (
        *(
            FieldError(f"criteria-{index}-levels", message)
            for index, each in enumerate(rules.criteria)
            for message in _levels(each)
        ),
        *_tie_break(rules),
        *_groups(rules),
        *_thresholds(rules.prizes, rules.criteria),
        *_numbers(rules),
    )


def _levels(criterion: Criterion) -> Iterator[Text]:
    """The first thing that is wrong with a criterion's levels, if anything is."""
    name, found = criterion.name, criterion.levels
    if criterion.graded and len(found) < 2:
        yield _("“%(name)s”按等级打分，请至少写两个档次。", name=name)
    elif len(found) > LEVELS_CEILING:
        yield _("“%(name)s”的档次不能超过 %(limit)s 个。", name=name, limit=LEVELS_CEILING)
    elif any(not level.name for level in found):
        yield _("“%(name)s”有一个档次没有名称，例如“优秀”或“A”。", name=name)
    elif len({level.name for level in found}) < len(found):
        yield _("“%(name)s”有两个档次名称相同。", name=name)
    elif any(above.lowest == below.lowest for below, above in pairwise(found)):
        yield _("“%(name)s”有两个档次从同一个分数起。", name=name)
    elif found and (wrong := next((each for each in found if not _on_scale(criterion, each)), None)):
        yield _(
            "“%(name)s”的“%(level)s”档从 %(mark)s 分起，不是这条标准可以打的分数。",
            name=name,
            level=wrong.name,
            mark=plain(wrong.lowest),
        )
    elif found and not criterion.graded and found[0].lowest != criterion.lowest:
        yield _(
            "“%(name)s”最低的一档应从最低分 %(lowest)s 分起，这样每个分数都有所属的档次。",
            name=name,
            lowest=criterion.lowest,
        )


def _on_scale(criterion: Criterion, level: Level) -> bool:
    if not criterion.lowest <= level.lowest <= criterion.highest:
        return False
    return criterion.step > 0 and (level.lowest - criterion.lowest) % criterion.step == 0


def _tie_break(rules: CallRules) -> Iterator[FieldError]:
    keys = [each.key for each in rules.criteria]
    chain = rules.judging.tie_break
    if len(set(chain)) < len(chain) or not set(chain) <= set(keys):
        yield FieldError("criteria-0-tie_place", _("同分时比较的标准必须是上面列出的标准，每条最多一次。"))


def _groups(rules: CallRules) -> list[FieldError]:
    """Sound only where they are used: another rule leaves them alone."""
    if rules.standing_rule is not StandingRule.WEIGHTED:
        return []
    rows: Sequence[JuryGroup] = rules.judging.jury_groups
    if len(rows) < 2:
        return [FieldError("standing_rule", _("按评委分组加权时，请至少设两个评委组。"))]
    found = named_rows("jury_groups", [(each.key, each.name) for each in rows])
    found.extend(
        FieldError(f"jury_groups-{index}-weight", _("权重必须是大于 0 的整数（百分数）。"))
        for index, each in enumerate(rows)
        if each.weight < 1
    )
    total = sum(each.weight for each in rows)
    if total != 100:
        sentence = _("各评委组的权重之和必须是 100%%，现在是 %(total)s%%。", total=total)
        found.append(FieldError("jury_groups-0-weight", sentence))
    return found


def _thresholds(prizes: Sequence[Prize], criteria: Sequence[Criterion]) -> Iterator[FieldError]:
    full = full_score(criteria)
    above = None
    for index, prize in enumerate(prizes):
        if prize.threshold is None:
            continue
        field = f"prizes-{index}-threshold"
        if not 0 <= prize.threshold <= full:
            yield FieldError(field, _("最低得分必须在 0 到满分 %(full)s 之间；不设请留空。", full=full))
        elif above is not None and prize.threshold > above:
            yield FieldError(field, _("最低得分不能高于更高奖项的最低得分。"))
        above = prize.threshold if above is None else min(above, prize.threshold)


def _numbers(rules: CallRules) -> Iterator[FieldError]:
    limit = rules.judging.prizes_per_unit
    if limit is not None and limit < 1:
        yield FieldError("prizes_per_unit", _("每个单位的获奖数必须是大于 0 的整数；不限请留空。"))
    if not 0 <= rules.judging.notice_days <= NOTICE_CEILING:
        sentence = _("公示的工作日数必须在 0 到 %(ceiling)s 之间。", ceiling=NOTICE_CEILING)
        yield FieldError("notice_days", sentence)
