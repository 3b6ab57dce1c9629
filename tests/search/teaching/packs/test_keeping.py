"""What its owner cannot see of a pack stays, where it stood, when he saves it."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from foundation.db import Database
from search.teaching.packs import queries
from search.teaching.packs.rules.keeping import with_unseen
from search.teaching.packs.rules.lines import lines, withheld
from search.teaching.packs.service.writing import save_pack
from search.teaching.packs.values import Chosen, Column, Content, Line, Question, Slide
from tests.search.teaching.packs.world import make_world, started, taken_back
from tests.support.factories import NOW

READABLE = frozenset({"c1"})
words = st.text("账上墙公开", max_size=3)
some_lines = st.lists(st.builds(Line, words, st.sampled_from(["", "c1", "c2"])), max_size=4).map(tuple)
contents = st.builds(
    Content,
    cases=st.permutations(["c1", "c2", "c3"]).map(
        lambda ids: tuple(Chosen(each, f"注{each}") for each in ids)
    ),
    aims=some_lines,
    references=some_lines,
    questions=st.lists(st.builds(Question, words, hints=some_lines), max_size=3).map(tuple),
    board=st.lists(st.builds(Column, words, some_lines), max_size=3).map(tuple),
    slides=st.lists(st.builds(Slide, words, some_lines), max_size=3).map(tuple),
)


@settings(max_examples=150, deadline=None)
@given(contents)
def test_a_save_without_a_change_changes_nothing(before: Content) -> None:
    assert with_unseen(before, withheld(before, READABLE), READABLE) == before


@settings(max_examples=100, deadline=None)
@given(contents)
def test_what_is_readable_is_the_owners_to_delete(before: Content) -> None:
    everything = frozenset({"c1", "c2", "c3"})
    assert with_unseen(before, Content(), everything) == Content()


def test_lines_stay_in_their_place_when_others_move_change_and_go() -> None:
    hidden = Line("渠水不够。", "c2")
    before = Content(
        aims=(Line("甲"), hidden, Line("乙")),
        questions=(
            Question("为什么？", hints=(hidden,)),
            Question("怎么办？", hints=(Line("想一想"), hidden)),
        ),
        slides=(Slide("一"), Slide("", (hidden,)), Slide("二")),
    )
    sent = withheld(before, READABLE)
    sent = replace(
        sent,
        aims=(Line("乙"), Line("甲"), Line("新")),
        questions=(replace(sent.questions[1], text="怎么办才好？"), sent.questions[0]),
        slides=(Slide("二"), Slide("一")),
    )
    found = with_unseen(before, sent, READABLE)
    assert found.aims == (Line("乙"), Line("甲"), hidden, Line("新"))
    assert found.questions[1] == before.questions[0]
    assert found.slides == (Slide("二"), Slide("一"), Slide("", (hidden,)))
    gone = with_unseen(before, replace(sent, questions=()), READABLE)
    assert gone.questions == ()


def test_a_case_that_comes_back_has_its_lines(sqlite_database: Database) -> None:
    with sqlite_database.write() as db:
        world = make_world(db)
    with sqlite_database.write(world.trainer) as db:
        pack = started(db, world)
        before = queries.pack(db, pack).content
    assert any(line.source for line in lines(before))
    with sqlite_database.write() as db:
        taken_back(db, world)
    with sqlite_database.write(world.trainer) as db:
        view = queries.pack(db, pack)
        seen = queries.shown(db, view).content
        assert seen.cases == ()
        saved = save_pack(
            db, actor=world.trainer, now=NOW, pack_id=pack, revision=view.revision,
            content=replace(seen, audience="新任支部书记"),
        )  # fmt: skip
        assert saved.pack.content == replace(before, audience="新任支部书记")
