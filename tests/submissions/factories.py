"""Small makers of submissions' values and of a call with units, users and files in a real database."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy.orm import Session

from foundation.actor import Actor, Role
from foundation.db import Database
from foundation.files import StoredFile
from foundation.people import Unit, actor_of, add_unit, add_user
from submissions import service
from submissions.call_templates import NOTICE, STANDARD
from submissions.values import (
    AttachmentView,
    Author,
    CallProposal,
    CallRules,
    CallView,
    CaseText,
    Eligibility,
    JudgingRules,
    Pledge,
    Receipt,
)

OPENS = datetime(2026, 3, 1, 0, 0, tzinfo=UTC)
CLOSES = datetime(2026, 3, 31, 10, 0, tzinfo=UTC)
BEFORE = OPENS - timedelta(days=7)
DURING = datetime(2026, 3, 10, 8, 0, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)
ZONE = "Asia/Shanghai"
PLEDGE = Pledge(accepted=True, name="张建国")
SENTENCE = "支部把矛盾登记在册，逐户上门，当月办结。"  # 18 characters as Word counts them
BODY = f"<h2>一、背景</h2><p>{SENTENCE * 60}</p>"


UNASKING = {"parts": (), "copyright_text": "", "eligibility": Eligibility(), "judging": JudgingRules()}
"""What the standard template asks beyond the short texts of the tests."""


def rules(**changes: object) -> CallRules:
    """The standard rules without required parts, copyright clause, recency and public notice, changed."""
    return replace(STANDARD.rules, **{**UNASKING, **changes})  # type: ignore[arg-type]  # keyword names are the dataclass's


def proposal(**changes: object) -> CallProposal:
    """A sound call, changed."""
    sound = CallProposal(
        title="全国党支部工作创新案例征集",
        theme="小案例，大作用",
        notice_html=NOTICE,
        slug="2026-branch-cases",
        opens_at=OPENS,
        closes_at=CLOSES,
        timezone=ZONE,
        rules=rules(),
    )
    return replace(sound, **changes)  # type: ignore[arg-type]  # keyword names are the dataclass's


def text(**changes: object) -> CaseText:
    """A complete case, changed."""
    complete = CaseText(
        title="一本台账解开村里的老疙瘩",
        summary="村党支部建立矛盾台账，逐户上门，半年化解积案 23 件。",
        body_html=BODY,
        category_key="rural",
        authors=(Author("李秀英", "支部书记"),),
        practice_from=date(2025, 5, 1),
        practice_to=date(2025, 12, 31),
    )
    return replace(complete, **changes)  # type: ignore[arg-type]  # keyword names are the dataclass's


def attachment(id: str = "a1", **changes: object) -> AttachmentView:  # noqa: A002  # the field is called so
    """A photo, changed."""
    photo = AttachmentView(id, "photo", "现场.jpg", "image/jpeg", 12, "ab" * 32, "逐户上门", 1600, 1200, 1)
    return replace(photo, **changes)  # type: ignore[arg-type]  # keyword names are the dataclass's


def stored_photo(name: str = "现场.jpg", caption: str = "") -> service.NewFile:
    """A photo as if it had been stored; its content is never read."""
    return service.NewFile(StoredFile("cd" * 32, 2048), "photo", name, "image/jpeg", caption, 1600, 1200)


@dataclass(frozen=True, slots=True)
class World:
    """A published call and the people around it: a superior with two branches, another superior with one."""

    call: CallView
    organiser: Actor
    superior: Actor
    branch: Actor
    colleague: Actor
    neighbour: Actor
    stranger: Actor
    other_superior: Actor
    juror: Actor


def world(database: Database, *, published: bool = True, **changes: object) -> World:
    """Build it; `changes` are the call's rules."""
    with database.write() as db:
        top = add_unit(db, name="市委组织部")
        town = add_unit(db, name="青溪镇党委", short_name="青溪镇", parent=top)
        village = add_unit(db, name="青溪镇上河村党支部", short_name="上河村", parent=town)
        hamlet = add_unit(db, name="青溪镇下河村党支部", short_name="下河村", parent=town)
        city = add_unit(db, name="东城街道党工委", parent=top)
        block = add_unit(db, name="东城街道和平社区党支部", parent=city)
        organiser = _user(db, "org@example.org", "王组织", [Role.ORGANISER], top)
        return World(
            call=_call(db, organiser, published, changes),
            organiser=organiser,
            superior=_user(db, "town@example.org", "赵书记", [Role.RECOMMENDER], town),
            branch=_user(db, "village@example.org", "李秀英", [Role.SUBMITTER], village),
            colleague=_user(db, "village2@example.org", "周明", [Role.SUBMITTER], village),
            neighbour=_user(db, "hamlet@example.org", "陈晓", [Role.SUBMITTER], hamlet),
            stranger=_user(db, "block@example.org", "孙丽", [Role.SUBMITTER], block),
            other_superior=_user(db, "city@example.org", "钱进", [Role.RECOMMENDER], city),
            juror=_user(db, "juror@example.org", "吴评", [Role.JUROR], None),
        )


def _user(db: Session, email: str, name: str, roles: Iterable[Role], unit: Unit | None) -> Actor:
    return actor_of(add_user(db, now=BEFORE, email=email, name=name, roles=roles, unit=unit))


def _call(db: Session, organiser: Actor, published: bool, changes: dict[str, object]) -> CallView:
    made = service.create_call(db, actor=organiser, now=BEFORE, proposal=proposal(rules=rules(**changes)))
    if not published:
        return made
    return service.publish_call(db, actor=organiser, now=BEFORE, call_id=made.id)


def start(database: Database, actor: Actor, call: CallView, *, now: datetime = DURING) -> str:
    """An empty draft of the actor's unit."""
    with database.write(actor) as db:
        return service.start_draft(db, actor=actor, now=now, call_id=call.id)


def write(
    database: Database, actor: Actor, call: CallView, *, now: datetime = DURING, **changes: object
) -> str:
    """A complete draft."""
    case_id = start(database, actor, call, now=now)
    with database.write(actor) as db:
        service.save_draft(db, actor=actor, now=now, case_id=case_id, revision=1, text=text(**changes))
    return case_id


def submit(
    database: Database, actor: Actor, case_id: str, *, now: datetime = DURING, key: str = "k1"
) -> Receipt:
    """Hand a draft in."""
    with database.write(actor) as db:
        return service.submit_case(
            db, actor=actor, now=now, case_id=case_id, key=key, pledge=PLEDGE, signing_key=b"secret"
        )


def hand_in(
    database: Database, actor: Actor, call: CallView, *, now: datetime = DURING, **changes: object
) -> Receipt:
    """Write a complete case and hand it in."""
    return submit(database, actor, write(database, actor, call, now=now, **changes), now=now)
