"""A person's choice of prizes held against the rule: what is forbidden, and what needs a reason on record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from foundation.text import Text, _
from judging.prizes.proposal import propose
from judging.prizes.terms import Terms, groups
from judging.values import ChoiceReview, PrizeProposal, Standing
from submissions.rules.criteria import plain
from submissions.values import Prize, TiePolicy


def review_choice(
    standings: Sequence[Standing],
    prizes: Sequence[Prize],
    chosen: Mapping[str, str],
    labels: Mapping[str, str],
    terms: Terms | None = None,
) -> ChoiceReview:
    """Hold a choice (case id -> prize key) against the rule.

    Refused: a case without the required reads or below the threshold, more prizes for a unit than it may
    have, a prize below that of a lower-ranked case of its pool, more than the quota without a tie at the cut,
    anything but what the announced policy makes of a tie. Possible with a reason on record: splitting a tie
    that a person decides, going over the quota for one, leaving vacant a place that the rule fills.
    """
    held = _Held(standings, prizes, chosen, labels, terms or Terms())
    refusals = held.ineligible()
    if refusals:
        return ChoiceReview(tuple(refusals), ())
    refusals = [*held.over_unit_limit(), *held.out_of_order(), *held.against_policy()]
    departures = held.split_ties()
    for place, prize in enumerate(prizes):
        refusal, departure = held.against_quota(place, prize)
        refusals += refusal
        departures += departure
    return ChoiceReview(tuple(refusals), tuple(departures))


@dataclass(frozen=True, slots=True)
class _Group:
    """Cases of one rank in one pool, with the place of the prize that each is chosen for (none: the number of
    prizes)."""

    pool: str
    case_ids: tuple[str, ...]
    worths: tuple[int, ...]


class _Held:
    """The choice beside what the rule gives."""

    def __init__(
        self,
        standings: Sequence[Standing],
        prizes: Sequence[Prize],
        chosen: Mapping[str, str],
        labels: Mapping[str, str],
        terms: Terms,
    ) -> None:
        self.rows = {row.case_id: row for row in standings}
        self.prizes = prizes
        self.chosen = chosen
        self.labels = labels
        self.terms = terms
        self.proposal: PrizeProposal = propose(standings, prizes, terms)
        self.worth = {prize.key: place for place, prize in enumerate(prizes)}
        self.groups = list(self._groups(standings))

    def _groups(self, standings: Sequence[Standing]) -> Sequence[_Group]:
        found = []
        for _rank, group in groups(standings):
            for pool in dict.fromkeys(self.terms.pool_of(row.case_id) for row in group):
                case_ids = tuple(row.case_id for row in group if self.terms.pool_of(row.case_id) == pool)
                found.append(_Group(pool, case_ids, tuple(self._worth(case_id) for case_id in case_ids)))
        return found

    def _worth(self, case_id: str) -> int:
        return self.worth.get(self.chosen.get(case_id, ""), len(self.prizes))

    def _name(self, case_id: str) -> str:
        return self.labels.get(case_id, case_id)

    def _names(self, case_ids: Sequence[str]) -> str:
        return "、".join(self._name(case_id) for case_id in case_ids)

    def ineligible(self) -> list[Text]:
        """Cases that cannot have the prize they are chosen for."""
        found = (self._ineligible(case_id, key) for case_id, key in sorted(self.chosen.items()))
        return [each for each in found if each is not None]

    def _ineligible(self, case_id: str, prize_key: str) -> Text | None:
        row, place = self.rows.get(case_id), self.worth.get(prize_key)
        if row is None or place is None:
            return _("所选的案例或奖项不在本次征集活动中，请刷新页面后重新选择。")
        if not row.eligible or row.score is None:
            return _(
                "%(case)s 只有 %(reads)s 份有效评分，规则要求 %(required)s 份，不能授奖；请先补充评审。",
                case=self._name(case_id),
                reads=row.reads,
                required=row.reads_required,
            )
        prize = self.prizes[place]
        if prize.threshold is not None and row.score < prize.threshold:
            return _(
                "%(case)s 得分 %(score)s，没有达到%(prize)s的最低得分 %(threshold)s。",
                case=self._name(case_id),
                score=row.precise or row.shown,
                prize=prize.name,
                threshold=plain(prize.threshold),
            )
        return None

    def over_unit_limit(self) -> list[Text]:
        limit = self.terms.judging.prizes_per_unit
        if limit is None:
            return []
        by_unit: dict[str, list[str]] = {}
        for case_id in sorted(self.chosen, key=self._name):
            by_unit.setdefault(self.terms.unit_of.get(case_id, case_id), []).append(case_id)
        return [
            _(
                "%(cases)s 属于同一单位，规则规定每个单位最多获奖 %(limit)s 个。",
                cases=self._names(case_ids),
                limit=limit,
            )
            for case_ids in by_unit.values()
            if len(case_ids) > limit
        ]

    def out_of_order(self) -> list[Text]:
        """A case must not get less than one ranked below it in its pool, unless its unit has all it may."""
        passed = {each.case_id for each in self.proposal.passed_over} | self._crowded_out()
        worst: dict[str, tuple[int, str]] = {}
        for group in self.groups:
            limit, holder = worst.get(group.pool, (-1, ""))
            for case_id, worth in zip(group.case_ids, group.worths, strict=True):
                if worth < limit:
                    return [
                        _(
                            "%(upper)s 的排名高于 %(lower)s，奖项不能更低。",
                            upper=self._name(holder),
                            lower=self._name(case_id),
                        )
                    ]
            for case_id, worth in zip(group.case_ids, group.worths, strict=True):
                if worth > limit and case_id not in passed:
                    limit, holder = worth, case_id
            worst[group.pool] = (limit, holder)
        return []

    def _crowded_out(self) -> set[str]:
        """Cases without a prize whose unit has as many prizes in this choice as it may have."""
        limit = self.terms.judging.prizes_per_unit
        if limit is None:
            return set()
        counts: dict[str, int] = {}
        for case_id in self.chosen:
            unit = self.terms.unit_of.get(case_id, case_id)
            counts[unit] = counts.get(unit, 0) + 1
        return {
            case_id
            for case_id in self.rows
            if case_id not in self.chosen and counts.get(self.terms.unit_of.get(case_id, case_id), 0) >= limit
        }

    def against_policy(self) -> list[Text]:
        """Ties that the announced policy settles are settled by it."""
        return [
            _(
                "并列案例 %(cases)s 的奖项由公布的并列规则决定，不能另作选择。",
                cases=self._names(tie.case_ids),
            )
            for tie in self.proposal.settled
            if any(self.chosen.get(case_id, "") not in (tie.prize_key, "") for case_id in tie.case_ids)
            or len({self.chosen.get(case_id, "") for case_id in tie.case_ids}) > 1
        ]

    def split_ties(self) -> list[Text]:
        passed = {each.case_id for each in self.proposal.passed_over}
        found = []
        for group in self.groups:
            kept = [
                worth
                for case_id, worth in zip(group.case_ids, group.worths, strict=True)
                if case_id not in passed
            ]
            if len(set(kept)) > 1:
                names = self._names(group.case_ids)
                found.append(_("并列案例 %(cases)s 的奖项不同，需要写明理由。", cases=names))
        return found

    def against_quota(self, place: int, prize: Prize) -> tuple[list[Text], list[Text]]:
        """Refusals and departures of one prize, over all pools."""
        refusals: list[Text] = []
        departures: list[Text] = []
        for pool in dict.fromkeys(group.pool for group in self.groups):
            refusal, departure = self._in_pool(place, prize, pool)
            refusals += refusal
            departures += departure
        return refusals, departures

    def _in_pool(self, place: int, prize: Prize, pool: str) -> tuple[list[Text], list[Text]]:
        counts = [group.worths.count(place) for group in self.groups if group.pool == pool]
        given, quota, expected = sum(counts), self._quota(place, pool), self._expected(place, pool)
        words = {"prize": prize.name, "quota": quota, "count": given}
        if given > max(quota, expected):
            last = next(count for count in reversed(counts) if count)
            by_person = self.terms.judging.tie_policy is TiePolicy.REPORT
            if by_person and last > 1 and given - last < quota:
                return [], [_("%(prize)s名额 %(quota)s 个，因并列授予 %(count)s 个，需要写明理由。", **words)]
            return [_("%(prize)s名额 %(quota)s 个，不能授予 %(count)s 个。", **words)], []
        if given < expected:
            vacant = expected - given
            return [], [_("%(prize)s空缺 %(count)s 个名额，需要写明理由。", prize=prize.name, count=vacant)]
        return [], []

    def _quota(self, place: int, pool: str) -> int:
        found = next((each for each in self.proposal.pools if each.key == pool), None)
        return found.quotas[place] if found else self.prizes[place].quota

    def _expected(self, place: int, pool: str) -> int:
        """How many of the pool the rule gives this prize, those of ties included."""
        share = self.proposal.shares[place]
        certain = sum(1 for case_id in share.certain if self.terms.pool_of(case_id) == pool)
        key = share.prize.key
        return certain + sum(
            count
            for tie in self.proposal.ties
            if tie.pool == pool
            for prize, count in tie.places
            if prize == key
        )
