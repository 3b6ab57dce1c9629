"""Two trainers and two awarded cases."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from foundation.actor import SYSTEM, Actor, Role
from foundation.audience import Audience
from foundation.people import User, actor_of
from judging.values import AwardView
from search.curation.service.placements import place_cases
from search.teaching.packs.service.writing import start_pack
from tests.judging.world import revoke
from tests.search.factories import award
from tests.support.factories import NOW, ORGANISER, make_call, make_entry, make_user

BODY = (
    "<h2>一、背景</h2><p>渠水不够，三年打了 7 场架。</p><h2>二、做法</h2><p>一本账贴在泵房墙上。</p>"
    "<h2>三、成效</h2><p>收缴率升到 97%。</p>" + "<p>逐户装表，每旬对账，谁都能看。</p>" * 6
)


@dataclass(frozen=True)
class World:
    """`water` and `school` are the cases' awards."""

    user: User
    other_user: User
    water: AwardView
    school: AwardView

    @property
    def trainer(self) -> Actor:
        return actor_of(self.user)

    @property
    def other(self) -> Actor:
        return actor_of(self.other_user)

    @property
    def case(self) -> str:
        return self.water.case_id


def make_world(db: Session) -> World:
    call = make_call(db)
    water = award(db, make_entry(db, call=call, title="一本水账", body_html=BODY, summary="水费十年扯皮。"))
    school = award(db, make_entry(db, call=call, title="夜校办到第九期", body_html=BODY))
    return World(
        make_user(db, Role.TRAINER, name="陈教员"), make_user(db, Role.TRAINER, name="林教员"), water, school
    )


def started(db: Session, world: World, *, kind: str = "class", propose: bool = True) -> str:
    """A pack of the first trainer's about the water."""
    return start_pack(db, actor=world.trainer, now=NOW, kind=kind, case_ids=[world.case], propose=propose)


def only_for_members(db: Session, case_id: str) -> None:
    place_cases(db, actor=ORGANISER, now=NOW, case_ids=[case_id], audience=Audience.MEMBERS)


def taken_back(db: Session, world: World) -> None:
    """The award of the water is revoked."""
    db.info["actor"] = SYSTEM
    revoke(db, world.water.id, "查实后撤销")
