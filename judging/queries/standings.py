"""The standings by the published rule, the prizes they give, and what another rule would make of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.people import User
from foundation.text import Text, _
from foundation.visibility import as_system
from judging.models import Assignment, PanelMember, RoundCase
from judging.prizes import propose, terms
from judging.queries import marks
from judging.queries.organisers import cases, permit
from judging.queries.rounds import round_before
from judging.statistics.comparable import divided
from judging.statistics.standing import full_score, standings
from judging.values import AssignmentState, PrizeProposal, ReviewRow, Standing
from judging.values.standing import Carried
from judging.views import Board, CaseLine, RoundView
from judging.visibility import shut_out
from submissions.codec import rules_to_json
from submissions.values import CallRules, StandingRule


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that standings are made from, of all cases of the round, whoever asks."""

    lines: Mapping[str, CaseLine]
    reviews: tuple[ReviewRow, ...]
    jury_groups: Mapping[str, str]
    juror_names: Mapping[str, str]
    hidden: frozenset[str]
    carried: Carried | None = None

    def standings(self, rules: CallRules, required: int) -> tuple[Standing, ...]:
        """All cases by these rules."""
        return standings(
            self.lines,
            self.reviews,
            rules,
            reads_required=required,
            jury_groups=self.jury_groups,
            categories=self.categories(),
            carried=self.carried,
        )

    def categories(self) -> dict[str, str]:
        return {case_id: line.category_key for case_id, line in self.lines.items()}

    def proposal(self, rows: Sequence[Standing], rules: CallRules) -> PrizeProposal:
        """The prizes by these rules."""
        units = {case_id: line.unit_id for case_id, line in self.lines.items()}
        return propose(rows, rules.prizes, terms(rules, self.categories(), units))


def material(db: Session, actor: Actor, view: RoundView) -> Material:
    """What the standings of a round are made from. `hidden` are the cases from which the actor is shut out.

    Raises:
        Forbidden
    """
    permit(db, actor, view.id)
    with as_system(db):
        closed = select(RoundCase.case_id).where(
            RoundCase.round_id == view.id, shut_out(RoundCase.case_id, actor)
        )
        return loaded(db, view, frozenset(db.scalars(closed)))


def loaded(db: Session, view: RoundView, hidden: frozenset[str]) -> Material:
    """The same for whoever has asked already whether he may; as far as the session sees."""
    lines = {line.case_id: line for line in cases(db, view.id)}
    names = db.execute(
        select(User.id, User.name)
        .join(Assignment, Assignment.juror_id == User.id)
        .where(Assignment.round_id == view.id)
        .distinct()
    )
    seats = db.execute(
        select(PanelMember.user_id, PanelMember.group_key).where(PanelMember.round_id == view.id)
    )
    return Material(
        lines=lines,
        reviews=tuple(review_rows(db, view.id)),
        jury_groups={user_id: key for user_id, key in seats if key},
        juror_names=dict(names.all()),
        hidden=hidden & lines.keys(),
        carried=_carried(db, view),
    )


def _carried(db: Session, view: RoundView) -> Carried | None:
    """What the rounds before count: each case's part of the full score there."""
    before = round_before(db, view) if view.earlier_weight else None
    if before is None:
        return None
    with as_system(db):
        rows = loaded(db, before, frozenset()).standings(before.call.rules, before.reads_required)
    full = full_score(before.call.rules.criteria)
    shares = {row.case_id: row.score / full for row in rows if row.score is not None}
    return Carried(view.earlier_weight, shares)


def board(db: Session, actor: Actor, view: RoundView) -> Board:
    """The standings by the published rule and the prizes it gives. Ranks are among all cases; those from
    which the actor is shut out are not shown.

    Raises:
        Forbidden
    """
    return board_of(material(db, actor, view), view)


def board_of(found: Material, view: RoundView) -> Board:
    """The same from what was loaded, without what the reader must not learn."""
    rules = view.call.rules
    rows = found.standings(rules, view.reads_required)
    shown = {case_id: line for case_id, line in found.lines.items() if case_id not in found.hidden}
    obstacle, warnings = comparisons(found, rules, rows)
    units = {case_id: line.unit_id for case_id, line in found.lines.items()}
    return Board(
        round=view,
        rows=_by_label([row for row in rows if row.case_id in shown], shown),
        cases=shown,
        juror_names=found.juror_names,
        full_score=full_score(rules.criteria),
        proposal=found.proposal(rows, rules).without(found.hidden),
        digest="" if found.hidden else digest_of(rows, view),  # he decides nothing that would name it
        terms=terms(rules, found.categories(), units),
        hidden=tuple(sorted(found.lines[case_id].label for case_id in found.hidden)),
        severities={juror: value for row in rows for juror, value in row.severities},
        without_group=_without_group(found, rules),
        obstacle=obstacle,
        warnings=warnings,
    )


def comparisons(
    found: Material, rules: CallRules, rows: Iterable[Standing]
) -> tuple[Text | None, tuple[Text, ...]]:
    """Why prizes cannot be given by a rule that compares jurors, and what to know where another rule is used:
    cases of one pool were read by sets of jurors that no case links."""
    prize_terms = terms(rules, found.categories(), {})
    readers = {row.case_id: [juror for juror, _value in row.composites] for row in rows if row.eligible}
    apart = divided(readers, {case_id: prize_terms.pool_of(case_id) for case_id in readers})
    if not apart:
        return None, ()
    most = max(apart.values())
    if rules.standing_rule is StandingRule.ADJUSTED:
        return (
            _(
                "评委分成 %(count)s 组，各组评的案例没有交叉，宽严无从比较，不能按宽严调整后的得分统一评奖。"
                "请给不同组的评委加分配一些相同的案例。",
                count=most,
            ),
            (),
        )
    return None, (
        _(
            "评委分成 %(count)s 组，各组评的案例没有交叉：一组评委偏严，他们评的案例就吃亏。"
            "可以加分配一些交叉评阅。",
            count=most,
        ),
    )


def _without_group(found: Material, rules: CallRules) -> tuple[str, ...]:
    """Names of jurors whose reads do not count because nobody put them into a group."""
    if rules.standing_rule is not StandingRule.WEIGHTED:
        return ()
    known = {group.key for group in rules.judging.jury_groups}
    readers = {review.juror_id for review in found.reviews}
    return tuple(
        sorted(found.juror_names[each] for each in readers if found.jury_groups.get(each) not in known)
    )


def beside(found: Material, view: RoundView) -> dict[StandingRule, dict[str, int | None]]:
    """Rule -> case -> rank, of the rules that the call did not publish; information beside the one that
    decides. Groups are weighed only where the call has them."""
    rules = view.call.rules
    others = [
        rule
        for rule in StandingRule
        if rule is not rules.standing_rule
        and not (rule is StandingRule.WEIGHTED and not rules.judging.jury_groups)
    ]
    return {
        rule: {
            row.case_id: row.rank
            for row in found.standings(replace(rules, standing_rule=rule), view.reads_required)
        }
        for rule in others
    }


def _by_label(rows: Sequence[Standing], lines: Mapping[str, CaseLine]) -> tuple[Standing, ...]:
    """Best first; cases of one rank by their anonymous numbers, which say nothing about them."""
    last = len(rows) + 1
    return tuple(
        sorted(
            rows, key=lambda row: (row.rank or last, -(row.score or Fraction(-1)), lines[row.case_id].label)
        )
    )


def review_rows(db: Session, round_id: str) -> list[ReviewRow]:
    """All handed-in reads with the marks that count."""
    handed_in = (Assignment.round_id == round_id) & (Assignment.state == AssignmentState.HANDED_IN.value)
    given = marks.current(db, handed_in)
    rows = db.scalars(select(Assignment).where(handed_in).order_by(Assignment.id))
    return [ReviewRow(row.case_id, row.juror_id, marks.as_marks(given.get(row.id, {}))) for row in rows]


def digest_of(rows: Iterable[Standing], view: RoundView) -> str:
    """SHA-256 of everything the standings rest on, so that a decision names what it was made from."""
    laid_down = rules_to_json(view.call.rules)
    content = {
        "round": view.id,
        "rules": {key: laid_down[key] for key in ("standing_rule", "criteria", "prizes", "judging")},
        "reads_required": view.reads_required,
        "standings": sorted(
            [row.case_id, row.rank, str(row.score), [[juror, str(value)] for juror, value in row.composites]]
            for row in rows
        ),
    }
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
