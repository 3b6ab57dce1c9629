"""Noninterference: whoever must not know a secret gets the same bytes whatever the secret is.

Each test asks for everything a visitor can reach, changes one secret in the database behind his back, and
asks again. Status, headers and bodies must be equal, and no body may name the secret.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

import httpx2
import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from foundation import people
from foundation.actor import Actor, Role
from foundation.people import User
from judging import service
from judging.values import CommentKind
from submissions import service as submissions
from submissions.values import Author, DecidedMask, Source
from tests.judging.world import OPEN, SCORING, World, assigned, mark
from tests.support.databases import make_changeable
from tests.support.factories import make_user
from tests.support.web import Visitor
from webapp.wiring import Product

SECRET_UNIT = "第一农场党支部"
NEW_NAME = "完全不同名字的很长的党支部"
OLD_PLACE, NEW_PLACE = "老一农场", "新二林场"


@pytest.fixture
def judged(product: Product) -> World:
    """Two cases read by three jurors; the first case names its unit and author everywhere."""
    made = assigned(
        product.database,
        cases=2,
        titles=[f"{SECRET_UNIT}的做法", "另一个案例"],
        text={
            "summary": f"{SECRET_UNIT}一年来的经验，作者李强。",
            "body_html": f"<h2>{SECRET_UNIT}</h2><p>李强在<strong>第一农场</strong>党支部工作。</p>"
            + "<p>党支部把每月的主题党日开到田间地头，党员认领了三十六件实事。</p>" * 3
            + f"<p>{OLD_PLACE}的井修好了，全村用水户由92户增至97户。</p>",
            "authors": (Author("李强", "支部书记"),),
            "claims": [
                ("农场党支部工作", Source(url="https://diyi-nongchang.gov.cn/1", note=f"{SECRET_UNIT}网站")),
                ("全村用水户由92户增至97户", Source(url="https://diyi-nongchang.gov.cn/2", note="李强台账")),
            ],
        },
    )
    decide(product, made)
    return made


def decide(product: Product, made: World) -> None:
    """The organiser has decided to cover the name of a place as well."""
    with product.database.write(made.organiser) as db:
        submissions.confirm_identity(
            db,
            actor=made.organiser,
            now=SCORING,
            case_id=made.entries[0].case_id,
            seen=made.entries[0].content_hash,
            masks=[DecidedMask(OLD_PLACE, "〔地名〕")],
        )


def visitor(product: Product, actor: Actor) -> Visitor:
    with product.database.write() as db:
        user = people.user(db, actor.user_id)
    return Visitor(product).sign_in(user)


def juror_addresses(world: World, juror: Actor) -> list[str]:
    """Everything a juror can ask for, his own reads and what belongs to others."""
    mine = [world.read_of(juror, entry.case_id) for entry in world.entries]
    foreign = [world.read_of(world.jurors[1], entry.case_id) for entry in world.entries]
    case, call = world.entries[0], world.call
    return [
        "/judging",
        f"/judging/rounds/{world.round.id}",
        f"/judging/rounds/{world.round.id}?show=todo",
        *(f"/judging/reads/{each}" for each in (*mine, *foreign)),
        f"/judging/reads/{mine[0]}/files/photo-1.jpg",
        "/api/v1/judging/reads",
        *(f"/api/v1/judging/reads/{each}" for each in (*mine, *foreign)),
        f"/api/v1/calls/{call.slug}/standings",
        f"/api/v1/calls/{call.slug}/awards",
        f"/calls/{call.slug}/results",
        f"/organise/calls/{call.id}/judging",
        f"/organise/calls/{call.id}/judging/standings",
        f"/organise/calls/{call.id}/judging/standings.csv",
        f"/organise/calls/{call.id}/judging/assignment",
        f"/organise/calls/{call.id}/judging/prizes",
        f"/cases/{case.case_id}",
        f"/cases/{case.case_id}/versions/1",
        f"/api/v1/cases/{case.case_id}",
        "/library?q=农场",
    ]


def answers(who: Visitor, addresses: Iterable[str]) -> dict[str, tuple[int, list[tuple[str, str]], bytes]]:
    """Status, headers and body of each address; only the request's own number is left out."""
    found = {}
    for address in addresses:
        reply = who.get(address)
        found[address] = (reply.status_code, _headers(reply), _without_request_id(reply))
    return found


def _headers(reply: httpx2.Response) -> list[tuple[str, str]]:
    return sorted((name, value) for name, value in reply.headers.items() if name != "x-request-id")


def _without_request_id(reply: httpx2.Response) -> bytes:
    number = reply.headers.get("x-request-id", "-").encode()
    return reply.content.replace(number, b"-")


def assert_no_difference(
    product: Product,
    actor: Actor,
    addresses: Sequence[str],
    change: Callable[[], None],
    secrets: Sequence[str] = (),
) -> None:
    who = visitor(product, actor)
    answers(who, addresses)  # the browser's own memory (last filter) is set before the comparison
    before = answers(who, addresses)
    change()
    after = answers(who, addresses)
    for address in addresses:
        assert after[address] == before[address], address
        for secret in secrets:
            assert secret.encode() not in after[address][2], (secret, address)


def test_a_jurors_view_does_not_depend_on_the_others_marks(product: Product, judged: World) -> None:
    juror, other = judged.jurors[0], judged.jurors[1]
    mark(judged, juror, judged.read_of(juror, judged.entries[0].case_id), 70)

    def others_work() -> None:
        for entry in judged.entries:
            read = judged.read_of(other, entry.case_id)
            mark(judged, other, read, 99)
            with product.database.write(other) as db:
                for kind in CommentKind:
                    service.save_comment(
                        db, actor=other, now=SCORING, assignment_id=read, kind=kind, words="别人的话"
                    )
                service.flag(db, actor=other, now=SCORING, assignment_id=read, words="别人的疑问")
        with product.database.write(other) as db:
            service.hand_in_all(db, actor=other, now=SCORING, round_id=judged.round.id)
        third = judged.jurors[2]
        with product.database.write(third) as db:
            service.recuse(
                db,
                actor=third,
                now=SCORING,
                assignment_id=judged.read_of(third, judged.entries[0].case_id),
                reason="别人的回避",
            )

    assert_no_difference(
        product,
        juror,
        juror_addresses(judged, juror),
        others_work,
        ["别人的话", "别人的疑问", "别人的回避", other.name],
    )


def renamed(words: str) -> str:
    """What the first case would say if it were another unit's."""
    for old, new in (
        (SECRET_UNIT, NEW_NAME),
        ("农场党支部", NEW_NAME[4:]),  # a quote that begins inside the name
        ("李强在第一", f"欧阳建国在{NEW_NAME[:4]}"),
        ("李强", "欧阳建国"),
        (OLD_PLACE, NEW_PLACE),
    ):
        words = words.replace(old, new)
    return words


def rename(db: Session, world: World) -> None:
    """Another unit, another author and another number for the first case, in every place they are kept."""
    case = world.entries[0]
    make_changeable(db, "case_version")
    db.execute(text("UPDATE unit SET name = :new WHERE id = :id"), {"new": NEW_NAME, "id": case.unit_id})
    for column in ("title", "summary", "body_html"):
        db.execute(
            text(
                f"UPDATE case_version SET {column} = replace(replace(replace({column}, :old, :new),"
                " :author, :writer), :half, :other_half) WHERE id = :id"
            ),
            {
                "old": SECRET_UNIT,
                "new": NEW_NAME,
                "author": "李强",
                "writer": "欧阳建国",
                "half": "<strong>第一农场</strong>党支部",
                "other_half": f"<strong>{NEW_NAME[:4]}</strong>{NEW_NAME[4:]}",
                "id": case.id,
            },
        )
    db.execute(
        text("UPDATE case_version SET body_html = replace(body_html, :old, :new) WHERE id = :id"),
        {"old": OLD_PLACE, "new": NEW_PLACE, "id": case.id},
    )
    claims = [
        {
            "id": each.id,
            "quote": renamed(each.quote),
            "before": renamed(each.before),
            "after": renamed(each.after),
            "sources": [{"url": "https://wanquan.cn/9", "note": renamed(each.sources[0].note)}],
        }
        for each in case.claims
    ]
    db.execute(
        text("UPDATE case_version SET claims = :claims WHERE id = :id"),
        {"claims": json.dumps(claims), "id": case.id},
    )
    db.execute(
        text("UPDATE identity_review SET masks = :masks WHERE case_id = :id"),
        {"masks": json.dumps([{"words": NEW_PLACE, "token": "〔地名〕"}]), "id": case.case_id},
    )
    db.execute(
        text("UPDATE case_version SET unit_name = :new, number = 'X-1', authors = :authors WHERE id = :id"),
        {
            "new": NEW_NAME,
            "authors": '[{"name": "欧阳建国", "post": "书记"}]',
            "id": case.id,
        },
    )


def test_a_jurors_view_does_not_depend_on_the_unit_or_the_authors(product: Product, judged: World) -> None:
    juror = judged.jurors[0]

    def another_unit() -> None:
        with product.database.write() as db:
            rename(db, judged)

    addresses = [
        each for each in juror_addresses(judged, juror) if "/cases/" not in each
    ]  # those are 404 alike; their error page repeats only the address
    assert_no_difference(
        product,
        juror,
        addresses,
        another_unit,
        [SECRET_UNIT, NEW_NAME, "李强", "欧阳建国", "第一农场", "X-1", OLD_PLACE, NEW_PLACE, "gov.cn"],
    )


@pytest.mark.parametrize("role", [Role.SUBMITTER, Role.RECOMMENDER, Role.TRAINER, Role.EDITOR, None])
def test_nobody_else_sees_marks_jurors_or_standings(sqlite_product: Product, role: Role | None) -> None:
    """An applicant, a superior, a trainer, an editor and a visitor see nothing of a running judging."""
    product, judged = sqlite_product, assigned(sqlite_product.database, cases=2)
    with product.database.write() as db:
        user = _somebody(db, judged, role)
    who = Visitor(product)
    if user is not None:
        who.sign_in(user)
    addresses = [
        each
        for each in juror_addresses(judged, judged.jurors[0])
        if "/cases/" not in each and "photo" not in each
    ]
    before = answers(who, addresses)
    for juror in judged.jurors:
        for entry in judged.entries:
            mark(judged, juror, judged.read_of(juror, entry.case_id), 88)
        with product.database.write(juror) as db:
            service.hand_in_all(db, actor=juror, now=SCORING, round_id=judged.round.id)
    with product.database.write(judged.organiser) as db:
        service.close_round(db, actor=judged.organiser, now=SCORING, round_id=judged.round.id)
    after = answers(who, addresses)
    for address in addresses:
        assert after[address] == before[address], address
        for name in [juror.name for juror in judged.jurors] + ["88.00"]:
            assert name.encode() not in after[address][2], (name, address)


def _somebody(db: Session, world: World, role: Role | None) -> User | None:
    if role is None:
        return None
    unit = people.unit(db, world.entries[0].unit_id)
    if role is Role.RECOMMENDER and unit.parent_id is not None:
        unit = people.unit(db, unit.parent_id)
    return make_user(db, role, unit=unit, name="旁人")


def test_the_number_says_nothing_about_the_order_of_arrival(product: Product) -> None:
    made = assigned(product.database, cases=8, jurors=1, reads=1)
    labels = [made.label_of(entry.case_id) for entry in made.entries]
    assert sorted(labels) == [f"A{n:02}" for n in range(1, 9)]
    assert labels != sorted(labels)  # one chance in 40,320 to fail by luck


def test_what_a_juror_gets_names_no_case_version_or_attachment(product: Product, judged: World) -> None:
    """Their ids are older than the judging and would tell who submitted when."""
    juror = judged.jurors[0]
    who = visitor(product, juror)
    own = [
        each for each in juror_addresses(judged, juror) if each.startswith(("/judging", "/api/v1/judging"))
    ]
    hidden = [
        each for entry in judged.entries for each in (entry.id, entry.case_id, entry.number, entry.unit_id)
    ]
    for address in own:
        body = who.get(address).text
        assert [each for each in hidden if each in body] == [], address


def test_a_private_note_is_not_even_the_organisers(product: Product, judged: World) -> None:
    juror = judged.jurors[0]
    read = judged.read_of(juror, judged.entries[0].case_id)
    with product.database.write(juror) as db:
        service.save_mark(
            db,
            actor=juror,
            now=SCORING,
            assignment_id=read,
            criterion_key=judged.call.rules.criteria[0].key,
            value=Decimal(80),
        )
    who = visitor(product, judged.organiser)
    base = f"/organise/calls/{judged.call.id}/judging"
    pages = [base, f"{base}/assignment", f"{base}/standings", f"{base}/standings.csv", f"{base}/prizes"]
    before = answers(who, pages)

    with product.database.write(juror) as db:
        service.save_comment(
            db, actor=juror, now=OPEN, assignment_id=read, kind=CommentKind.NOTE, words="只给自己看"
        )
    assert answers(who, pages) == before
