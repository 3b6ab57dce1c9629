"""A discussion: who sees what of whom, what is kept, what counts."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

import pytest

from foundation import people
from foundation.actor import Actor
from foundation.errors import Forbidden, Invalid, NotFound, Refused
from judging import queries, service
from judging.errors import ScoringOver
from judging.queries.discussions import numbers
from judging.values import AssignmentState, CommentKind
from judging.views import DiscussionDesk, DiscussionOverview, Talk
from submissions.values import JudgingRules
from tests.judging.world import SCORING, World, assigned, close, mark, score
from tests.support.web import Visitor
from webapp.wiring import Product

RULES = JudgingRules(discussion=True)


@pytest.fixture
def made(sqlite_product: Product) -> World:
    """Two cases; three jurors have handed in the first, nobody the second."""
    made = assigned(sqlite_product.database, cases=2, judging=RULES)
    score(made, {0: (80, 70, 60)})
    return made


def visitor(product: Product, actor: Actor) -> Visitor:
    with product.database.write() as db:
        user = people.user(db, actor.user_id)
    return Visitor(product).sign_in(user)


def open_it(made: World, reason: str = "会期已定") -> None:
    with made.database.write(made.organiser) as db:
        service.open_discussion(db, actor=made.organiser, now=SCORING, round_id=made.round.id, reason=reason)


def close_it(made: World) -> None:
    with made.database.write(made.organiser) as db:
        service.close_discussion(db, actor=made.organiser, now=SCORING, round_id=made.round.id)


def first_read(made: World, juror: Actor, case: int = 0) -> str:
    return made.read_of(juror, made.entries[case].case_id)


def talk(made: World, juror: Actor, case: int = 0) -> DiscussionDesk:
    with made.database.read(juror) as db:
        return queries.my_talk(db, juror, first_read(made, juror, case))


def overview(made: World) -> DiscussionOverview:
    with made.database.read(made.organiser) as db:
        return queries.discussion_overview(db, made.organiser, made.current(db))


def of_first(made: World) -> Talk:
    """The first case's discussion as the organiser sees it."""
    return next(each for each in overview(made).talks if each.case_id == made.entries[0].case_id)


def say(made: World, juror: Actor, words: str) -> None:
    with made.database.write(juror) as db:
        service.say(db, actor=juror, now=SCORING, assignment_id=first_read(made, juror), words=words)


def revise(made: World, juror: Actor, *values: int | None, jury: str = "") -> Sequence[str]:
    criteria = made.call.rules.criteria
    given = {
        each.key: None if value is None else Decimal(value)
        for each, value in zip(criteria, values, strict=True)
    }
    with made.database.write(juror) as db:
        return service.revise(
            db,
            actor=juror,
            now=SCORING,
            assignment_id=first_read(made, juror),
            given=given,
            to_jury=jury,
        )


def test_jurors_see_each_other_by_number_and_only_after_handing_in(made: World) -> None:
    one, two, _three = made.jurors
    with pytest.raises(NotFound):
        talk(made, one)
    open_it(made)
    mine, others = talk(made, one), talk(made, two)
    assert sorted(voice.total_after or 0 for voice in mine.talk.voices) == [60, 70, 80]
    assert {voice.number for voice in mine.talk.voices} == {1, 2, 3}
    assert (mine.mine.total_after, others.mine.total_after) == (Fraction(80), Fraction(70))
    assert {voice.juror_name for voice in mine.talk.voices} == {""}
    assert mine.talk.case_id == ""
    with pytest.raises(NotFound):
        talk(made, one, case=1)
    with made.database.read(two) as db, pytest.raises(NotFound):
        queries.my_talk(db, two, first_read(made, one))


def test_marks_before_and_after_are_kept_and_those_after_count(made: World) -> None:
    one, two, three = made.jurors
    open_it(made)
    assert revise(made, one, 80, 80, 80, 80) == ()
    changed = revise(made, one, 90, 80, 80, 80, jury="听了二号评委的意见")
    assert changed == (made.call.rules.criteria[0].key,)
    voice = talk(made, one).mine
    assert (voice.total_before, voice.total_after, voice.changed) == (Fraction(80), Fraction(165, 2), True)
    found = of_first(made)
    assert {(each.juror_name, each.total_before, each.total_after) for each in found.voices} == {
        (one.name, Fraction(80), Fraction(165, 2)),
        (two.name, Fraction(70), Fraction(70)),
        (three.name, Fraction(60), Fraction(60)),
    }
    assert (found.mean_before, found.mean_after) == (Fraction(70), Fraction(425, 6))
    row = next(each for each in made.board().rows if each.case_id == made.entries[0].case_id)
    assert row.score == Fraction(425, 6)
    with made.database.read(one) as db:
        desk = queries.desk(db, one, first_read(made, one), SCORING)
    assert (desk.scorecard.state, desk.to_jury) == (AssignmentState.HANDED_IN, "听了二号评委的意见")


def test_a_changed_scorecard_is_always_complete(made: World) -> None:
    open_it(made)
    one = made.jurors[0]
    key = made.call.rules.criteria[0].key
    for wrong in (None, 101):
        with pytest.raises(Invalid) as refusal:
            revise(made, one, wrong, 80, 80, 80)
        assert [each.field for each in refusal.value.errors] == [key]
    assert talk(made, one).mine.total_after == 80


def test_what_is_said_reaches_the_jurors_of_the_case_without_names(made: World) -> None:
    one, two, _three = made.jurors
    open_it(made)
    say(made, one, "数字要再核一下")
    (heard,) = talk(made, two).talk.said
    assert (heard.words, heard.mine, heard.juror_name) == ("数字要再核一下", False, "")
    assert heard.number == talk(made, one).mine.number
    assert of_first(made).said[0].juror_name == one.name
    for words in (" ", "长" * 2001):
        with pytest.raises(Invalid):
            say(made, one, words)


def test_closing_freezes(made: World) -> None:
    one = made.jurors[0]
    open_it(made)
    close_it(made)
    for deed in (lambda: say(made, one, "再说一句"), lambda: revise(made, one, 1, 1, 1, 1)):
        with pytest.raises(ScoringOver):
            deed()
    assert talk(made, one).mine.total_after == 80  # still to be read
    with made.database.write(one) as db, pytest.raises(Refused):
        service.reopen_scorecard(
            db, actor=one, now=SCORING, assignment_id=first_read(made, one), reason="看错"
        )
    with pytest.raises(Refused):
        close_it(made)


def test_ending_the_judging_ends_the_discussion(made: World) -> None:
    open_it(made)
    close(made, reason="会期已到")
    found = overview(made).discussion
    assert found is not None
    assert found.closed_at is not None


def test_who_hands_in_during_the_discussion_joins_it(made: World) -> None:
    one, two, _three = made.jurors
    open_it(made)
    with pytest.raises(NotFound):
        talk(made, one, case=1)
    mark(made, one, first_read(made, one, 1), 50)
    mark(made, two, first_read(made, two, 1), 40)
    with made.database.write(one) as db:
        service.hand_in_all(db, actor=one, now=SCORING, round_id=made.round.id)
    (voice,) = talk(made, one, case=1).talk.voices  # the other has not handed in
    assert (voice.mine, voice.changed, voice.total_before) == (True, False, Fraction(50))


def test_opening_needs_the_rule_scorecards_and_a_reason_for_those_missing(
    made: World, sqlite_product: Product
) -> None:
    with pytest.raises(Invalid) as refusal:
        open_it(made, reason=" ")
    assert [each.field for each in refusal.value.errors] == ["reason"]
    open_it(made)
    with pytest.raises(Refused):
        open_it(made)
    one = made.jurors[0]
    with made.database.write(one) as db, pytest.raises(Forbidden):
        service.open_discussion(db, actor=one, now=SCORING, round_id=made.round.id)


def test_without_the_rule_there_is_no_discussion(sqlite_product: Product) -> None:
    made = assigned(sqlite_product.database, cases=1)
    score(made, {0: (80, 70, 60)})
    with pytest.raises(Refused):
        open_it(made)


def test_before_handing_in_nothing_of_the_others_reaches_a_juror(
    sqlite_product: Product, made: World
) -> None:
    """Noninterference: whatever the others mark, write or say of a case, who has not handed it in gets equal
    bytes, with a discussion open."""
    one, two, _three = made.jurors
    open_it(made)
    read = first_read(made, one, 1)
    who = visitor(sqlite_product, one)
    addresses = [
        f"/judging/rounds/{made.round.id}",
        f"/judging/rounds/{made.round.id}/talks",
        *(f"/judging/reads/{read}{end}" for end in ("", "/talk")),
        f"/judging/reads/{first_read(made, two, 1)}/talk",
        f"/api/v1/judging/reads/{read}",
    ]

    def answers() -> list[tuple[int, bytes]]:
        found = []
        for address in addresses:
            reply = who.get(address)
            number = reply.headers.get("x-request-id", "-").encode()
            found.append((reply.status_code, reply.content.replace(number, b"-")))
        return found

    before = answers()
    other = first_read(made, two, 1)
    mark(made, two, other, 33)
    with made.database.write(two) as db:
        service.save_comment(
            db, actor=two, now=SCORING, assignment_id=other, kind=CommentKind.JURY, words="机密意见"
        )
        service.hand_in_case(db, actor=two, now=SCORING, assignment_id=other)
        service.say(db, actor=two, now=SCORING, assignment_id=other, words="机密发言")
    assert answers() == before
    assert [status for status, _content in before] == [200, 200, 200, 404, 404, 200]


def test_a_program_can_take_part(sqlite_product: Product, made: World) -> None:
    one, two, _three = made.jurors
    with sqlite_product.database.write() as db:
        users = [people.user(db, actor.user_id) for actor in (made.organiser, one, two)]
    program = Visitor(sqlite_product)
    boss, mine, other = (program.token(user) for user in users)
    base = f"/api/v1/calls/{made.call.slug}/judging/discussion"
    opened = program.client.post(f"{base}/open", json={"reason": "会期已定"}, headers=boss).json()
    assert (opened["ordinal"], opened["open"]) == (1, True)
    reads = [f"/api/v1/judging/reads/{first_read(made, each)}/discussion" for each in (one, two)]
    assert program.client.post(reads[0], json={"words": "再核一下"}, headers=mine).status_code == 200
    heard = program.client.get(reads[1], headers=other).json()
    assert [(each["words"], each["mine"]) for each in heard["remarks"]] == [("再核一下", False)]
    assert sorted(each["after"]["authenticity"] for each in heard["voices"]) == ["60", "70", "80"]
    assert program.client.get(reads[0], headers=other).status_code == 404
    closed = program.client.post(f"{base}/close", headers=boss).json()
    assert closed["open"] is False


def test_numbers_are_drawn_anew_in_each_case_and_never_change() -> None:
    early = [(f"a{place}", f"juror{place}") for place in range(6)]
    drawn = numbers("seed", "b", "case1", early)
    assert sorted(drawn.values()) == [1, 2, 3, 4, 5, 6]
    assert numbers("seed", "b", "case1", reversed(early)) == drawn
    assert numbers("seed", "b", "case2", early) != drawn
    later = numbers("seed", "b", "case1", [*early, ("c1", "late")])
    assert later == {**drawn, "late": 7}


def test_the_pages_of_a_discussion(sqlite_product: Product, made: World) -> None:
    one, two, _three = made.jurors
    for juror, words in ((one, "做法可学"), (two, "成效不清楚")):
        read = first_read(made, juror)
        with made.database.write(juror) as db:
            service.reopen_scorecard(db, actor=juror, now=SCORING, assignment_id=read, reason="补写意见")
            service.save_comment(
                db, actor=juror, now=SCORING, assignment_id=read, kind=CommentKind.JURY, words=words
            )
            service.hand_in_case(db, actor=juror, now=SCORING, assignment_id=read)
    boss = visitor(sqlite_product, made.organiser)
    base = f"/organise/calls/{made.call.id}/judging/discussion"
    assert "评议还没有开启" in boss.get(base).text
    assert boss.post(f"{base}/open", {"reason": ""}).status_code == 422
    assert "评议已开启" in boss.post(f"{base}/open", {"reason": "会期已定"}).text
    who = visitor(sqlite_product, one)
    page = who.get(f"/judging/reads/{first_read(made, one)}/talk").text
    assert "成效不清楚" in page
    assert two.name not in page
    assert made.entries[0].case_id not in page
    bad = who.post(f"/judging/reads/{first_read(made, one)}/talk", {"words": ""})
    assert (bad.status_code, 'href="#words"' in bad.text) == (422, True)
    who.post(f"/judging/reads/{first_read(made, one)}/talk", {"words": "数字要再核"})
    marks = {f"mark-{each.key}": "75" for each in made.call.rules.criteria}
    done = who.post(f"/judging/reads/{first_read(made, one)}/revise", {**marks, "jury": "做法可学"})
    assert "分数已修改" in done.text
    assert "已改分" in who.get(f"/judging/rounds/{made.round.id}/talks").text
    shown = boss.get(base).text
    assert one.name in shown
    assert "数字要再核" in shown
    assert "评议已结束" in boss.post(f"{base}/close").text
    late = who.post(f"/judging/reads/{first_read(made, one)}/talk", {"words": "再说一句"})
    assert (late.status_code, "再说一句</textarea>" in late.text) == (409, True)
