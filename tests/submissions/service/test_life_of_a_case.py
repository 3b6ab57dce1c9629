"""A case's whole life, deed after deed at any instant, against a model in a few lines: the same on SQLite and
PostgreSQL."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foundation.db import Database
from foundation.errors import Problem
from foundation.ids import new_id
from submissions import queries, service
from submissions.rules.lifecycle import Deed
from submissions.rules.windows import GRACE
from submissions.values import CaseStatus
from tests.submissions.factories import (
    BEFORE,
    CLOSES,
    MILLISECOND,
    OPENS,
    PLEDGE,
    World,
    proposal,
    rules,
    text,
    world,
    write,
)

BODY = "<p>支部把矛盾登记在册。</p>"
DEEDS = (
    "edit",
    "submit",
    "withdraw",
    "return",
    "give_time",
    "forward",
    "unforward",
    "comment",
    "check",
    "reject",
    "reopen",
    "undo",
    "accept",
    "refuse",
    "extend",
)
EXTENDED = CLOSES + timedelta(days=1)
DUE = CLOSES + timedelta(days=3)
"""Until when a case that the organiser gives back may come in again."""
INSTANTS = (
    OPENS - MILLISECOND,
    OPENS,
    OPENS + timedelta(days=3),
    CLOSES - MILLISECOND,
    CLOSES,
    CLOSES + MILLISECOND,
    CLOSES + GRACE - MILLISECOND,
    CLOSES + GRACE,
    EXTENDED - MILLISECOND,
    EXTENDED,
    EXTENDED + MILLISECOND,
    EXTENDED + GRACE,
    DUE - MILLISECOND,
    DUE,
    DUE + MILLISECOND,
    DUE + GRACE,
)
HELD = (CaseStatus.SUBMITTED, CaseStatus.CHECKED)


class Model:
    """What should be: the status, which version counts, whether one waits, until when it is open, which
    version the superior recommends, and what can be undone."""

    def __init__(self) -> None:
        self.status = CaseStatus.DRAFT
        self.counts = False
        self.waits = False
        self.changed = True
        self.closes = CLOSES
        self.versions = 0
        self.current = self.pending = 0
        self.due: datetime | None = None
        self.recommended: int | None = None
        self.undoes_to: CaseStatus | None = None

    @property
    def deadline(self) -> datetime:
        if self.status is CaseStatus.RETURNED and self.due is not None:
            return max(self.closes, self.due)
        return self.closes

    @property
    def is_recommended(self) -> bool:
        return self.recommended is not None and self.recommended == self.current

    def opened(self, at: datetime) -> bool:
        return OPENS <= at < self.deadline

    def late(self, at: datetime) -> bool:
        return self.deadline <= at < self.deadline + GRACE

    def edit(self, at: datetime) -> bool:
        if self.status is CaseStatus.REJECTED:
            return False
        if self.status not in (CaseStatus.DRAFT, CaseStatus.RETURNED) and not self.opened(at):
            return False
        self.changed = True
        return True

    def submit(self, at: datetime) -> bool:
        stands = self.status in (CaseStatus.SUBMITTED, CaseStatus.CHECKED)
        if not self.changed and (self.waits or (stands and self.counts)):
            return True  # the same receipt again
        late = self.late(at)
        if self.status is CaseStatus.REJECTED or not (self.opened(at) or late):
            return False
        self.versions += 1
        self.changed = False
        self.undoes_to = None
        if late:
            self.waits = True
            self.pending = self.versions
            if self.status is CaseStatus.DRAFT:
                self.status = CaseStatus.SUBMITTED
        else:
            self.status, self.counts, self.waits = CaseStatus.SUBMITTED, True, False
            self.current, self.due = self.versions, None
        return True

    def withdraw(self, at: datetime) -> bool:
        held = (CaseStatus.SUBMITTED, CaseStatus.RETURNED, CaseStatus.CHECKED)
        if self.status not in held or not self.opened(at):
            return False
        self.status, self.waits, self.undoes_to = CaseStatus.WITHDRAWN, False, None
        return True

    def give_back(self, at: datetime) -> bool:
        """By the superior: before the deadline only."""
        if self.status not in HELD or not self.opened(at):
            return False
        self.undoes_to, self.status, self.due = self.status, CaseStatus.RETURNED, None
        return True

    def give_time(self, at: datetime) -> bool:
        """By the organiser, with a time until which it may come in again."""
        if self.status not in HELD or at >= DUE:
            return False
        self.undoes_to, self.status, self.due = self.status, CaseStatus.RETURNED, DUE
        return True

    def forward(self, _at: datetime) -> bool:
        if self.status not in HELD or not self.counts or self.is_recommended:
            return False
        self.recommended = self.current
        return True

    def unforward(self, _at: datetime) -> bool:
        if not self.is_recommended:
            return False
        self.recommended = None
        return True

    def comment(self, _at: datetime) -> bool:
        return self.status not in (CaseStatus.DRAFT, CaseStatus.WITHDRAWN)

    def undo(self, _at: datetime) -> bool:
        if self.undoes_to is None:
            return False
        self.status, self.undoes_to, self.due = self.undoes_to, None, None
        return True

    def check(self, _at: datetime) -> bool:
        return self._decide((CaseStatus.SUBMITTED,), CaseStatus.CHECKED)

    def reject(self, _at: datetime) -> bool:
        return self._decide((CaseStatus.SUBMITTED, CaseStatus.CHECKED), CaseStatus.REJECTED)

    def reopen(self, _at: datetime) -> bool:
        return self._decide((CaseStatus.CHECKED, CaseStatus.REJECTED), CaseStatus.SUBMITTED)

    def _decide(self, of: tuple[CaseStatus, ...], to: CaseStatus) -> bool:
        if self.status not in of or not self.counts:
            return False
        self.undoes_to, self.status = self.status, to
        return True

    def rule(self, accept: bool) -> bool:
        if not self.waits:
            return False
        self.waits, self.undoes_to = False, None
        if accept:
            self.status, self.counts = CaseStatus.SUBMITTED, True
            self.current = self.pending
        elif not self.counts:
            self.status = CaseStatus.DRAFT
        return True

    def extend(self, at: datetime) -> bool:
        if self.closes != CLOSES or at >= EXTENDED:
            return False
        self.closes = EXTENDED
        return True


class Real:
    """The same deeds in the product."""

    def __init__(self, database: Database, here: World) -> None:
        self.database = database
        self.here = here
        with database.write(here.organiser) as db:
            made = service.create_call(
                db,
                actor=here.organiser,
                now=BEFORE,
                proposal=proposal(slug=f"life-{new_id()}", rules=rules(cases_per_unit=None, words_lowest=1)),
            )
            self.call = service.publish_call(db, actor=here.organiser, now=BEFORE, call_id=made.id)
        self.case_id = write(database, here.branch, self.call, now=BEFORE, body_html=BODY)
        self.pressed = 0

    def done(self, deed: str, at: datetime) -> bool:
        actors = {"edit": self.here.branch, "submit": self.here.branch, "withdraw": self.here.branch}
        superior = ("return", "forward", "unforward", "comment")
        actor = actors.get(deed, self.here.superior if deed in superior else self.here.organiser)
        try:
            with self.database.write(actor) as db:
                self._deeds(deed)(db, {"actor": actor, "now": at}, {"case_id": self.case_id})
        except Problem:
            return False
        return True

    def _deeds(self, deed: str) -> Callable[[Any, dict[str, Any], dict[str, Any]], object]:
        self.pressed += 1
        number = self.pressed
        checks = {"check": Deed.CHECK, "reject": Deed.REJECT, "reopen": Deed.REOPEN}
        if deed in checks:
            return lambda db, who, case: service.check_case(
                db, **who, **case, outcome=checks[deed], reason="理由"
            )
        if deed in ("accept", "refuse"):
            return lambda db, who, case: service.rule_on_late_arrival(
                db, **who, **case, accept=deed == "accept", reason="理由"
            )
        others: dict[str, Callable[[Any, dict[str, Any], dict[str, Any]], object]] = {
            "edit": lambda db, who, case: service.save_draft(
                db,
                **who,
                **case,
                revision=queries.draft(db, self.case_id).revision,
                text=text(title=f"第 {number} 稿", body_html=BODY),
            ),
            "submit": lambda db, who, case: service.submit_case(
                db, **who, **case, key=f"k{number}", pledge=PLEDGE
            ),
            "withdraw": lambda db, who, case: service.withdraw_case(db, **who, **case, reason="理由"),
            "return": lambda db, who, case: service.return_case(db, **who, **case, reason="理由"),
            "give_time": lambda db, who, case: service.return_case(
                db, **who, **case, reason="理由", due_at=DUE
            ),
            "forward": lambda db, who, case: service.recommend_case(db, **who, **case, opinion="可推广"),
            "unforward": lambda db, who, case: service.withdraw_recommendation(db, **who, **case),
            "comment": lambda db, who, case: service.comment_on_case(db, **who, **case, comment="请看"),
            "undo": lambda db, who, case: service.undo_decision(db, **who, **case, judging_has_begun=False),
            "extend": lambda db, who, _case: service.extend_window(
                db,
                **who,
                call_id=self.call.id,
                unit_id=self.here.branch.unit_id,
                closes_at=EXTENDED,
                reason="停电",
            ),
        }
        return others[deed]

    def state(self) -> tuple[CaseStatus, bool, bool, int, bool, int]:
        with self.database.read() as db:
            case = queries.case(db, self.case_id)
            entries = queries.entries(db, self.call.id)
            recommended = queries.recommendations(db, [self.case_id])
        return (
            case.status,
            case.version_id is not None,
            case.pending_version_id is not None,
            case.ordinal,
            bool(recommended),
            len(entries),
        )


def expected(model: Model, deed: str, at: datetime) -> bool:
    if deed in ("accept", "refuse"):
        return model.rule(accept=deed == "accept")
    outcome: bool = getattr(model, "give_back" if deed == "return" else deed)(at)
    return outcome


def run(database: Database, here: World, deeds: list[tuple[str, int]]) -> None:
    real, model, at = Real(database, here), Model(), 0
    for deed, step in deeds:
        at = min(at + step, len(INSTANTS) - 1)
        allowed = expected(model, deed, INSTANTS[at])
        assert (deed, INSTANTS[at], real.done(deed, INSTANTS[at])) == (deed, INSTANTS[at], allowed)
        entered = int(model.counts and model.status in HELD)
        standing = (model.status, model.counts, model.waits, model.versions, model.is_recommended, entered)
        assert real.state() == standing


def test_any_life_goes_as_the_rules_say(sqlite_database: Database) -> None:
    here = world(sqlite_database)

    @settings(max_examples=10, suppress_health_check=list(HealthCheck), database=None)
    @given(
        st.lists(
            st.tuples(st.sampled_from(DEEDS), st.sampled_from((0, 0, 0, 1, 1, 2))), min_size=1, max_size=14
        )
    )
    def live(deeds: list[tuple[str, int]]) -> None:
        run(sqlite_database, here, deeds)

    live()


LIVES = (
    "submit+1 forward comment edit submit+3 unforward accept forward check undo",
    "submit+4 refuse extend submit withdraw+1 submit check reject undo undo reopen reject submit",
    "submit+1 return+1 undo return submit+1 extend edit submit+4 submit+1 submit+1 accept",
    "submit+3 give_time+9 edit submit submit+1 accept forward",
    "submit+3 give_time+9 edit submit+1 undo withdraw",
    "edit+3 submit edit submit+1 submit+1 refuse",
    "submit+1 extend edit+7 submit edit submit+1 accept submit+1",
)


def test_told_lives_are_the_same_on_both_databases(database: Database) -> None:
    here = world(database)
    for life in LIVES:
        steps = [(deed.partition("+")[0], int(deed.partition("+")[2] or 0)) for deed in life.split()]
        run(database, here, steps)
