"""The one-time link of an invitation, through the pages."""

import re
from datetime import timedelta

from sqlalchemy import select

from foundation import mail
from foundation.actor import Role
from foundation.clock import FixedClock
from foundation.people import User, user_by_email
from judging.models import InvitationLink, PanelMember
from tests.judging.world import OPEN, World, world
from tests.support.factories import make_user
from tests.support.web import Visitor
from webapp.accounts.models import Credential
from webapp.wiring import Product


def invited(product: Product, email: str = "wu@example.org") -> tuple[str, World, Visitor]:
    """(path of the link in the letter, the judging, the organiser at the pages): without a password."""
    made = world(product.database, jurors=0)
    with product.database.write() as db:
        user = make_user(db, Role.SUBMITTER, name="吴新", email=email)
        organiser = db.get(User, made.organiser.user_id)
    assert organiser is not None
    visitor = Visitor(product).sign_in(organiser)
    path = f"/organise/calls/{made.call.id}/judging/jury"
    answer = visitor.post(f"{path}/invite", {"user_ids": user.id})
    assert answer.status_code == 200, answer.text
    return last_link(product, email), made, visitor


def last_link(product: Product, email: str) -> str:
    with product.database.read() as db:
        body = db.scalars(
            select(mail.OutgoingMail.body)
            .where(mail.OutgoingMail.recipient == email)
            .order_by(mail.OutgoingMail.id.desc())
        ).first()
    found = re.search(r"/invitations/[\w-]+", body or "")
    assert found is not None
    return found.group()


def member(product: Product) -> PanelMember:
    with product.database.read() as db:
        found = db.scalars(select(PanelMember)).one()
        db.expunge(found)
    return found


def test_somebody_without_a_password_accepts_and_chooses_one(sqlite_product: Product) -> None:
    link, made, _organiser = invited(sqlite_product)
    guest = Visitor(sqlite_product)
    shown = guest.get(link)
    assert shown.status_code == 200
    assert "3 个案例" in shown.text
    assert "我承诺独立、公正评审" in shown.text
    refused = guest.post(link, {"answer": "accept"})
    assert refused.status_code == 422
    assert "请先阅读并同意承诺" in refused.text
    after = guest.post(link, {"answer": "accept", "pledge": "true"}, follow_redirects=False)
    assert after.headers["location"].startswith("/password/")
    row = member(sqlite_product)
    assert (row.state, row.round_id) == ("accepted", made.round.id)
    assert row.statement.startswith("我承诺独立、公正评审")
    page = guest.get(after.headers["location"])
    assert "wu@example.org" in page.text
    assert "您已接受邀请" in guest.get(link).text
    again = guest.post(link, {"answer": "decline", "reason": "反悔"})
    assert again.status_code == 409
    assert member(sqlite_product).state == "accepted"


def test_who_has_a_password_is_led_to_the_sign_in_and_not_signed_in(sqlite_product: Product) -> None:
    link, made, _organiser = invited(sqlite_product)
    with sqlite_product.database.write() as db:
        user = user_by_email(db, "wu@example.org")
        assert user is not None
        db.add(Credential(user_id=user.id, password_hash="x", changed_at=OPEN))
    guest = Visitor(sqlite_product)
    after = guest.post(link, {"answer": "accept", "pledge": "true"}, follow_redirects=False)
    assert after.headers["location"] == f"/sign-in?back=%2Fjudging%2Frounds%2F{made.round.id}"
    assert guest.get(f"/judging/rounds/{made.round.id}", follow_redirects=False).status_code in (
        302,
        303,
        401,
    )


def test_declining_needs_a_reason_that_the_organiser_sees(sqlite_product: Product) -> None:
    link, made, organiser = invited(sqlite_product)
    guest = Visitor(sqlite_product)
    assert guest.post(link, {"answer": "decline"}).status_code == 422
    assert "您已谢绝邀请" in guest.post(link, {"answer": "decline", "reason": "出差在外"}).text
    assert "出差在外" in organiser.get(f"/organise/calls/{made.call.id}/judging/jury").text


def test_an_expired_link_sends_a_new_one_to_the_invited_only(
    sqlite_product: Product,
) -> None:
    link, _round_id, _organiser = invited(sqlite_product)
    clock = sqlite_product.clock
    assert isinstance(clock, FixedClock)
    clock.advance(timedelta(days=15))
    guest = Visitor(sqlite_product)
    assert "这个链接已经失效" in guest.get(link).text
    assert guest.post(link, {"answer": "accept", "pledge": "true"}).status_code == 409
    answer = guest.post(f"{link}/renew")
    assert "w***@example.org" in answer.text
    assert "wu@example.org" not in answer.text
    fresh = last_link(sqlite_product, "wu@example.org")
    assert fresh != link
    assert guest.post(f"{link}/renew").status_code == 409, "a second wish within five minutes"
    assert "您的答复" in guest.get(fresh).text


def test_only_the_hash_is_kept_and_a_new_letter_ends_the_old_link(sqlite_product: Product) -> None:
    link, made, organiser = invited(sqlite_product)
    token = link.rsplit("/", 1)[1]
    with sqlite_product.database.read() as db:
        assert token not in db.scalars(select(InvitationLink.token_hash)).one()
    user_id = member(sqlite_product).user_id
    answer = organiser.post(f"/organise/calls/{made.call.id}/judging/jury/{user_id}/resend")
    assert "之前的链接已作废" in answer.text
    guest = Visitor(sqlite_product)
    assert "这个链接已经失效" in guest.get(link).text
    assert "您的答复" in guest.get(last_link(sqlite_product, "wu@example.org")).text
    assert guest.get("/invitations/unknown").status_code == 404


def test_the_statement_is_the_organisers_and_is_kept_as_it_was_accepted(sqlite_product: Product) -> None:
    link, made, organiser = invited(sqlite_product)
    guest = Visitor(sqlite_product)
    seen = re.search(r'name="seen" value="(\w+)"', guest.get(link).text)
    assert seen is not None
    words = "我承诺只按评分标准打分。"
    organiser.post(f"/organise/calls/{made.call.id}/judging/jury/statement", {"words": words})
    stale = guest.post(link, {"answer": "accept", "pledge": "true", "seen": seen.group(1)})
    assert stale.status_code == 409
    assert "请重新阅读" in stale.text
    assert words in stale.text
    guest.post(link, {"answer": "accept", "pledge": "true"})
    organiser.post(f"/organise/calls/{made.call.id}/judging/jury/statement", {"words": "别的文字"})
    assert member(sqlite_product).statement == words
