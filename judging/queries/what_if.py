"""What another cut, rule or jury would have made of the same marks: a question, stored nowhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from judging.queries.standings import Material
from judging.values import PrizeProposal, Standing
from judging.views import RoundView
from submissions.values import CallRules, StandingRule, TiePolicy

TIE = "tie"
"""Stands for a prize that a person would have to decide."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be different: another rule, quotas and thresholds by prize, jurors left out, another policy
    for ties, another limit per unit."""

    rule: StandingRule
    quotas: Mapping[str, int]
    thresholds: Mapping[str, Decimal | None]
    dropped: frozenset[str]
    tie_policy: TiePolicy
    prizes_per_unit: int | None


@dataclass(frozen=True, slots=True)
class Moved:
    """A case that would have another prize: keys of prizes, "" for none, `TIE` where a person decides."""

    case_id: str
    before: str
    after: str
    rank_before: int | None
    rank_after: int | None


@dataclass(frozen=True, slots=True)
class Answer:
    """Which cases enter, leave or change their prize; `required`: reads a case needs without those jurors."""

    moved: tuple[Moved, ...]
    rows: tuple[Standing, ...]
    proposal: PrizeProposal
    required: int

    def of_kind(self, kind: str) -> tuple[Moved, ...]:
        """Those that "enter" the prizes, "leave" them or "change" within."""
        kinds = {(False, True): "enter", (True, False): "leave"}
        return tuple(
            each for each in self.moved if kinds.get((bool(each.before), bool(each.after)), "change") == kind
        )


def unchanged(view: RoundView) -> Question:
    """The question that asks for nothing else."""
    rules = view.call.rules
    return Question(
        rule=rules.standing_rule,
        quotas={prize.key: prize.quota for prize in rules.prizes},
        thresholds={prize.key: prize.threshold for prize in rules.prizes},
        dropped=frozenset(),
        tie_policy=rules.judging.tie_policy,
        prizes_per_unit=rules.judging.prizes_per_unit,
    )


def what_if(found: Material, view: RoundView, question: Question) -> Answer:
    """Hold the answer against what the published rule gives."""
    published = found.standings(view.call.rules, view.reads_required)
    before = _prizes(found.proposal(published, view.call.rules))
    rules = _changed(view.call.rules, question)
    kept = tuple(each for each in found.reviews if each.juror_id not in question.dropped)
    required = _required(found, view.reads_required, question.dropped)
    other = replace(found, reviews=kept)
    rows = other.standings(rules, required)
    proposal = other.proposal(rows, rules)
    after = _prizes(proposal)
    old = {row.case_id: row.rank for row in published}
    moved = [
        Moved(
            row.case_id, before.get(row.case_id, ""), after.get(row.case_id, ""), old[row.case_id], row.rank
        )
        for row in rows
        if before.get(row.case_id, "") != after.get(row.case_id, "") and row.case_id not in found.hidden
    ]
    return Answer(tuple(moved), rows, proposal, required)


def _prizes(proposal: PrizeProposal) -> dict[str, str]:
    return proposal.certain | {case_id: TIE for tie in proposal.ties for case_id in tie.case_ids}


def _changed(rules: CallRules, question: Question) -> CallRules:
    return replace(
        rules,
        standing_rule=question.rule,
        prizes=tuple(
            replace(prize, quota=question.quotas[prize.key], threshold=question.thresholds[prize.key])
            for prize in rules.prizes
        ),
        judging=replace(
            rules.judging, tie_policy=question.tie_policy, prizes_per_unit=question.prizes_per_unit
        ),
    )


def _required(found: Material, required: int, dropped: frozenset[str]) -> int:
    """Reads a case needs: fewer by as many as leaving out these jurors takes from any one case."""
    lost = Counter(review.case_id for review in found.reviews if review.juror_id in dropped)
    return max(1, required - max(lost.values(), default=0))
