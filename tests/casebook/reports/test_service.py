"""Writing a report: rounds, refusals, passages."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from casebook.reports import queries, service
from casebook.reports.counted import count
from casebook.reports.rules.tokens import Names
from casebook.reports.values import Definition, Flag, Scope
from foundation.actor import Actor, Role
from foundation.errors import Forbidden, Invalid, NotFound, Refused
from foundation.journal import history
from tests.casebook.reports.world import QUOTE, Study, study
from tests.casebook.world import LATER
from tests.support.factories import make_actor


@pytest.fixture
def made(product: Any) -> Study:
    return study(product)


def write(made: Study, *, body: str, base: int, heading: str = "基本情况", actor: Actor | None = None) -> int:
    view = made.read()
    section = made.section(heading)

    def change(db: Any) -> int:
        names = Names.of(count(db, view.definition, made.shelf).counted)
        return service.write_section(
            db, actor=actor or made.editor, now=LATER, report_id=made.report_id, section_id=section,
            base=base, heading=heading, body=body, in_brief=True, names=names,
        )  # fmt: skip

    return made.write(change, actor)


def test_a_draft_is_worked_on(made: Study) -> None:
    content = made.read().content
    assert [each.heading for each in content.sections if each.drafted] == [
        "基本情况", "参与情况", "案例内容", "证明材料与提交", "评审结果",
    ]  # fmt: skip
    with made.product.database.read() as db:
        assert [each.action for each in history(db, made.report_id)] == ["report.opened"]

    with pytest.raises(Invalid) as refused:
        write(made, body="<p>{数:案例总数}</p>", base=1)
    assert [(each.field, "{数:案例数}" in str(each.message)) for each in refused.value.errors] == [
        ("body", True)
    ]

    assert write(made, body="<p>共 {数:案例数} 个案例。</p>", base=1) == 2
    section = made.read().content.sections[0]
    assert (section.body, section.drafted, section.writer_name) == (
        "<p>共 {数:案例数} 个案例。</p>", False, "陈编辑",
    )  # fmt: skip
    assert write(made, body="<p>共 {数:案例数} 个案例。</p>", base=2) == 2
    with made.product.database.read(made.editor) as db:
        lines = queries.rounds(db, made.report_id)
    assert [(line.ordinal, line.note, line.sections) for line in lines] == [
        (2, "section", ("基本情况",)),
        (1, "opened", ()),
    ]


def test_two_people_write_and_a_round_comes_back(made: Study) -> None:
    write(made, body="<p>第一个人写的。</p>", base=1)
    with pytest.raises(Refused) as refused:
        write(made, body="<p>第二个人写的。</p>", base=1)
    assert "陈编辑" in str(refused.value.reason)
    assert write(made, body="<p>另一节不受影响。</p>", base=1, heading="参与情况") == 3

    before = made.read().content
    write(made, body="<p>改了。</p>", base=3)
    made.write(
        lambda db: service.restore_round(
            db, actor=made.editor, now=LATER, report_id=made.report_id, ordinal=3
        )
    )
    view = made.read()
    assert (view.ordinal, view.content) == (5, before)


def test_sections_are_moved_ordered_added_and_removed(made: Study) -> None:
    def headings() -> list[str]:
        return [each.heading for each in made.read().content.sections]

    known: dict[str, Any] = {"actor": made.editor, "now": LATER, "report_id": made.report_id}
    first, second, *rest = (each.id for each in made.read().content.sections)
    before = headings()
    made.write(lambda db: service.move_section(db, section_id=first, step=1, **known))
    assert headings()[:2] == [before[1], before[0]]
    made.write(lambda db: service.order_sections(db, ids=[first, second, *rest], **known))
    assert headings() == before
    with pytest.raises(Refused):
        made.write(lambda db: service.order_sections(db, ids=[first], **known))
    new = made.write(lambda db: service.add_section(db, heading="附录", **known))
    made.write(lambda db: service.remove_section(db, section_id=first, **known))
    assert headings() == [*before[1:], "附录"]
    with pytest.raises(NotFound):
        made.write(lambda db: service.move_section(db, section_id=first, step=1, **known))
    assert made.read().content.section(new) is not None


def test_drafts_are_written_anew_and_edited_sections_stay(made: Study) -> None:
    write(made, body="<p>改了。</p>", base=1)
    with made.product.database.read(made.editor) as db:
        found = count(db, made.read().definition, made.shelf)
    assert found.counted.number("awarded") is not None
    fresh = list(made.read().content.sections)
    fresh[1:2] = [type(fresh[1])("other", fresh[1].heading, "<p>新的草稿。</p>", drafted=True)]
    changed = made.write(
        lambda db: service.redraft(db, actor=made.editor, now=LATER, report_id=made.report_id, sections=fresh)
    )
    bodies = [each.body for each in made.read().content.sections[:2]]
    assert (changed, bodies) == (1, ["<p>改了。</p>", "<p>新的草稿。</p>"])


# --- passages ---------------------------------------------------------------------------------------------


def test_passages_are_found_quoted_and_dropped(made: Study) -> None:
    made.quote()
    made.quote()
    (quotation,) = made.read().content.section(made.section("案例摘录")).quotations  # type: ignore[union-attr]  # it is there
    assert (quotation.text, quotation.version_id) == (QUOTE, made.judged.entries[0].id)
    with pytest.raises(Invalid):
        made.quote(text=QUOTE.replace("三十六", "三十七"))
    with pytest.raises(Invalid):
        made.quote(text="党员")

    with made.product.database.read(made.editor) as db:
        found = queries.find_passages(db, made.read().definition, made.shelf, "实事 公开")
        assert {each.case_id for each in found} == {each.case_id for each in made.judged.entries}
        assert {each.text for each in found} == {QUOTE}
        assert queries.find_passages(db, made.read().definition, made.shelf, " ") == []

    made.quote(0)
    (quotation,) = (q for section in made.read().content.sections for q in section.quotations)
    known: dict[str, Any] = {"actor": made.editor, "now": LATER, "report_id": made.report_id}
    made.write(lambda db: service.drop_quotation(db, quotation_id=quotation.id, **known))
    assert not any(section.quotations for section in made.read().content.sections)
    with pytest.raises(NotFound):
        made.write(lambda db: service.drop_quotation(db, quotation_id=quotation.id, **known))


def test_a_passage_whose_award_is_revoked_stops_the_files_until_it_is_ruled_on(made: Study) -> None:
    made.quote(0)
    assert made.request() == 1
    with pytest.raises(Refused):  # it is being made
        made.request()
    made.deliver()
    made.revoke(0)
    with pytest.raises(Refused):
        made.request()
    content = made.read().content
    (quotation,) = (q for section in content.sections for q in section.quotations)
    with made.product.database.read(made.editor) as db:
        assert queries.checked_flags(db, content, made.read().definition, made.shelf) == {
            quotation.id: Flag.REVOKED
        }
        assert queries.sources(db, content, made.shelf) == {}

    def confirm(actor: Actor) -> int:
        return made.write(
            lambda db: service.confirm_quotation(
                db, actor=actor, now=LATER, report_id=made.report_id, quotation_id=quotation.id,
                shelf=made.shelf,
            ),
            actor,
        )  # fmt: skip

    with pytest.raises(Refused):
        confirm(made.editor)
    confirm(made.judged.organiser)
    assert made.request() == 2


# --- who, and which cases ---------------------------------------------------------------------------------


def test_facts_count_submitted_cases_and_name_prizes_only_while_they_stand(made: Study) -> None:
    with made.product.database.write() as db:
        trainer = make_actor(db, Role.TRAINER)
    with pytest.raises(Forbidden):
        write(made, body="<p>甲</p>", base=1, actor=trainer)
    with pytest.raises(NotFound):
        made.read(trainer)

    made.revoke(0)
    with pytest.raises(Refused):
        made.quote(0)
    with made.product.database.read(made.editor) as db:
        whole = count(db, Definition(Scope.SUBMITTED, (made.judged.call.id,)), made.shelf).whole
        won = count(db, Definition(Scope.AWARDED, (made.judged.call.id,)), made.shelf).whole
        picked = Definition(Scope.PICKED, case_ids=tuple(each.case_id for each in made.judged.entries))
        by_hand = count(db, picked, made.shelf).whole
    assert sorted(case.prize for case in whole.cases) == ["", "二等奖", "二等奖"]
    assert len(won.cases) == len(by_hand.cases) == 2
    assert all(case.scores for case in whole.cases)
    assert [call.decided for call in whole.calls] == [True]
    assert (bool(whole.directory), won.directory) == (True, ())


def test_a_call_without_public_results_is_the_organisers_business(made: Study) -> None:
    for number in range(3):
        made.revoke(number)
    with pytest.raises(NotFound):
        made.read()
    assert made.read(made.judged.organiser).id == made.report_id
    definition = Definition(Scope.SUBMITTED, (made.judged.call.id,))

    def open_as(actor: Actor) -> str:
        def change(db: Any) -> str:
            facts = count(db, definition, made.shelf).whole
            return service.open_report(
                db, actor=actor, now=LATER, title="报告", definition=definition, facts=facts, sections=()
            )

        return made.write(change, actor)

    with pytest.raises(Forbidden):
        open_as(made.editor)
    assert open_as(made.judged.organiser)


EMPTY = (
    (Definition(Scope.AWARDED), "calls"),
    (Definition(Scope.PICKED), "cases"),
    (Definition(Scope.SEARCH, query="q=没有这样的词"), "query"),
)


def test_a_set_without_cases_is_refused_at_its_field(made: Study) -> None:
    def change(db: Any, definition: Definition) -> None:
        facts = count(db, definition, made.shelf).whole
        service.redefine(
            db, actor=made.editor, now=LATER, report_id=made.report_id, definition=definition, facts=facts
        )

    for definition, field in EMPTY:
        with pytest.raises(Invalid) as refused:
            made.write(partial(change, definition=definition))
        assert [each.field for each in refused.value.errors] == [field]
