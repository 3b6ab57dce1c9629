"""What is decided about packs without a database: time, merging, thinning, proposing, what is withheld."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search.teaching.packs import codec
from search.teaching.packs.rules.comparing import compare
from search.teaching.packs.rules.handing_out import handout
from search.teaching.packs.rules.limits import CASES_HIGHEST, LINE_HIGHEST, excess
from search.teaching.packs.rules.lines import lines, sources, tidied, withheld
from search.teaching.packs.rules.merging import merge
from search.teaching.packs.rules.proposing import QUESTIONS, QUOTED, Source, proposed
from search.teaching.packs.rules.sections import Kind, part, sections
from search.teaching.packs.rules.starters import BLANK, STARTERS, starter
from search.teaching.packs.rules.thinning import superfluous
from search.teaching.packs.rules.timing import timing
from search.teaching.packs.values import (
    SECTIONS,
    Chosen,
    Column,
    Content,
    Level,
    Line,
    Question,
    Slide,
    Step,
    StepKind,
    VersionLine,
)

NOW = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
BODY = (
    "<p>开头的话。</p><h2>一、背景</h2><p>渠水不够。三年打了 7 场架！</p>"
    "<h2>二、主要做法</h2><h3>（一）上墙</h3><p>一本账贴在墙上。“谁都能看。”</p><h3>（二）对账</h3><p>每旬对账。</p>"
    "<h2>直播间里</h2><p>没有数。</p><h2>三、成效</h2><p>收缴率 97%。</p><h2>四、启示</h2><p>公开最管用。</p>"
)

texts = st.text("水账墙上一二三 abc", max_size=12)
some_lines = st.lists(st.builds(Line, texts, st.sampled_from(["", "c1", "c2"])), max_size=3).map(tuple)
contents = st.builds(
    Content,
    title=texts,
    minutes=st.integers(1, 300),
    audience=texts,
    cases=st.lists(st.builds(Chosen, st.sampled_from(["c1", "c2"]), texts), max_size=2).map(tuple),
    aims=some_lines,
    steps=st.lists(st.builds(Step, st.sampled_from(StepKind), st.integers(0, 90), texts), max_size=3).map(
        tuple
    ),
    questions=st.lists(
        st.builds(Question, texts, st.sampled_from(Level), st.booleans(), some_lines), max_size=3
    ).map(tuple),
    key_points=some_lines,
    board=st.lists(st.builds(Column, texts, some_lines), max_size=3).map(tuple),
    slides=st.lists(st.builds(Slide, texts, some_lines), max_size=3).map(tuple),
    handout=some_lines,
)


@settings(max_examples=25, deadline=None)
@given(contents)
def test_json_and_back(content: Content) -> None:
    assert codec.from_json(codec.to_json(content)) == content


def test_older_and_newer_rows_are_read() -> None:
    stored = {"minutes": 45, "from_the_future": 1, "questions": [{"text": "问", "level": "gone", "x": 2}]}
    assert codec.from_json(stored) == Content(minutes=45, questions=(Question("问", Level.ANALYSIS),))


@pytest.mark.parametrize("each", STARTERS, ids=lambda each: each.key)
def test_a_starter_fills_its_time_exactly(each: object) -> None:
    content = starter(each.key).content  # type: ignore[attr-defined]  # a Starter
    assert each is BLANK or timing(content).spare == 0
    assert excess(content) == []


def test_steps_begin_where_the_one_before_ends() -> None:
    content = Content(minutes=30, steps=(Step(StepKind.OPENING, 5), Step(StepKind.DISCUSSION, 20)))
    found = timing(content)
    assert (found.starts, found.planned, found.spare) == ((0, 5), 25, 5)


def test_an_unknown_kind_of_class_is_the_usual_one() -> None:
    assert starter("nonsense").key == "class"


# --- what is withheld and what is handed out --------------------------------------------------------


@settings(max_examples=25, deadline=None)
@given(contents)
def test_nothing_of_a_case_is_left_for_who_cannot_read_it(content: Content) -> None:
    seen = withheld(content, frozenset({"c1"}))
    assert sources(seen) <= {"c1"}
    assert withheld(content, frozenset({"c1", "c2"})) == content
    own = [line for line in lines(content) if not line.source]
    assert [line for line in lines(seen) if not line.source] == own


@settings(max_examples=25, deadline=None)
@given(contents)
def test_the_hand_out_is_the_same_whatever_the_trainer_keeps_to_himself(content: Content) -> None:
    """Noninterference: hints, key points, notes, board, preparation and plan change nothing in it."""
    secret = replace(
        content,
        cases=tuple(replace(each, note="秘") for each in content.cases),
        questions=tuple(
            replace(each, hints=(Line("秘"),)) for each in content.questions if each.text.strip()
        ),
        key_points=(Line("秘"),),
        preparation=(Line("秘"),),
        board=(Column("秘"),),
        slides=(Slide("秘"),),
        steps=(Step(StepKind.CLOSE, 1, "秘"),),
    )
    assert handout(secret, "题") == handout(content, "题")


def test_a_question_in_reserve_is_not_handed_out() -> None:
    content = Content(questions=(Question("甲"), Question("乙", handed_out=False), Question("  ")))
    assert handout(content, "题").questions == ("甲",)


def test_empty_entries_are_tidied_away() -> None:
    content = Content(
        aims=(Line(" "), Line("甲")), questions=(Question(""),), board=(Column("", (Line(""),)),)
    )
    assert tidied(content) == Content(aims=(Line("甲"),))


# --- merging ------------------------------------------------------------------------------------------


def test_two_sides_that_changed_different_sections_are_merged() -> None:
    base = Content(title="旧", minutes=90)
    done = merge(base, replace(base, title="我"), replace(base, minutes=45))
    assert (done.content, done.taken, done.clashes) == (Content(title="我", minutes=45), ("minutes",), ())


def test_the_same_section_on_both_sides_is_for_a_person_to_decide() -> None:
    base = Content(title="旧")
    mine, theirs = replace(base, title="我", minutes=45), replace(base, title="你")
    assert merge(base, mine, theirs).clashes == ("title",)
    assert merge(base, mine, theirs, "mine").content == mine
    assert merge(base, mine, theirs, "theirs").content == Content(title="你", minutes=45)


def test_without_a_known_beginning_every_difference_is_a_clash() -> None:
    assert merge(None, Content(title="我"), Content(minutes=45)).clashes == ("title", "minutes")


@settings(max_examples=25, deadline=None)
@given(contents, contents, contents)
def test_a_merge_loses_nothing_silently(base: Content, mine: Content, theirs: Content) -> None:
    done = merge(base, mine, theirs)
    for name in SECTIONS:
        kept, left, right = (getattr(each, name) for each in (done.content, mine, theirs))
        assert kept in (left, right)
        if left != right:
            assert (name in done.clashes) == (getattr(base, name) not in (left, right))


# --- versions -------------------------------------------------------------------------------------------


def test_old_saves_on_the_way_are_thinned() -> None:
    def at(revision: int, minutes: int, name: str = "", *, shared: bool = False) -> VersionLine:
        return VersionLine(revision, name, NOW - timedelta(minutes=minutes), "王芳", shared)

    history = [
        at(1, 125, "九月班"), at(2, 124), at(3, 123, shared=True), at(4, 122), at(5, 121),
        at(6, 30), at(7, 29), at(8, 1),
    ]  # fmt: skip
    assert superfluous(history, NOW) == (2, 4)
    assert superfluous(history[:1], NOW + timedelta(days=900)) == ()
    assert superfluous([], NOW) == ()


def test_versions_are_compared_section_by_section() -> None:
    older = Content(title="旧", cases=(Chosen("c1"),), questions=(Question("甲", hints=(Line("提示"),)),))
    newer = replace(older, title="新", questions=(Question("甲"),))
    found = compare(older, newer, {"c1": "水账"})
    assert [each.section for each in found] == ["title", "questions"]
    assert [line.kind for line in found[1].lines] == ["same", "removed"]


# --- proposing ----------------------------------------------------------------------------------------------


def test_sections_are_sorted_by_their_headings() -> None:
    found = [(each.anchor, each.heading, each.kind) for each in sections(BODY)]
    assert found == [
        ("", "", Kind.BACKGROUND), ("s1", "一、背景", Kind.BACKGROUND),
        ("s2", "二、主要做法", Kind.PRACTICE), ("s3", "（一）上墙", Kind.PRACTICE),
        ("s4", "（二）对账", Kind.PRACTICE), ("s5", "直播间里", Kind.PRACTICE),
        ("s6", "三、成效", Kind.RESULT), ("s7", "四、启示", Kind.LESSON),
    ]  # fmt: skip


def test_a_row_of_a_table_is_not_quoted() -> None:
    (found,) = sections(
        "<p>分摊由六户商定，一共商量了三次。</p><table><tr><td>一楼</td><td>0</td></tr></table>"
    )
    assert found.sentences == ("分摊由六户商定，一共商量了三次。",)


def test_sentences_are_the_cases_own() -> None:
    background, wall = sections(BODY)[1], sections(BODY)[3]
    assert background.sentences == ("渠水不够。", "三年打了 7 场架！")
    assert background.telling == ("三年打了 7 场架！",)
    assert wall.sentences == ("一本账贴在墙上。", "“谁都能看。”")


def test_a_part_holds_what_stands_below_it() -> None:
    assert part(BODY, ["s2"]).count("<h3>") == 2
    assert "成效" not in part(BODY, ["s2"])
    assert part(BODY, []) == part(BODY, ["s99"]) == BODY


def test_a_proposal_quotes_and_never_invents() -> None:
    case = Source("c1", "水账", "双坡村党支部", "一本账。", ("公开",), sections(BODY))
    found = proposed(BLANK.content, [case])
    assert [each.text for each in found.questions] == [
        words for kind in QUESTIONS for words, _level in QUESTIONS[kind]
    ]
    sentences = {sentence for section in case.sections for sentence in section.sentences}
    for question in found.questions:
        assert len(question.hints) <= QUOTED
        for hint in question.hints:
            assert hint.source == "c1"
            assert any(f"“{sentence}”" in hint.text for sentence in sentences)
    assert [column.title for column in found.board] == ["背景与问题", "做法", "成效", "启示", "我们单位"]
    assert found.board[1].points == (Line("（一）上墙", "c1"), Line("（二）对账", "c1"))
    assert found.aims[0].text == "围绕“公开”，读懂案例做了什么、为什么有效。"
    assert sources(withheld(found, frozenset())) == frozenset()


def test_a_case_without_headings_still_gives_questions() -> None:
    case = Source("c1", "水账", "支部", "", (), sections("<p>只有一段。</p>"))
    found = proposed(Content(), [case])
    assert [each.level for each in found.questions] == [Level.FACTS, Level.TRANSFER]


# --- limits ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "field"),
    [
        (Content(title="长" * 200), "title"),
        (Content(cases=tuple(Chosen(str(n)) for n in range(CASES_HIGHEST + 1))), "cases"),
        (Content(minutes=0), "minutes"),
        (Content(steps=(Step(StepKind.CLOSE, -1),)), "steps"),
        (Content(aims=(Line("目标"),) * 61), "aims"),
        (Content(questions=(Question("问", hints=(Line("长" * (LINE_HIGHEST + 1)),)),)), "questions"),
        (Content(questions=(Question("问", hints=(Line("提示"),) * 601),)), "questions"),
    ],
)
def test_what_is_too_much_is_said_with_its_section(content: Content, field: str) -> None:
    assert [each.field for each in excess(content)] == [field]
