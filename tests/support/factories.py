"""Small makers of real things, through the same services the pages use."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from foundation import people
from foundation.actor import Actor, Role
from foundation.ids import new_id
from foundation.people import Unit, User, actor_of
from submissions import queries
from submissions.call_templates import STANDARD
from submissions.service import calls, drafts, evidence, handing_in
from submissions.values import (
    Author,
    CallProposal,
    CallRules,
    CallView,
    CaseText,
    Eligibility,
    JudgingRules,
    Pledge,
    Receipt,
    Source,
    VersionView,
)

NOW = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
SENTENCE = "党支部把每月的主题党日开到田间地头，党员认领了三十六件实事，年底逐件向群众公开办理结果。"
BODY = "<h2>做法</h2>" + f"<p>{SENTENCE}</p>" * 4 + "<h2>成效</h2>" + f"<p>{SENTENCE}</p>" * 2

ORGANISER = Actor("organiser-000001", "组织者", frozenset({Role.ORGANISER}))


def make_unit(
    db: Session, name: str = "", *, parent: Unit | None = None, category_key: str = "rural"
) -> Unit:
    """A unit; without a name it gets one of its own."""
    name = name or f"{new_id()[-6:]}村党支部"
    return people.add_unit(db, name=name, parent=parent, category_key=category_key)


def make_user(
    db: Session,
    *roles: Role,
    unit: Unit | None = None,
    name: str = "王芳",
    email: str = "",
    now: datetime = NOW,
) -> User:
    """A user with these roles; without an address he gets one of his own."""
    email = email or f"{new_id()}@example.org"
    return people.add_user(db, now=now, email=email, name=name, roles=roles, unit=unit)


def make_actor(
    db: Session, *roles: Role, unit: Unit | None = None, name: str = "王芳", now: datetime = NOW
) -> Actor:
    """A new user as policies see him."""
    return actor_of(make_user(db, *roles, unit=unit, name=name, now=now))


def make_submitter(db: Session, unit: Unit | None = None, name: str = "李强", now: datetime = NOW) -> Actor:
    """Somebody who writes cases for a unit (a new one when none is given)."""
    return make_actor(db, Role.SUBMITTER, unit=unit or make_unit(db), name=name, now=now)


def make_rules(**changes: Any) -> CallRules:
    """The standard rules with limits that the short BODY meets, and nothing that has to be waited for."""
    return replace(
        STANDARD.rules,
        **{
            "words_lowest": 50,
            "words_highest": 3000,
            "parts": (),
            "copyright_text": "",
            "eligibility": Eligibility(),
            "judging": JudgingRules(),
            **changes,
        },
    )


def make_call(
    db: Session,
    *,
    now: datetime = NOW,
    title: str = "2026 年创新案例征集",
    slug: str = "",
    opens_at: datetime | None = None,
    closes_at: datetime | None = None,
    published: bool = True,
    **rule_changes: Any,
) -> CallView:
    """A published call, open from a day before to thirty days after `now`."""
    proposal = CallProposal(
        title=title,
        theme="在实践中创新",
        notice_html=STANDARD.notice_html,
        slug=slug or f"call-{new_id()}",
        opens_at=opens_at or now - timedelta(days=1),
        closes_at=closes_at or now + timedelta(days=30),
        timezone="Asia/Shanghai",
        rules=make_rules(**rule_changes),
    )
    call = calls.create_call(db, actor=ORGANISER, now=now, proposal=proposal)
    return calls.publish_call(db, actor=ORGANISER, now=now, call_id=call.id) if published else call


def make_text(**changes: Any) -> CaseText:
    """What authors would write, complete by the rules of `make_rules`."""
    text = CaseText(
        title="把主题党日开到田间地头",
        summary="党员认领实事，按月公开，群众评议。",
        body_html=BODY,
        category_key="rural",
        authors=(Author("李强", "支部书记"),),
        practice_from=date(2025, 1, 1),
    )
    return replace(text, **changes)


def make_draft(db: Session, *, actor: Actor, call: CallView, now: datetime = NOW, **changes: Any) -> str:
    """A saved, complete working copy; returns the case's id."""
    case_id = drafts.start_draft(db, actor=actor, now=now, call_id=call.id)
    revision = queries.draft(db, case_id).revision
    drafts.save_draft(db, actor=actor, now=now, case_id=case_id, revision=revision, text=make_text(**changes))
    return case_id


def hand_in(db: Session, *, actor: Actor, case_id: str, now: datetime = NOW, key: str = "") -> Receipt:
    """Submit a working copy."""
    pledge = Pledge(accepted=True, name=actor.name)
    return handing_in.submit_case(
        db, actor=actor, now=now, case_id=case_id, key=key or new_id(), pledge=pledge, signing_key=b"k" * 32
    )


def make_entry(
    db: Session,
    *,
    call: CallView,
    actor: Actor | None = None,
    now: datetime = NOW,
    claims: Sequence[tuple[str, Source]] = (),
    **changes: Any,
) -> VersionView:
    """A handed-in case, of a new unit when no actor is given; `claims` are words with their evidence."""
    actor = actor or make_submitter(db, now=now)
    case_id = make_draft(db, actor=actor, call=call, now=now, **changes)
    for quote, source in claims:
        evidence.mark_claim(db, actor=actor, now=now, case_id=case_id, quote=quote, sources=[source])
    receipt = hand_in(db, actor=actor, case_id=case_id, now=now)
    return queries.version(db, receipt.version_id)


def make_entries(
    db: Session, *, call: CallView, titles: Sequence[str], now: datetime = NOW
) -> list[VersionView]:
    """One handed-in case a title, each of another unit."""
    return [make_entry(db, call=call, now=now, title=title) for title in titles]
