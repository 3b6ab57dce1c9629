"""The register of jurors through its pages: a list from a file, inviting several, who could step in."""

from sqlalchemy import select

from foundation.actor import Role
from foundation.people import User, user_by_email
from judging.models import JurorProfile, PanelMember
from tests.judging.world import World, world
from tests.support.factories import make_user
from tests.support.web import Visitor
from webapp.wiring import Product

HEADS = "姓名,邮箱,单位,专长,最多评审份数\n"


def organiser(product: Product, made: World) -> Visitor:
    with product.database.read() as db:
        user = db.get_one(User, made.organiser.user_id)
        db.expunge_all()
    return Visitor(product).sign_in(user)


def sent(who: Visitor, text: str) -> str:
    file = {"file": ("jurors.csv", text.encode("utf-8-sig"), "text/csv")}
    return who.client.post("/organise/jurors/import", data={"csrf": who.csrf_token}, files=file).text


def test_a_list_is_taken_whole_or_not_at_all(sqlite_product: Product) -> None:
    made = world(sqlite_product.database, jurors=1)
    who = organiser(sqlite_product, made)
    bad = sent(who, HEADS + "甲,jia@example.org,没有的单位,党建,\n,yi@example,,,\n")
    assert "第 2 行：没有名为“没有的单位”的单位" in bad
    assert "第 3 行：没有姓名" in bad
    with sqlite_product.database.read() as db:
        assert user_by_email(db, "jia@example.org") is None
    unit = made.entries[0].unit_name
    good = sent(who, HEADS + f"甲,jia@example.org,{unit},党建、社区,12\n乙,yi@example.org,,农村,\n")
    assert "新开账号 2 个，更新 0 位" in good
    again = sent(who, HEADS + "甲,JIA@example.org,,党建,8\n")
    assert "新开账号 0 个，更新 1 位" in again
    with sqlite_product.database.read() as db:
        user = user_by_email(db, "jia@example.org")
        assert user is not None
        assert (user.roles, user.unit.name if user.unit else "") == (frozenset({Role.JUROR}), unit)
        row = db.scalars(select(JurorProfile).where(JurorProfile.user_id == user.id)).one()
        assert (row.topics, row.load_limit) == (["党建"], 8)
    found = who.get("/organise/jurors?q=农村").text
    assert "乙" in found
    assert "jia@example.org" not in found
    back = who.get("/organise/jurors/list.csv").text
    assert '"甲","jia@example.org"' in back


def test_several_are_looked_over_then_invited_with_their_usual_load(sqlite_product: Product) -> None:
    made = world(sqlite_product.database, jurors=1)
    who = organiser(sqlite_product, made)
    sent(who, HEADS + "甲,jia@example.org,,农村,12\n乙,yi@example.org,,,\n")
    with sqlite_product.database.read() as db:
        ids = [str(user_by_email(db, f"{name}@example.org").id) for name in ("jia", "yi")]  # type: ignore[union-attr]  # just imported
    here = f"/organise/calls/{made.call.id}/judging/jury"
    shown = who.get(f"{here}/chosen", params={"user_ids": ids}).text
    assert "邀请 2 位评委" in shown
    assert "jia@example.org" in shown
    with sqlite_product.database.read() as db:
        assert len(db.scalars(select(PanelMember)).all()) == 1, "nothing is sent by looking"
    assert who.get(f"{here}/chosen").status_code == 422
    who.post(f"{here}/invite", {"user_ids": ids})
    with sqlite_product.database.read() as db:
        limits = dict(db.execute(select(PanelMember.user_id, PanelMember.load_limit)).all())
    assert (limits[ids[0]], limits[ids[1]]) == (12, None)


def test_who_could_step_in_is_ordered_by_fit_conflicts_and_load(sqlite_product: Product) -> None:
    made = world(sqlite_product.database, jurors=1)
    who = organiser(sqlite_product, made)
    unit = made.entries[0].unit_name
    rows = f"远,a@example.org,,教育,\n近,b@example.org,{unit},农村,\n合,c@example.org,,农村,\n"
    sent(who, HEADS + rows)
    page = who.get(f"/organise/calls/{made.call.id}/judging/jury/{made.jurors[0].user_id}/replace").text
    assert page.index("邀请合") < page.index("邀请近") < page.index("邀请远")


def test_only_organisers_keep_the_register_and_jurors_their_own_line(sqlite_product: Product) -> None:
    made = world(sqlite_product.database, jurors=1)
    with sqlite_product.database.write() as db:
        branch = make_user(db, Role.SUBMITTER)
        juror = db.get_one(User, made.jurors[0].user_id)
        db.expunge_all()
    assert Visitor(sqlite_product).sign_in(branch).get("/organise/jurors").status_code == 403
    assert Visitor(sqlite_product).sign_in(branch).get("/judging/profile").status_code == 403
    mine = Visitor(sqlite_product).sign_in(juror)
    assert mine.get("/organise/jurors").status_code == 403
    saved = mine.post("/judging/profile", {"topics": "农村，社区", "load_limit": "9"})
    assert "评委资料已保存" in saved.text
    assert "农村、社区" in saved.text
    wrong = mine.post("/judging/profile/interests", {"unit_id": "", "reason": ""})
    assert wrong.status_code == 422
    right = mine.post("/judging/profile/interests", {"unit_id": made.entries[0].unit_id, "reason": "原单位"})
    assert "原单位" in right.text
