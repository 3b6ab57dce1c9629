"""What an engine promises, tried on each of them."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foundation.audience import READS, Audience
from foundation.db import Database
from search.engine import LONGEST_QUESTION, IndexBroken, SearchEngine, bounded
from search.postgres_engine.engine import PostgresEngine
from search.query import parse
from search.scoring.answers import SIMILAR_TERMS
from search.values import (
    AnyOf,
    Clause,
    FieldText,
    Filters,
    LibraryDocument,
    Page,
    Part,
    Phrase,
    Plain,
    Query,
    QueryField,
    Sign,
    Sort,
    Synonyms,
    YearRange,
)
from search.whoosh_engine.engine import WhooshEngine
from tests.search.factories import document, shelf

LONG = "".join(chr(0x4E00 + number % 20_000) for number in range(100_000))


@pytest.fixture(scope="module")
def postgres_database(request: pytest.FixtureRequest) -> Iterator[Database]:
    database = Database(request.getfixturevalue("postgres_url"))
    yield database
    database.close()


@pytest.fixture(params=["whoosh", "postgres"])
def bare(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SearchEngine]:
    """An engine that has not been built yet."""
    engine: SearchEngine
    if request.param == "whoosh":
        engine = WhooshEngine(tmp_path / "index")
    else:
        database: Database = request.getfixturevalue("postgres_database")
        with database.write() as db:
            db.connection().exec_driver_sql("DROP SCHEMA IF EXISTS exemplar_search CASCADE")
        engine = PostgresEngine(database)
    yield engine
    engine.close()


@pytest.fixture
def engine(bare: SearchEngine) -> SearchEngine:
    bare.replace_all(shelf())
    return bare


def ask(
    engine: SearchEngine,
    text: str = "",
    filters: Filters | None = None,
    sort: Sort = Sort.RELEVANCE,
    offset: int = 0,
    size: int = 20,
    audience: Audience = Audience.TRAINERS,
    uses: Mapping[str, int] | None = None,
) -> Page:
    return engine.search(
        parse(text), audience=audience, filters=filters or {}, sort=sort, offset=offset, size=size, uses=uses
    )


def ids(page: Page) -> list[str]:
    return [hit.id for hit in page.hits]


# --- finding ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("微信群", {"night", "wechat"}),
        ("党史", {"night"}),
        ("播史", set()),  # two characters that stand together in no text
        ("主播", {"night"}),
        ("值主", {"night"}),  # across the border of two words
        ("账", {"visits"}),  # a single character
        ("night", {"english"}),
        ("NIGHT SCHOOL", {"english"}),
        ("97%", {"visits"}),
        ("长沙办", {"wechat"}),
        ("長沙辦", {"wechat"}),
        ("认真贯彻", {"wechat"}),  # a gloss stands between in the text
        ("党建微信群", {"wechat", "night"}),
        ("一等奖 夜间", {"night"}),
        ("ｎｉｇｈｔ", {"english"}),
    ],
)
def test_words_are_found(engine: SearchEngine, text: str, expected: set[str]) -> None:
    assert set(ids(ask(engine, text))) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"客户走访台账"', ["visits"]),
        ("“客戶走訪台賬”", ["visits"]),
        ('"客户台账"', []),
        ('"night party school"', ["english"]),
        ('"party night"', []),
        ('"必答题"', ["night"]),
        ('"认真贯彻党建工作要求，搭建党建微信群"', ["wechat"]),
        ('"账，限时办结、回访评价，客户满意度由 92% 提升至 97%"', ["visits"]),
        ("+微信群 -党史", ["wechat"]),
        ("微信群 -夜间", ["wechat"]),
        ("党史 OR 台账", ["night", "visits"]),
        ("党史 | Thursday", ["english", "night"]),
        ("单位:审计局", ["night", "visits"]),
        ("單位：審計局 年份:2024", ["visits"]),
        ("年份:2024..2024", ["visits", "wechat"]),
        ("年份:..2024 奖项:一等奖", []),
        ("奖项:一等奖", ["night"]),
        ("类别:国有 走访", ["visits"]),
        ("标题:夜间", ["night"]),
        ("活动:2024 微信", ["wechat"]),
        ("-微信群", ["english", "visits"]),
        ('-"客户走访" -night -党史', ["wechat"]),
        ('怎么 "党史"', ["night"]),
        ("的 +台账 怎么", ["visits"]),
    ],
)
def test_conditions_hold(engine: SearchEngine, text: str, expected: list[str]) -> None:
    assert sorted(ids(ask(engine, text))) == expected


def test_documents_with_every_word_come_first(engine: SearchEngine) -> None:
    page = ask(engine, "微信群 党史")
    assert [(hit.id, hit.complete) for hit in page.hits] == [("night", True), ("wechat", False)]
    assert (page.total, page.complete) == (2, 1)


def test_traditional_and_simplified_questions_have_one_answer(engine: SearchEngine) -> None:
    simplified, traditional = ask(engine, "党建学习教育"), ask(engine, "黨建學習教育")
    assert simplified.hits == traditional.hits != ()


def test_a_long_quotation_is_found_to_its_last_character(engine: SearchEngine) -> None:
    text = "".join(chr(0x4E00 + number) for number in range(900))
    engine.update([document("long", title="长文", body=text)])
    assert ids(ask(engine, f'"{text[200:290]}"')) == ["long"]
    assert ids(ask(engine, f'"{text[200:289]}一"')) == []


def test_repetition_hides_no_phrase(engine: SearchEngine) -> None:
    engine.update([document("echo", title="回声", body="哈" * 700 + "终于结束")])
    assert ids(ask(engine, '"哈哈终于"')) == ["echo"]


def test_the_empty_question_asks_for_everything(engine: SearchEngine) -> None:
    assert ids(ask(engine, "", sort=Sort.NEWEST)) == ["english", "night", "visits", "wechat"]


# --- order, pages ----------------------------------------------------------------------------------


def test_sort_orders(engine: SearchEngine) -> None:
    assert ids(ask(engine, sort=Sort.PRIZE)) == ["night", "english", "visits", "wechat"]
    assert ids(ask(engine, "微信群", sort=Sort.NEWEST)) == ["night", "wechat"]


def test_pages_neither_repeat_nor_lose(engine: SearchEngine) -> None:
    engine.replace_all([document(f"d{number:02}") for number in range(25)])
    for sort in Sort:
        pages = [ask(engine, "课堂", sort=sort, offset=start, size=7) for start in range(0, 28, 7)]
        found = [identity for page in pages for identity in ids(page)]
        assert sorted(found) == sorted(set(found)) == [f"d{number:02}" for number in range(25)]
        assert {page.total for page in pages} == {25}


def test_the_most_used_come_first(engine: SearchEngine) -> None:
    page = ask(engine, sort=Sort.MOST_USED, uses={"wechat": 7, "visits": 9, "unknown": 30})
    assert ids(page) == ["visits", "wechat", "english", "night"]


# --- ranking ---------------------------------------------------------------------------------------


def test_a_score_says_what_it_is_made_of(engine: SearchEngine) -> None:
    for hit in ask(engine, "党建微信群 学习").hits:
        parts = hit.reasons
        text = parts.words + parts.pairs + parts.proximity
        assert min(parts.words, parts.pairs) > 0
        assert hit.score == pytest.approx(text + parts.prize + parts.recency)
        assert 0 <= parts.prize + parts.recency <= 0.05 * text + 1e-6
        assert (parts.missing == ()) == hit.complete


def test_what_stands_together_comes_first(engine: SearchEngine) -> None:
    apart = "微信里有消息，建群之后再说，信群里的人，党建是大事，建微不足道"
    engine.replace_all(
        [document("apart", body=apart), document("close", body="党建微信群是大事，里有消息之后再说")]
    )
    page = ask(engine, "党建微信群")
    assert ids(page) == ["close", "apart"]
    assert page.hits[0].reasons.proximity > page.hits[1].reasons.proximity


def test_prize_and_date_decide_between_equal_texts_only(engine: SearchEngine) -> None:
    now, years = 1_760_000_000, 365 * 86_400
    engine.replace_all(
        [
            document("third", body="台账", prize_rank=3, granted_at=now),
            document("first", body="台账", prize_rank=1, granted_at=now),
            document("old", body="台账", prize_rank=1, granted_at=now - 9 * years),
            document("better", title="台账", body="台账", prize_rank=0, granted_at=now - 9 * years),
        ]
    )
    assert ids(ask(engine, "台账")) == ["better", "first", "old", "third"]


def test_fields_have_their_weights(engine: SearchEngine) -> None:
    """The title counts most, then topics and headings; what is written once counts least."""
    filler = "别的内容" * 5
    engine.replace_all(
        [
            document("body", title="甲", body=f"{filler}台账"),
            document("topic", title="甲", body=f"{filler}其他", topics=("台账",)),
            document("none", title="甲", body=f"{filler}其他"),
        ]
    )
    assert ids(ask(engine, "台账")) == ["topic", "body"]


# --- synonyms --------------------------------------------------------------------------------------


def alike(engine: SearchEngine, text: str, sign: Sign = Sign.SHOULD, *groups: Synonyms) -> Page:
    query = Query(text, (Clause(sign, Plain(text, groups)),))
    return engine.search(query, audience=Audience.PUBLIC, filters={}, sort=Sort.RELEVANCE)


def test_any_spelling_answers_for_a_word(engine: SearchEngine) -> None:
    engine.update([document("full", title="党的建设手册", body="怎样写台账")])
    group = Synonyms("党建", ("党的建设", "没有这个词"))
    assert ids(alike(engine, "党建")) == ["wechat"]
    page = alike(engine, "党建", Sign.SHOULD, group)
    assert {(hit.id, hit.complete) for hit in page.hits} == {("wechat", True), ("full", True)}
    page = alike(engine, "党建台账", Sign.SHOULD, group)
    assert (page.hits[0].id, page.hits[0].complete, page.hits[0].reasons.missing) == ("full", True, ())
    assert set(ids(page)) == {"full", "visits", "wechat"}
    assert set(ids(alike(engine, "党建", Sign.MUST, group))) == {"full", "wechat"}
    assert "full" not in ids(alike(engine, "党建", Sign.MUST_NOT, group))


def test_a_synonym_counts_as_one_word(engine: SearchEngine) -> None:
    """A long spelling is not worth more than the word that was typed."""
    engine.replace_all(
        [
            document("typed", title="甲", body="党建"),
            document("other", title="乙", body="党的建设"),
            *[document(f"x{n}", title="丙", body="别的内容") for n in range(20)],
        ]
    )
    page = alike(engine, "党建", Sign.SHOULD, Synonyms("党建", ("党的建设",)))
    assert ids(page) == ["typed", "other"]
    assert page.hits[0].score > page.hits[1].score > 0


# --- facets ----------------------------------------------------------------------------------------


def counts(page: Page, name: str) -> dict[str, int]:
    facet = next(facet for facet in page.facets if facet.name == name)
    return {value.label: value.count for value in facet.values}


def test_facets_count_the_hits(engine: SearchEngine) -> None:
    page = ask(engine)
    assert counts(page, "year") == {"2025": 2, "2024": 2}
    assert counts(page, "unit") == {"审计局二处党支部": 2, "Branch Three": 1, "長沙辦": 1}
    assert counts(page, "prize") == {"二等奖": 3, "一等奖": 1}
    assert counts(page, "extras") == {"photos": 1}
    assert counts(ask(engine, "微信群"), "unit") == {"审计局二处党支部": 1, "長沙辦": 1}


def test_facets_stay_right_under_filters(engine: SearchEngine) -> None:
    page = ask(engine, filters={"year": frozenset({"2024"})})
    assert sorted(ids(page)) == ["visits", "wechat"]
    assert counts(page, "year") == {"2025": 2, "2024": 2}  # a second year would widen the answer
    assert counts(page, "prize") == {"二等奖": 2}
    assert counts(page, "category") == {"国有企业": 1, "机关": 1}
    both = ask(engine, filters={"year": frozenset({"2024", "2025"}), "category": frozenset({"国有企业"})})
    assert sorted(ids(both)) == ["english", "visits"]
    assert counts(both, "year") == {"2025": 1, "2024": 1}


def test_a_document_has_several_topics_and_extras(engine: SearchEngine) -> None:
    engine.update(
        [
            document(
                "many", topics=("党史", "走访"), has_photos=True, has_pack=True, words=1_500,
                region="北区", region_id="r1",
            ),
            document("one", topics=("走访",), has_evidence=True, words=5_001, region="南区", region_id="r2"),
        ]
    )  # fmt: skip
    page = ask(engine)
    assert counts(page, "topic") == {"走访": 2, "党史": 1}
    assert counts(page, "extras") == {"photos": 2, "evidence": 1, "pack": 1}
    assert counts(page, "region") == {"北区": 1, "南区": 1}
    assert list(counts(page, "length").items()) == [("1500-3000", 1), ("over-5000", 1)]
    page = ask(engine, filters={"topic": frozenset({"党史", "走访"})})
    assert sorted(ids(page)) == ["many", "one"]
    assert counts(page, "extras") == {"photos": 1, "evidence": 1, "pack": 1}
    page = ask(engine, filters={"extras": frozenset({"pack"}), "topic": frozenset({"走访"})})
    assert (ids(page), counts(page, "topic")) == (["many"], {"走访": 1, "党史": 1})
    assert counts(page, "extras") == {"photos": 1, "pack": 1, "evidence": 1}


def test_a_filter_that_matches_nothing_counts_nothing(engine: SearchEngine) -> None:
    page = ask(engine, filters={"prize": frozenset({"三等奖"})})
    assert (page.hits, page.total) == ((), 0)
    assert counts(page, "prize") == {"二等奖": 3, "一等奖": 1, "三等奖": 0}
    assert ask(engine, filters={"no such facet": frozenset({"1"})}).total == 4


# --- writing ---------------------------------------------------------------------------------------


def test_an_update_replaces_and_a_removal_removes(engine: SearchEngine) -> None:
    before = engine.state().generation
    engine.update(
        [document("night", title="改了题目", body="全新的正文"), document("more", body="又一篇关于党史")]
    )
    assert ids(ask(engine, "党史")) == ["more"]
    assert ids(ask(engine, "全新正文")) == ["night"]
    engine.remove(["more", "unknown"])
    assert ids(ask(engine, "党史")) == []
    assert ask(engine).total == 4
    assert engine.state().generation == before + 2
    engine.check()


def test_many_small_writes_are_merged(engine: SearchEngine) -> None:
    for number in range(12):
        engine.update([document(f"n{number}", title=f"第{number}篇台账", body="台账")])
    engine.remove(["n3"])
    assert ask(engine, "台账").total == 12
    assert ask(engine).total == 15
    assert ids(ask(engine, '"第7篇台账"')) == ["n7"]
    engine.check()


def test_a_rebuild_replaces_everything(engine: SearchEngine) -> None:
    seen: list[int] = []
    assert engine.replace_all([document("only")], seen.append) == 1
    assert seen[-1] == 1
    assert ids(ask(engine)) == ["only"]
    assert engine.state().fingerprints == {"only": document("only").fingerprint}


def test_an_empty_library_answers(bare: SearchEngine) -> None:
    assert bare.replace_all([]) == 0
    page = ask(bare, "党建 年份:2024")
    assert (page.hits, page.total) == ((), 0)
    assert bare.similar("党建", audience=Audience.PUBLIC, exclude="x") == ()
    assert bare.entries(Audience.PUBLIC)[1] == ()
    bare.update(shelf())
    assert ask(bare).total == 4


def test_without_an_index_it_says_so(bare: SearchEngine) -> None:
    for call in (lambda: ask(bare), bare.state, bare.check, lambda: bare.update(shelf())):
        with pytest.raises(IndexBroken):
            call()


def test_documents_are_read_only_by_the_writer(engine: SearchEngine) -> None:
    """A rebuild that waits for another writer has not yet asked for its documents."""
    begun, go = threading.Event(), threading.Event()

    def slow() -> Iterator[LibraryDocument]:
        begun.set()
        go.wait(10)
        yield document("first")

    asked: list[str] = []

    def late() -> Iterator[LibraryDocument]:
        asked.append("asked")
        yield document("second")

    threads = [threading.Thread(target=engine.replace_all, args=(found(),)) for found in (slow, late)]
    threads[0].start()
    begun.wait(10)
    threads[1].start()
    assert asked == []
    go.set()
    for thread in threads:
        thread.join()
    assert ids(ask(engine)) == ["second"]


def test_threads_search_while_one_writes(engine: SearchEngine) -> None:
    failures: list[Exception] = []
    answers: list[set[str]] = []
    stop = threading.Event()

    def search() -> None:
        try:
            while not stop.is_set():
                answers.append(set(ids(ask(engine, "微信群 客户走访"))))
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=search) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(6):
        engine.update([document(f"t{number}", body="台账")])
    engine.replace_all(shelf())
    stop.set()
    for thread in threads:
        thread.join()
    assert failures == []
    assert {frozenset(answer) for answer in answers} == {frozenset({"night", "wechat", "visits"})}


# --- audiences -------------------------------------------------------------------------------------


def mixed() -> list[LibraryDocument]:
    """The shelf, each case beside one that is for somebody else."""
    found = []
    for number, item in enumerate(shelf()):
        whose = (Audience.MEMBERS, Audience.TRAINERS)[number % 2]
        other = replace(
            item, id=f"{item.id}-2", audience=whose, unit="秘密支部", title=f"{item.title}秘密", year=2019,
            topics=("秘密",), body=item.body * 3,
        )  # fmt: skip
        found += [other, item]
    return found


QUESTIONS = (
    "",
    "微信群",
    "秘密",
    "党史 台账",
    '"夜间党校"',
    "单位:秘密",
    "-微信群",
    "如何组织学习教育？",
    "账",
)


def everything(engine: SearchEngine, audience: Audience) -> object:
    """Whatever an engine answers, but for the number of the generation."""
    pages = [ask(engine, text, sort=sort, audience=audience) for text in QUESTIONS for sort in Sort]
    pages.append(ask(engine, "微信群", {"year": frozenset({"2019", "2025"})}, audience=audience))
    return (
        [replace(page, generation=0) for page in pages],
        engine.similar("党支部用微信群开展党史学习教育", audience=audience),
        sorted(engine.entries(audience)[1], key=lambda entry: entry.id),
    )


def test_an_audience_gets_the_answers_of_an_index_that_never_had_the_others(engine: SearchEngine) -> None:
    answers = {}
    for audience in Audience:
        engine.replace_all(item for item in mixed() if item.audience in READS[audience])
        answers[audience] = everything(engine, audience)
    engine.replace_all(mixed())
    for audience in Audience:
        assert everything(engine, audience) == answers[audience]


def test_what_is_written_for_others_changes_nothing(engine: SearchEngine) -> None:
    before = everything(engine, Audience.PUBLIC)
    generation = ask(engine, audience=Audience.PUBLIC).generation
    engine.update([item for item in mixed() if item.audience is not Audience.PUBLIC])
    engine.update([document("night-3", audience=Audience.MEMBERS, body="微信群")])
    engine.remove(["night-3"])
    assert everything(engine, Audience.PUBLIC) == before
    assert ask(engine, audience=Audience.PUBLIC).generation == generation
    engine.check()


def test_a_case_that_changes_its_audience_is_in_one_place(engine: SearchEngine) -> None:
    night = shelf()[0]
    for whose in (Audience.TRAINERS, Audience.MEMBERS, Audience.PUBLIC):
        engine.update([replace(night, audience=whose)])
        for audience in Audience:
            expected = ["night"] if whose in READS[audience] else []
            assert ids(ask(engine, "党史", audience=audience)) == expected
            assert ask(engine, audience=audience).total == 3 + len(expected)
        assert len(engine.state().fingerprints) == 4
    engine.update([replace(night, audience=Audience.TRAINERS)])
    engine.remove(["night"])
    assert ask(engine).total == 3


# --- more ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "part",
    [Plain(LONG), Phrase(LONG), FieldText(QueryField.TITLE, LONG), AnyOf((YearRange(1, 2), Plain(LONG)))],
)
def test_a_question_that_is_far_too_long_is_answered(engine: SearchEngine, part: Part) -> None:
    endless = Query("", (Clause(Sign.MUST, Plain("微信群")), *([Clause(Sign.SHOULD, part)] * 3)))
    page = engine.search(endless, audience=Audience.PUBLIC, filters={}, sort=Sort.RELEVANCE)
    assert ids(page)[:1] == ["wechat"]
    assert engine.similar("党支部用微信群开展党史学习教育。" * 6_000, audience=Audience.PUBLIC)


def test_a_question_from_the_search_box_is_looked_at_whole() -> None:
    text = "党建 +微信群 -“夜间 党校” 年份:2024..2026 单位:审计局 OR 标题:夜校 " + "字" * 400
    assert bounded(parse(text)) == parse(text)


def test_of_a_question_that_is_too_long_the_beginning_is_left() -> None:
    any_of = AnyOf((YearRange(1, 2), Phrase(LONG)))
    query = Query(
        "", (Clause(Sign.MUST, Plain("开头")), Clause(Sign.MUST, any_of), Clause(Sign.SHOULD, Plain("末")))
    )
    kept = AnyOf((YearRange(1, 2), Phrase(LONG[: LONGEST_QUESTION - 2])))
    assert bounded(query).clauses == (Clause(Sign.MUST, Plain("开头")), Clause(Sign.MUST, kept))


def test_similar_documents(engine: SearchEngine) -> None:
    found = engine.similar("党支部用微信群开展党史学习教育", audience=Audience.PUBLIC, exclude="night")
    assert [hit.id for hit in found][:1] == ["wechat"]
    assert "night" not in [hit.id for hit in found]


def test_words_that_no_document_has_take_no_place_among_the_similar(engine: SearchEngine) -> None:
    text = "党支部用微信群开展党史学习教育"
    strange = " ".join(f"unheard{number}of" for number in range(2 * SIMILAR_TERMS))
    known = engine.similar(text, audience=Audience.PUBLIC)
    assert known
    assert engine.similar(f"{strange} {strange} {text}", audience=Audience.PUBLIC) == known


def test_entries_feed_suggestions(engine: SearchEngine) -> None:
    generation, entries = engine.entries(Audience.PUBLIC)
    assert generation == ask(engine, audience=Audience.PUBLIC).generation
    assert {entry.title for entry in entries} == {item.title for item in shelf()}


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.text(max_size=60))
def test_any_string_is_answered(engine: SearchEngine, text: str) -> None:
    page = ask(engine, text)
    assert len(page.hits) == page.total <= 4


def test_both_engines_agree(tmp_path: Path, postgres_database: Database) -> None:
    engines: Sequence[SearchEngine] = (WhooshEngine(tmp_path / "index"), PostgresEngine(postgres_database))
    for engine in engines:
        engine.replace_all(shelf())
    for text in (
        "微信群",
        "客户走访 满意度",
        '"夜间党校"',
        "如何用微信群组织学习教育？",
        "night 审计局",
        "-党史",
    ):
        one, other = (ask(engine, text) for engine in engines)
        assert [(hit.id, round(hit.score, 3)) for hit in one.hits] == [
            (hit.id, round(hit.score, 3)) for hit in other.hits
        ]
        assert (one.total, one.complete, one.facets) == (other.total, other.complete, other.facets)
