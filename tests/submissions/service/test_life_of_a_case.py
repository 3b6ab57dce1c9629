"""A case's whole life, deed after deed at any instant, against a model in a few lines: the same on SQLite and
PostgreSQL."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
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

DEEDS = ("edit", "submit", "withdraw", "return", "check", "reject", "reopen", "accept", "refuse", "extend")
INSTANTS = (
    OPENS - MILLISECOND,
    OPENS,
    OPENS + timedelta(days=3),
    CLOSES - MILLISECOND,
    CLOSES,
    CLOSES + GRACE - MILLISECOND,
    CLOSES + GRACE,
    CLOSES + timedelta(days=2),
)


class Model:
    """What should be: the status, whether a version counts, whether one waits, until when it is open."""

    def __init__(self) -> None:
        self.status = CaseStatus.DRAFT
        self.counts = False
        self.waits = False
        self.changed = True
        self.closes = CLOSES
        self.versions = 0

    def opened(self, at: datetime) -> bool:
        return OPENS <= at < self.closes

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
        late = self.closes <= at < self.closes + GRACE
        if self.status is CaseStatus.REJECTED or not (self.opened(at) or late):
            return False
        self.versions += 1
        self.changed = False
        if late:
            self.waits = True
            if self.status is CaseStatus.DRAFT:
                self.status = CaseStatus.SUBMITTED
        else:
            self.status, self.counts, self.waits = CaseStatus.SUBMITTED, True, False
        return True

    def withdraw(self, at: datetime) -> bool:
        held = (CaseStatus.SUBMITTED, CaseStatus.RETURNED, CaseStatus.CHECKED)
        if self.status not in held or not self.opened(at):
            return False
        self.status, self.waits = CaseStatus.WITHDRAWN, False
        return True

    def give_back(self, at: datetime) -> bool:
        if self.status not in (CaseStatus.SUBMITTED, CaseStatus.CHECKED) or not self.opened(at):
            return False
        self.status = CaseStatus.RETURNED
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
        self.status = to
        return True

    def rule(self, accept: bool) -> bool:
        if not self.waits:
            return False
        self.waits = False
        if accept:
            self.status, self.counts = CaseStatus.SUBMITTED, True
        elif not self.counts:
            self.status = CaseStatus.DRAFT
        return True

    def extend(self, at: datetime) -> bool:
        if self.closes != CLOSES or at >= CLOSES + timedelta(days=1):
            return False
        self.closes = CLOSES + timedelta(days=1)
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
                proposal=proposal(slug=f"life-{new_id()}", rules=rules(cases_per_unit=None)),
            )
            self.call = service.publish_call(db, actor=here.organiser, now=BEFORE, call_id=made.id)
        self.case_id = write(database, here.branch, self.call, now=BEFORE)
        self.pressed = 0

    def done(self, deed: str, at: datetime) -> bool:
        actors = {"edit": self.here.branch, "submit": self.here.branch, "withdraw": self.here.branch}
        actor = actors.get(deed, self.here.superior if deed == "return" else self.here.organiser)
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
                text=text(title=f"第 {number} 稿"),
            ),
            "submit": lambda db, who, case: service.submit_case(
                db, **who, **case, key=f"k{number}", pledge=PLEDGE
            ),
            "withdraw": lambda db, who, case: service.withdraw_case(db, **who, **case, reason="理由"),
            "return": lambda db, who, case: service.return_case(db, **who, **case, reason="理由"),
            "extend": lambda db, who, _case: service.extend_window(
                db,
                **who,
                call_id=self.call.id,
                unit_id=self.here.branch.unit_id,
                closes_at=CLOSES + timedelta(days=1),
                reason="停电",
            ),
        }
        return others[deed]

    def state(self) -> tuple[CaseStatus, bool, bool, int, int]:
        with self.database.read() as db:
            case = queries.case(db, self.case_id)
            entries = queries.entries(db, self.call.id)
        return (
            case.status,
            case.version_id is not None,
            case.pending_version_id is not None,
            case.ordinal,
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
        entered = int(model.counts and model.status in (CaseStatus.SUBMITTED, CaseStatus.CHECKED))
        assert real.state() == (model.status, model.counts, model.waits, model.versions, entered)


def test_any_life_goes_as_the_rules_say(sqlite_database: Database) -> None:
    here = world(sqlite_database)

    @settings(max_examples=40, suppress_health_check=list(HealthCheck), database=None)
    @given(st.lists(st.tuples(st.sampled_from(DEEDS), st.integers(0, 2)), min_size=1, max_size=14))
    def live(deeds: list[tuple[str, int]]) -> None:
        run(sqlite_database, here, deeds)

    live()


@pytest.mark.parametrize(
    "life",
    [
        "edit submit edit submit+1 withdraw submit return submit check reopen reject submit",
        "submit+1 edit submit+3 accept check",
        "submit+4 refuse extend submit withdraw+1 submit",
        "submit+1 edit+2 submit+1 refuse check reject reopen",
        "submit+1 return+1 submit+1 accept submit+2 withdraw",
    ],
)
def test_told_lives_are_the_same_on_both_databases(database: Database, life: str) -> None:
    steps = [(deed.partition("+")[0], int(deed.partition("+")[2] or 0)) for deed in life.split()]
    run(database, world(database), steps)
