"""Names of jurors found in texts: which spellings, which not, and with which words around."""

import pytest

from judging.conflicts import CaseText, Interest, find, possible
from judging.naming import Names, by_key, name_key, sightings
from judging.values import ConflictKind
from submissions.values import ConflictRule, Where
from tests.judging.factories import case, juror, version


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("王芳", "支部书记王芳带头", ["王芳"]),
        ("王芳", "支部书记王　芳带头", ["王　芳"]),
        ("王芳", "支部书记王\u200b芳带头", ["王\u200b芳"]),
        ("王芳", "支部书记汪芳带头", []),
        ("阿不都热西提", "村民阿不都·热西提说", ["阿不都·热西提"]),
        ("阿不都·热西提", "村民阿不都热西提说", ["阿不都热西提"]),
        ("Li Ming", "our guest LI MING said", ["LI MING"]),
        ("Ann", "the annex of Anna", []),
        ("王", "王村的王", []),
        ("", "空", []),
    ],
)
def test_spellings(name: str, text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end, _key in Names.of([name]).places(text)] == found


def test_a_longer_name_wins_and_all_names_are_one_walk() -> None:
    names = Names.of(["王芳", "王芳华", "李强"])
    text = "王芳华和李强、王芳一起"
    assert [key for _start, _end, key in names.places(text)] == ["王芳华", "李强", "王芳"]


def test_places_are_named_with_the_words_around() -> None:
    made = version(
        title="王芳的一天",
        body="<p>社区请来<strong>王</strong>芳讲党课。</p><p>姓王</p><p>芳香</p>",
        summary="没有别人",
    )
    found = sightings(made, Names.of(["王芳"]))
    assert [(each.where, each.before, each.words, each.after) for each in found["王芳"]] == [
        (Where.TITLE, "", "王芳", "的一天"),
        (Where.BODY, "社区请来", "王芳", "讲党课。"),
    ]


def test_two_jurors_of_one_name_are_both_asked_about() -> None:
    assert by_key({"a": "王 芳", "b": "王芳", "c": "李"}) == {"王芳": ["a", "b"]}
    assert name_key("Ｌi　Ming") == "liming"


def test_one_question_a_pair_the_weightiest_and_none_where_it_is_certain() -> None:
    text = CaseText(
        "v1",
        authors=("juror1",),
        wishes=(("juror1", "争议"), ("juror2", "诉讼")),
        named=sightings(version(title="juror1 juror2 juror3"), Names.of(["juror1", "juror2", "juror3"])),
    )
    jurors = [juror("juror1"), juror("juror2"), juror("juror3"), juror("juror4")]
    found = possible(jurors, {"c": text}, {("juror3", "c")})
    assert [(each.juror_id, each.kind) for each in found] == [
        ("juror1", ConflictKind.NAMESAKE),
        ("juror2", ConflictKind.WISH),
    ]


@pytest.mark.parametrize(
    ("juror_path", "recommender", "excluded"),
    [
        ("/t/a/", "/t/a/", True),
        ("/t/a/y/", "/t/a/", True),
        ("/t/b/", "/t/a/", False),
        ("/t/", "/t/a/", False),  # the top stands above, which is another rule
        ("/t/b/", "/t/", False),  # under the top is everybody
        ("/t/", "/t/", True),
        ("", "/t/a/", False),
    ],
)
def test_the_recommending_body_and_who_sits_under_it(
    juror_path: str, recommender: str, excluded: bool
) -> None:
    found = find(
        [juror("j", path=juror_path)],
        [case("c", path="/t/a/x/")],
        rules=(ConflictRule.SAME_RECOMMENDER,),
        recommended={"c": [recommender]},
    )
    assert [each.kind for each in found.values()] == [ConflictKind.SAME_RECOMMENDER] * excluded


@pytest.mark.parametrize(
    ("unit", "rules", "excluded"),
    [
        ("/t/a/", (ConflictRule.DECLARED,), True),
        ("/t/a/x/", (ConflictRule.DECLARED,), True),
        ("/t/a/x/y/", (ConflictRule.DECLARED,), False),
        ("/t/b/", (ConflictRule.DECLARED,), False),
        ("/t/a/", (), False),
    ],
)
def test_units_that_a_juror_names(unit: str, rules: tuple[ConflictRule, ...], excluded: bool) -> None:
    found = find(
        [juror("j")], [case("c", path="/t/a/x/")], rules=rules, interests=[Interest("j", unit, "原单位")]
    )
    assert [str(each.reason) for each in found.values()] == [
        "评委声明与案例单位有利害关系：原单位"
    ] * excluded
