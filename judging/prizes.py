"""Prizes by quota in order; what the rule cannot decide is handed to a person, never to an id or a clock."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from foundation.text import Text, _
from judging.values import ChoiceReview, PrizeProposal, PrizeShare, Standing, TieAtCut
from submissions.values import Prize


def propose(standings: Sequence[Standing], prizes: Sequence[Prize]) -> PrizeProposal:
    """Fill the prizes from the top. A group of one rank that one prize cannot hold is a tie at the cut."""
    left = [prize.quota for prize in prizes]
    certain: list[list[str]] = [[] for _prize in prizes]
    disputed = [0 for _prize in prizes]
    ties: list[TieAtCut] = []
    for rank, group in _groups(standings):
        taken = _take(left, len(group))
        if not taken:
            break
        if len(taken) == 1 and taken[0][1] == len(group):
            certain[taken[0][0]].extend(group)
            continue
        for place, count in taken:
            disputed[place] += count
        places = tuple((prizes[place].key, count) for place, count in taken)
        ties.append(TieAtCut(group, rank, places, len(group) - sum(count for _place, count in taken)))
    return PrizeProposal(
        shares=tuple(
            PrizeShare(prize, place + 1, tuple(certain[place]), disputed[place], left[place])
            for place, prize in enumerate(prizes)
        ),
        ties=tuple(ties),
        too_few_reads=tuple(row.case_id for row in standings if not row.eligible),
    )


def _groups(standings: Sequence[Standing]) -> list[tuple[int, tuple[str, ...]]]:
    """Eligible cases by rank, best first."""
    ranked = [(row.rank, row.case_id) for row in standings if row.rank is not None]
    return [
        (rank, tuple(case_id for _rank, case_id in group))
        for rank, group in groupby(sorted(ranked), key=lambda pair: pair[0])
    ]


def _take(left: list[int], wanted: int) -> list[tuple[int, int]]:
    """Take up to `wanted` places from the top; returns (prize, count) and lowers `left`."""
    taken = []
    for place, free in enumerate(left):
        count = min(free, wanted)
        if count:
            taken.append((place, count))
            left[place] -= count
            wanted -= count
    return taken


def review_choice(
    standings: Sequence[Standing],
    prizes: Sequence[Prize],
    chosen: Mapping[str, str],
    labels: Mapping[str, str],
) -> ChoiceReview:
    """Hold a choice (case id -> prize key) against the rule.

    Refused: a case without the required reads, a prize below that of a lower-ranked case, more than the quota
    without a tie at the cut. Possible with a reason on record: splitting a tie, going over the quota for one,
    leaving a place vacant although cases are left for it.
    """
    refusals = _ineligible(standings, prizes, chosen, labels)
    if refusals:
        return ChoiceReview(tuple(refusals), ())
    worth = {prize.key: place for place, prize in enumerate(prizes)}
    groups = [
        (group, [worth[chosen[case_id]] if case_id in chosen else len(prizes) for case_id in group])
        for _rank, group in _groups(standings)
    ]
    refusals = _out_of_order(groups, labels)
    departures = _split_ties(groups, labels)
    for place, prize in enumerate(prizes):
        refusal, departure = _against_quota(place, prize, groups)
        refusals += refusal
        departures += departure
    return ChoiceReview(tuple(refusals), tuple(departures))


_Groups = list[tuple[tuple[str, ...], list[int]]]


def _ineligible(
    standings: Sequence[Standing],
    prizes: Sequence[Prize],
    chosen: Mapping[str, str],
    labels: Mapping[str, str],
) -> list[Text]:
    by_id = {row.case_id: row for row in standings}
    known = {prize.key for prize in prizes}
    found = []
    for case_id, prize_key in sorted(chosen.items()):
        row = by_id.get(case_id)
        if row is None or prize_key not in known:
            found.append(_("所选的案例或奖项不在本次征集活动中，请刷新页面后重新选择。"))
        elif not row.eligible:
            found.append(
                _(
                    "%(case)s 只有 %(reads)s 份有效评分，规则要求 %(required)s 份，不能授奖；请先补充评审。",
                    case=labels.get(case_id, case_id),
                    reads=row.reads,
                    required=row.reads_required,
                )
            )
    return found


def _out_of_order(groups: _Groups, labels: Mapping[str, str]) -> list[Text]:
    """A case must not get less than one ranked below it."""
    worst, holder = -1, ""
    for group, worths in groups:
        for case_id, worth in zip(group, worths, strict=True):
            if worth < worst:
                return [
                    _(
                        "%(upper)s 的排名高于 %(lower)s，奖项不能更低。",
                        upper=labels.get(holder, holder),
                        lower=labels.get(case_id, case_id),
                    )
                ]
        group_worst = max(worths)
        if group_worst > worst:
            worst, holder = group_worst, group[worths.index(group_worst)]
    return []


def _split_ties(groups: _Groups, labels: Mapping[str, str]) -> list[Text]:
    return [
        _(
            "并列案例 %(cases)s 的奖项不同，需要写明理由。",
            cases="、".join(labels.get(case_id, case_id) for case_id in group),
        )
        for group, worths in groups
        if len(set(worths)) > 1
    ]


def _against_quota(place: int, prize: Prize, groups: _Groups) -> tuple[list[Text], list[Text]]:
    """Refusals and departures of one prize."""
    counts = [worths.count(place) for _group, worths in groups]
    given = sum(counts)
    if given > prize.quota:
        last = next(count for count in reversed(counts) if count)
        words = {"prize": prize.name, "quota": prize.quota, "count": given}
        if last > 1 and given - last < prize.quota:
            return [], [_("%(prize)s名额 %(quota)s 个，因并列授予 %(count)s 个，需要写明理由。", **words)]
        return [_("%(prize)s名额 %(quota)s 个，不能授予 %(count)s 个。", **words)], []
    lower = sum(1 for _group, worths in groups for worth in worths if worth > place)
    if given < prize.quota and lower:
        vacant = min(prize.quota - given, lower)
        return [], [_("%(prize)s空缺 %(count)s 个名额，需要写明理由。", prize=prize.name, count=vacant)]
    return [], []
