"""What the home page says waits for each role, as the year goes on."""

from datetime import datetime

from casebook.making.service import request_build
from casebook.service.editions import open_edition
from foundation.actor import Actor, Role
from foundation.people import actor_of
from judging import service as judging
from tests.judging.world import CLOSED, DECIDED, OPEN, SCORING, World, assigned, award, close, score, world
from tests.support.factories import make_call, make_user
from webapp.home import waiting
from webapp.wiring import Product


def said(product: Product, actor: Actor, at: datetime) -> list[str]:
    """The sentences below the titles of what waits."""
    with product.database.read(actor) as db:
        desk = waiting.desk(db, actor=actor, now=at)
        return [str(task.text) for section in waiting.sections(desk) for task in section.tasks]


def test_an_organiser_is_told_what_comes_next(product: Product) -> None:
    with product.database.write() as db:
        organiser = actor_of(make_user(db, Role.ORGANISER))
        make_call(db, title="没发布", published=False)
    assert said(product, organiser, OPEN) == ["尚未发布"]
    made = assigned(product.database)
    assert "评审中：已交 0 份评分表，共 9 份" in said(product, made.organiser, SCORING)
    score(made, {0: (90, 91, 92), 1: (80, 81, 82), 2: (70, 71, 72)})
    assert "评分表已全部交齐，可以确定奖项" in said(product, made.organiser, SCORING)
    close(made)
    decide(made)
    assert "已授奖 3 个案例" in said(product, made.organiser, DECIDED)


def decide(made: World) -> None:
    award(made, made.board().proposal.certain)


def test_a_closed_call_without_judging_asks_for_it(product: Product) -> None:
    made = world(product.database, jurors=0)
    with product.database.write() as db:
        other = make_call(db, title="另一次", slug="other")
    sentences = said(product, made.organiser, max(OPEN, other.closes_at))
    assert "征集已截止，收到 0 个案例，可以开始评审" in sentences


def test_an_organiser_on_the_panel_is_led_to_the_reading(product: Product) -> None:
    made = world(product.database)
    juror = made.jurors[0]
    both = Actor(juror.user_id, juror.name, juror.roles | {Role.ORGANISER})
    assert said(product, both, SCORING) == [
        "您是这次评审的评委，评审由其他组织者管理",
        "已接受邀请，等待分配案例",
    ]


def test_a_juror_sees_how_far_he_is(product: Product) -> None:
    made = assigned(product.database)
    juror = made.jurors[0]
    assert said(product, juror, SCORING) == ["已评完 0 份，已交 0 份，共 3 份"]
    score(made, {0: (90, 91, 92), 1: (80, 81, 82), 2: (70, 71, 72)})
    assert said(product, juror, SCORING) == ["评分表已全部交齐，谢谢"]
    close(made)
    assert said(product, juror, CLOSED) == []


def test_an_invitation_waits_for_its_answer(product: Product) -> None:
    made = world(product.database)
    with product.database.write() as db:
        user = make_user(db, Role.JUROR)
        judging.invite_juror(db, actor=made.organiser, now=OPEN, round_id=made.round.id, user_id=user.id)
    assert said(product, actor_of(user), OPEN) == ["邀请您担任评委，请答复"]


def test_an_editor_is_led_from_the_awards_to_the_file(product: Product) -> None:
    made = assigned(product.database)
    score(made, {0: (90, 91, 92), 1: (80, 81, 82), 2: (70, 71, 72)})
    close(made)
    with product.database.write() as db:
        editor = actor_of(make_user(db, Role.EDITOR))
    assert said(product, editor, CLOSED) == []
    decide(made)
    assert said(product, editor, DECIDED) == ["3 个获奖案例，还没有选编"]
    with product.database.write(editor) as db:
        edition_id = open_edition(db, actor=editor, now=DECIDED, call_id=made.call.id)
    assert said(product, editor, DECIDED) == ["还没有生成 Word 文件"]
    with product.database.write(editor) as db:
        request_build(db, actor=editor, now=DECIDED, edition_id=edition_id)
    assert said(product, editor, DECIDED) == ["正在生成 Word 文件"]
    while product.worker.run_once():
        pass
    assert said(product, editor, DECIDED) == ["Word 文件是最新的"]


def test_the_latest_awards_are_for_everybody(product: Product) -> None:
    made = assigned(product.database)
    score(made, {0: (90, 91, 92), 1: (80, 81, 82), 2: (70, 71, 72)})
    close(made)
    decide(made)
    nobody = Actor(user_id="")
    with product.database.read(nobody) as db:
        latest = waiting.latest_winners(waiting.desk(db, actor=nobody, now=DECIDED))
    assert latest is not None
    assert [(won.title, won.prize_name) for won in latest[1]] == [
        ("案例之一", "一等奖"),
        ("案例之三", "二等奖"),
        ("案例之二", "二等奖"),
    ]
