"""Noninterference over every address: whoever must not know a secret gets the same bytes whatever it is.

All GET routes of the product are asked with every id that exists, so a page that is added later is tested
too. `test_blindness` looks at single secrets; here many change at once behind the visitor's back.
"""

import io
import itertools
import re
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import text

from foundation import people
from foundation.actor import ANONYMOUS, Actor, Role
from foundation.people import User, actor_of, set_roles
from judging import service
from judging.service import live as live_service
from judging.service import register
from judging.values import Choice, CommentKind, Outcome
from submissions.values import JudgingRules
from tests.judging.test_blindness import answers
from tests.judging.world import CLOSED, DECIDED, OPEN, SCORING, World, assigned, close, mark
from tests.support.databases import make_changeable
from tests.support.factories import make_actor
from tests.support.web import Visitor
from webapp.wiring import Product

_ASKED = re.compile(
    r"/judging|^/live/\{|^/calls/\{slug\}/(notice|results)|^/objections|^/outbox|^/organise/jurors|"
    r"^/exports/judging|/outcome|certificates|/avoid|/feedback|/notices|/standings|/awards|^/invitations"
)
"""Where something of judging could be."""
_SKIPPED = re.compile(
    r"/stream$|/(reliability|calibrated|next-reads)|/jury/|/assignment/|/remind|sample\.pdf"
)
"""The stream is drawn from what the screen shows. Statistics are made from all reads, also for an organiser
who is shut out of a case; he is shown none of its reads (docs/judging.md)."""
_NAME = re.compile(r"\{(\w+)(?::\w+)?\}")
_FORMATS = ("csv",)


def addresses(product: Product, known: Mapping[str, Sequence[str]]) -> list[str]:
    """Every address that answers GET, with every id that could stand in it."""
    found = []
    for path in _paths(product):
        if not _ASKED.search(path) or _SKIPPED.search(path):
            continue
        names = _NAME.findall(path)
        choices = [known.get(name) or ["nothing"] for name in names]
        for values in itertools.product(*choices):
            address = path
            for name, value in zip(names, values, strict=True):
                address = re.sub(r"\{" + name + r"(:\w+)?\}", value, address, count=1)
            found.append(address)
    return list(dict.fromkeys(found))


def _paths(product: Product) -> Iterator[str]:
    app: Any = product.app
    while not hasattr(app, "routes"):
        app = getattr(app, "app", None) or app._app  # what wraps it
    yield from (path for path, methods in _walk(app.routes) if "GET" in methods)


def _walk(routes: Iterable[Any], before: str = "") -> Iterator[tuple[str, set[str]]]:
    for route in routes:
        path = before + getattr(route, "path", "")
        inner = getattr(route, "routes", None)
        if inner:
            yield from _walk(inner, path)
        else:
            yield path, getattr(route, "methods", None) or set()


def ids(made: World, **more: Sequence[str]) -> dict[str, Sequence[str]]:
    """The values of path parameters."""
    with made.database.read() as db:

        def column(sql: str) -> list[str]:
            return [str(each) for each in db.execute(text(sql)).scalars()]

        return {
            "call_id": [made.call.id],
            "slug": [made.call.slug],
            "round_id": column("SELECT id FROM judging_round"),
            "case_id": [made.entries[0].case_id],
            "read_id": column("SELECT id FROM assignment ORDER BY id LIMIT 3"),
            "user_id": [made.jurors[1].user_id],
            "ordinal": ["1"],
            "sheet_id": column("SELECT id FROM score_sheet"),
            "session_id": column("SELECT id FROM live_session"),
            "token": column("SELECT token FROM live_session"),
            "objection_id": column("SELECT id FROM objection"),
            "statement_id": column("SELECT id FROM objection_statement"),
            "file_id": column("SELECT id FROM objection_file"),
            "notice_id": column("SELECT id FROM public_notice"),
            "certificate_id": column("SELECT id FROM certificate"),
            "number": column("SELECT number FROM certificate"),
            "name": ["photo-1.jpg"],
            "format": _FORMATS,
            "kind": ["xlsx"],
            "id": column("SELECT id FROM outgoing_mail WHERE private"),
            **more,
        }


def visitor(product: Product, actor: Actor) -> Visitor:
    with product.database.write() as db:
        user = people.user(db, actor.user_id)
    found = Visitor(product).sign_in(user)
    found.client.follow_redirects = False
    return found


def reached(who: Visitor, where: Sequence[str]) -> dict[str, Any]:
    """What he gets where he gets something; workbooks and archives by what they hold."""
    found = answers(who, where)
    return {address: _unpacked(each) for address, each in found.items() if each[0] == 200}


def _unpacked(reply: tuple[int, Any, bytes]) -> object:
    """Files of an archive without the times at which it was made."""
    if not reply[2].startswith(b"PK"):
        return reply
    with zipfile.ZipFile(io.BytesIO(reply[2])) as archive:
        return {
            name: _unpacked((200, (), archive.read(name)))
            for name in archive.namelist()
            if name != "docProps/core.xml"
        }


# --- after the scoring --------------------------------------------------------------------------------


def judged_call(product: Product) -> World:
    """Three cases scored and closed, with a meeting, a notice, an objection under ruling, a live review."""
    database = product.database
    made = assigned(database, cases=3, judging=JudgingRules(notice_days=5))
    for juror, value in zip(made.jurors, (91, 92, 93), strict=True):
        for place, entry in enumerate(made.entries):
            read = made.read_of(juror, entry.case_id)
            mark(made, juror, read, value - 10 * place)
            with database.write(juror) as db:
                for kind in CommentKind:
                    service.save_comment(
                        db, actor=juror, now=SCORING, assignment_id=read, kind=kind, words=f"密评{kind.value}"
                    )
        with database.write(juror) as db:
            service.hand_in_all(db, actor=juror, now=SCORING, round_id=made.round.id)
    close(made)
    organiser = made.organiser
    common: dict[str, Any] = {"actor": organiser, "now": CLOSED, "round_id": made.round.id}
    first = made.entries[0].case_id
    with database.write(organiser) as db:
        register.change_profile(
            db,
            actor=organiser,
            now=OPEN,
            user_id=made.jurors[1].user_id,
            profile=register.Profile(),
            remarks="密备注",
        )
        service.hold_meeting(
            db,
            **common,
            held_at=CLOSED,
            place="",
            chair="",
            recorder="",
            attending=[each.user_id for each in made.jurors],
            named_votes=False,
        )
        service.add_note(db, **common, case_id=first, words="密记录")
        motion = service.put_motion(db, **common, case_ids=[first], prize_key="first", words="密动议")
    for juror in made.jurors:
        with database.write(juror) as db:
            service.vote(db, actor=juror, now=CLOSED, motion_id=motion, choice=Choice.FOR)
    with database.write(organiser) as db:
        session = live_service.prepare_live(
            db,
            **common,
            title="现场",
            case_ids=[each.case_id for each in made.entries],
            stages=("score", "rank"),
            questions_open=True,
        )
        live_service.start_live(db, actor=organiser, now=CLOSED, session_id=session)
    return made


def announced(product: Product, made: World) -> None:
    """The prizes are announced; somebody without an account objects to the first case, a ruling waits."""
    database, organiser = product.database, made.organiser
    common: dict[str, Any] = {"actor": organiser, "now": DECIDED, "round_id": made.round.id}
    with database.write(organiser) as db:
        service.decide_prizes(db, **common, chosen=made.board().proposal.certain)
        notice = service.publish_decision(db, **common)
    line = next(each for each in notice.lines if each.case_id == made.entries[0].case_id)
    within = DECIDED + timedelta(hours=1)
    with database.write(ANONYMOUS) as db:
        made_objection = service.raise_objection(
            db,
            actor=ANONYMOUS,
            now=within,
            notice_id=notice.id,
            line_id=line.id,
            sender=service.Sender("密异议人", "secret-objector@example.org", "密单位", "13911112222"),
            matter="密事由",
            address="https://house/objections/",
        )
    with database.write() as db:
        body = db.execute(
            text("SELECT body FROM outgoing_mail WHERE recipient = 'secret-objector@example.org'")
        ).scalar_one()
    token = re.search(r"/link/([\w-]+)", body)
    assert token is not None
    with database.write(ANONYMOUS) as db:
        service.confirm_objection(db, now=within, token=token[1], address="https://house/objections/")
    with database.write(organiser) as db:
        service.ask_unit(
            db,
            actor=organiser,
            now=within,
            round_id=made.round.id,
            objection_id=made_objection.id,
            matter="请说明受益户数",
            due_on=date(2026, 12, 31),
        )
        service.propose_ruling(
            db,
            actor=organiser,
            now=within,
            round_id=made.round.id,
            line_id=line.id,
            outcome=Outcome.DISMISSED,
            reason="密裁定",
            objection_id=made_objection.id,
        )


def people_around(product: Product, made: World) -> dict[str, Visitor]:
    """Everybody who must not know."""
    with product.database.write() as db:
        home = people.unit(db, made.entries[0].unit_id)
        top = people.unit(db, home.parent_id or "")
        actors = {
            "applicant": make_actor(db, Role.SUBMITTER, unit=home, name="本单位"),
            "superior and trainer": make_actor(
                db, Role.RECOMMENDER, Role.TRAINER, Role.EDITOR, unit=top, name="上级"
            ),
            "conflicted organiser": make_actor(db, Role.ORGANISER, unit=home, name="本单位组织者"),
        }
        judge = db.get_one(User, made.jurors[0].user_id)
        set_roles(db, judge, {Role.JUROR, Role.ORGANISER})
        db.flush()
        actors["juror who organises"] = actor_of(judge)
    actors["juror"] = made.jurors[2]
    nobody = Visitor(product)
    nobody.client.follow_redirects = False
    return {**{name: visitor(product, actor) for name, actor in actors.items()}, "anonymous": nobody}


NOBODYS = ("密评", "密备注", "密记录", "密动议", "密异议", "secret-objector", "密单位", "密事由", "密裁定")
"""What stands only where somebody may read it who is none of these people."""
MAY_READ: Mapping[str, Sequence[str]] = {
    "juror": ("密评",),
    "juror who organises": ("密评", "密备注"),
    "conflicted organiser": ("密评", "密备注"),
}
"""A juror his own comments; an organiser remarks on jurors and what was written of cases he looks after."""
ORGANISERS = re.compile(r"^/organise/|^/api/v1/calls/[^/]+/judging")
"""Guarded alike: asked by organisers, and by one who is not for all who are not."""


def test_what_others_do_changes_nothing_that_anybody_else_can_reach(sqlite_product: Product) -> None:
    """Marks, comments, notes, votes, the objection of one case; its people, jurors and strangers."""
    product = sqlite_product
    made = judged_call(product)
    who = people_around(product, made)
    announced(product, made)
    everywhere = addresses(product, ids(made))
    before = {name: reached(each, asked_by(name, everywhere)) for name, each in who.items()}
    for name, found in before.items():
        secrets = [each for each in NOBODYS if each not in MAY_READ.get(name, ())]
        told = [(each, at) for at, reply in found.items() for each in secrets if each in _text(reply)]
        assert told == [], name
    in_charge = visitor(product, made.organiser)
    shown = {
        each: in_charge.get(each).content for each in everywhere if each.endswith(("/meeting", "/standings"))
    }
    change_secrets(product, made)
    assert [each for each in shown if in_charge.get(each).content != shown[each]]  # the secret is one
    for name, found in before.items():
        after = reached(who[name], list(found))
        assert [each for each in found if after.get(each) != found[each]] == [], name


def asked_by(name: str, everywhere: Sequence[str]) -> list[str]:
    guarded = "organise" not in name and not name.startswith("superior")
    return [each for each in everywhere if not (guarded and ORGANISERS.search(each))]


def _text(reply: object) -> str:
    return reply[2].decode(errors="replace") if isinstance(reply, tuple) else str(reply)


def change_secrets(product: Product, made: World) -> None:
    """The first case as its own people must not know it: other marks, comments, notes and votes, another
    objector, who says something else."""
    with product.database.write() as db:
        for table in ("mark", "review_comment", "hand_in", "objection", "meeting_note"):
            make_changeable(db, table)
        others = {
            "mine": made.jurors[2].user_id,
            "both": made.jurors[0].user_id,
            "case": made.entries[0].case_id,
        }
        own = (
            "juror_id NOT IN (:mine, :both) AND assignment_id IN "
            "(SELECT id FROM assignment WHERE case_id = :case)"
        )
        db.execute(text(f"UPDATE mark SET value = value - 1 WHERE {own}"), others)  # own words
        db.execute(text(f"UPDATE review_comment SET words = '另一句' WHERE {own}"), others)  # own words
        db.execute(text("UPDATE meeting_note SET words = '另一条'"))
        db.execute(text("UPDATE meeting_vote SET choice = 'against' WHERE juror_id = :both"), others)
        db.execute(
            text(
                "UPDATE objection SET name = '另一人', email = 'other@example.org', phone = '1', "
                "workplace = '别处', matter = '另一事'"
            )
        )
        db.execute(text("UPDATE prize_ruling SET reason = '另一理由', proposed_by_name = '另一人'"))
        db.execute(text("UPDATE outgoing_mail SET recipient = 'other@example.org' WHERE private"))
