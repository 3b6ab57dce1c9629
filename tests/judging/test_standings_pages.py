"""What the standings rest on, the what-if view, the Excel file with formulas, who may not decide."""

import io
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from foundation import people
from foundation.actor import Role
from foundation.errors import Forbidden, Refused
from judging import queries, service
from judging.models import PanelMember
from judging.queries.standings import beside, material
from judging.queries.what_if import TIE, Moved, unchanged, what_if
from judging.statistics.comparable import components, divided
from judging.views import Board
from submissions.values import JudgingRules, JuryGroup, StandingRule
from tests.judging.test_pages import at, home, visitor
from tests.judging.world import CLOSED, DECIDED, World, assigned, close, mark, score, world
from webapp.wiring import Product

GROUPS = (JuryGroup("experts", "专家", 70), JuryGroup("public", "群众", 30))
MARKS = {0: (90, 84, 88), 1: (86, 88, 90), 2: (70, 72, 74)}


def judged(product: Product, marks: Any = None, **changes: Any) -> World:
    made = assigned(product.database, **changes)
    score(made, marks or MARKS)
    close(made)
    return made


# --- what the page says ---------------------------------------------------------------------------------


def test_severities_are_printed_and_the_score_follows_from_them(sqlite_product: Product) -> None:
    made = judged(sqlite_product, standing_rule=StandingRule.ADJUSTED)
    at(sqlite_product, CLOSED)
    page = visitor(sqlite_product, made.organiser).get(f"{home(made)}/standings")
    board = made.board()
    assert "评委的宽严差" in page.text
    for juror_id, value in board.severities.items():
        assert f"<td>{board.juror_names[juror_id]}</td>" in page.text
        assert f">{value}</td>" in page.text
    assert sum(board.severities.values()) != 0 or len(set(board.severities.values())) == 1


def test_a_juror_without_a_group_is_named_and_nothing_is_decided(sqlite_product: Product) -> None:
    made = judged(
        sqlite_product,
        reads=2,
        standing_rule=StandingRule.WEIGHTED,
        judging=JudgingRules(jury_groups=GROUPS),
    )
    at(sqlite_product, CLOSED)
    into_groups(made, "experts", "public")
    name = made.jurors[2].name
    assert made.board().without_group == (name,)
    with pytest.raises(Refused, match="还没有分到评委组"), made.database.write() as db:
        service.decide_prizes(db, actor=made.organiser, now=DECIDED, round_id=made.round.id, chosen={})
    page = visitor(sqlite_product, made.organiser).get(f"{home(made)}/standings").text
    assert f"{name} 还没有分到评委组，评分不计入得分" in page
    assert "专家平均 90.00，占 70%" in page


def into_groups(made: World, *keys: str) -> None:
    """Put the first jurors into these groups."""
    with made.database.write() as db:
        for juror, key in zip(made.jurors, keys, strict=False):
            member = db.scalar(select(PanelMember).where(PanelMember.user_id == juror.user_id))
            assert member is not None
            member.group_key = key


def test_other_rules_stand_beside_and_decide_nothing(sqlite_product: Product) -> None:
    made = judged(sqlite_product)
    at(sqlite_product, CLOSED)
    with sqlite_product.database.read(made.organiser) as db:
        found = material(db, made.organiser, made.current(db))
        others = beside(found, made.current(db))
    assert set(others) == {StandingRule.MEAN, StandingRule.ADJUSTED}
    page = visitor(sqlite_product, made.organiser).get(f"{home(made)}/standings?beside=1")
    assert "评奖只按公布的规则，其他算法的名次仅供参考" in page.text


def test_prizes_by_adjusted_scores_need_jurors_that_cases_link(sqlite_product: Product) -> None:
    assert components({"a": ["x", "y"], "b": ["y", "z"], "c": ["w"]}) == {"a": "x", "b": "x", "c": "w"}
    assert divided({"a": ["x"], "b": ["y"]}, {"a": "", "b": ""}) == {"": 2}
    assert divided({"a": ["x"], "b": ["y"]}, {"a": "one", "b": "two"}) == {}
    made = world(sqlite_product.database, cases=2, jurors=2, reads=1, standing_rule=StandingRule.ADJUSTED)
    for number, juror in enumerate(made.jurors):
        case_id = made.entries[number].case_id
        with made.database.write(made.organiser) as db:
            service.assign_by_hand(
                db,
                actor=made.organiser,
                now=CLOSED,
                round_id=made.round.id,
                case_id=case_id,
                juror_ids=[juror.user_id],
            )
        mark(made, juror, made.read_of(juror, case_id), 80 + number)
        with made.database.write(juror) as db:
            service.hand_in_all(db, actor=juror, now=CLOSED, round_id=made.round.id)
    close(made)
    assert "评委分成 2 组" in str(made.board().obstacle)
    with pytest.raises(Refused, match="宽严无从比较"), made.database.write(made.organiser) as db:
        service.decide_prizes(db, actor=made.organiser, now=DECIDED, round_id=made.round.id, chosen={})


def test_an_organiser_with_a_case_of_his_own_unit_decides_nothing(sqlite_product: Product) -> None:
    made = judged(sqlite_product)
    with sqlite_product.database.write() as db:
        unit = people.unit(db, made.entries[0].unit_id)
        own = people.add_user(
            db, now=CLOSED, email="own@example.org", name="林组织", roles={Role.ORGANISER}, unit=unit
        )
        actor = people.actor_of(own)
    with sqlite_product.database.write(actor) as db:
        board: Board = queries.board(db, actor, made.current(db))
        assert (len(board.rows), len(board.hidden)) == (2, 1)
        assert [row.rank for row in board.rows] == [1, 3]  # among all three
        with pytest.raises(Forbidden, match="您须回避"):
            service.decide_prizes(
                db, actor=actor, now=DECIDED, round_id=made.round.id, chosen=board.proposal.certain
            )
    at(sqlite_product, CLOSED)
    page = visitor(sqlite_product, actor).get(f"{home(made)}/prizes")
    assert "您须回避" in page.text
    assert "核对后评定" not in page.text


# --- what if --------------------------------------------------------------------------------------------


def test_moving_the_cut_and_leaving_out_a_juror(sqlite_product: Product) -> None:
    made = judged(sqlite_product, {0: (90, 90, 90), 1: (95, 80, 80), 2: (70, 84, 84)})
    a, b, c = (entry.case_id for entry in made.entries)
    with sqlite_product.database.read(made.organiser) as db:
        view = made.current(db)
        found = material(db, made.organiser, view)
    same = unchanged(view)
    assert what_if(found, view, same).moved == ()
    fewer = what_if(found, view, replace(same, quotas={"first": 1, "second": 1}))
    assert fewer.of_kind("leave") == (Moved(c, "second", "", 3, 3),)
    without = what_if(found, view, replace(same, dropped=frozenset({made.jurors[0].user_id})))
    assert without.required == 2
    assert [row.case_id for row in without.rows] == [a, c, b]
    strict = what_if(found, view, replace(same, thresholds={"first": Decimal(95), "second": Decimal(80)}))
    assert strict.of_kind("change") == (Moved(a, "first", "second", 1, 1),)
    assert strict.of_kind("leave") == (Moved(c, "second", "", 3, 3),)
    level = what_if(found, view, replace(same, quotas={"first": 0, "second": 0}))
    assert {each.case_id for each in level.of_kind("leave")} == {a, b, c}


def test_the_what_if_page_answers_and_stores_nothing(sqlite_product: Product) -> None:
    made = judged(sqlite_product)
    at(sqlite_product, CLOSED)
    who, page = visitor(sqlite_product, made.organiser), f"{home(made)}/what-if"
    before = made.board().digest
    assert "改动名额、规则、评委或最低得分" in who.get(page).text
    asked = f"{page}?asked=1&rule=adjusted&quota-first=1&quota-second=1&tie_policy=report"
    told = who.get(asked).text
    assert "会离开获奖名单" in told
    assert "只是推演，什么都不会保存" in told
    assert who.get(f"{page}?asked=1&rule=none&quota-first=x&threshold-first=y&drop=nobody").status_code == 200
    assert made.board().digest == before
    assert TIE == "tie"


# --- Excel ----------------------------------------------------------------------------------------------


def formulas(made: World, product: Product) -> bytes:
    at(product, CLOSED)
    answer = visitor(product, made.organiser).get(f"{home(made)}/standings-formulas.xlsx")
    assert answer.status_code == 200
    return answer.content


def lines(book: CalamineWorkbook) -> list[list[Any]]:
    """The cases on the sheet of ranks."""
    return book.get_sheet_by_name("名次").to_python()[1:]


def shown(value: float) -> Decimal:
    return Decimal(str(value)).quantize(Decimal("0.01"))


def test_what_somebody_typed_is_no_formula_and_the_cells_hold_values(sqlite_product: Product) -> None:
    made = judged(sqlite_product, titles=("=1+1", "+甲", "乙"))
    book = CalamineWorkbook.from_filelike(io.BytesIO(formulas(made, sqlite_product)))
    assert book.sheet_names == ["规则", "评分", "总分", "名次"]
    rows = {row[1]: row for row in lines(book)}
    board = made.board()
    for row in board.rows:
        line = rows[board.cases[row.case_id].title]
        assert (line[0], shown(line[4]), line[-1]) == (
            board.cases[row.case_id].label,
            row.shown,
            row.rank,
        )
