"""Claims proposed, marked, found again after the text was edited, frozen, checked."""

import time

import pytest

from submissions.rules.claims import check_claims, frozen, ledger, marked, place, plain
from submissions.values import Anchoring, Claim, Source

SAID = "群众满意度由92%升至97%"
BODY = (
    "<h2>一、成效 23 件</h2>"
    f"<p>支部建立台账，逐户走访。{SAID}，矛盾当月办结。</p>"
    "<ul><li>累计化解矛盾23件。</li><li>党员轮流值班。</li></ul>"
    "<table><tbody><tr><td>2024年</td><td>15件</td></tr></tbody></table>"
)


def claim(quote: str = SAID, body: str = BODY, **changes: object) -> Claim:
    found = marked(body, quote)
    assert found is not None
    return Claim("c1", found.quote, found.before, found.after, **changes)  # type: ignore[arg-type]  # names are the dataclass's


def test_sentences_are_proposed_headings_and_tables_are_not() -> None:
    book = ledger(BODY, ())
    assert [each.quote for each in book.proposed] == [
        "群众满意度由92%升至97%，矛盾当月办结",
        "累计化解矛盾23件",
    ]
    assert plain(BODY)[book.proposed[1].start : book.proposed[1].end] == "累计化解矛盾23件"


def test_a_long_sentence_is_cut_to_the_clauses_with_figures() -> None:
    long = "支部" + "把主题党日开到田间地头，" * 8 + "化解矛盾23件，" + "党员认领实事，" * 6 + "群众都说好。"
    assert [each.quote for each in ledger(f"<p>{long}</p>", ()).proposed] == ["化解矛盾23件"]


def test_blanks_do_not_hide_the_words() -> None:
    found = marked("<p>群众 满意度<strong>由92%</strong>升至97%。</p>", "群众满意度由92%升至97%")
    assert found is not None
    assert found.quote == "群众 满意度由92%升至97%"
    assert marked(BODY, "没有这句话") is None
    assert marked(BODY, "   ") is None


@pytest.mark.parametrize(
    ("body", "state", "words"),
    [
        (BODY, Anchoring.EXACT, SAID),
        (BODY.replace("<p>支部", "<p>开头加了一段话。支部"), Anchoring.EXACT, SAID),
        (BODY.replace("97%", "96%"), Anchoring.CHANGED, "群众满意度由92%升至96%"),
        (
            BODY.replace(SAID, "群众的满意度已由92%上升到97%"),
            Anchoring.CHANGED,
            "群众的满意度已由92%上升到97%",
        ),
        (BODY.replace(f"{SAID}，", ""), Anchoring.LOST, ""),
        ("<p>全文重写，与从前无关。</p>", Anchoring.LOST, ""),
        ("", Anchoring.LOST, ""),
    ],
)
def test_found_again_after_edits(body: str, state: Anchoring, words: str) -> None:
    placed = place(plain(body), claim())
    assert (placed.state, placed.words) == (state, words)


def test_of_two_equal_passages_the_one_with_the_same_neighbours() -> None:
    body = "<p>春天办结23件，大家满意。</p><p>秋天办结23件，大家高兴。</p>"
    second = Claim("c", "办结23件", "秋天", "，大家高兴。")
    text = plain(body)
    assert place(text, second).start == text.rindex("办结23件")


def test_lost_claims_are_shown_never_dropped() -> None:
    book = ledger(BODY.replace(f"{SAID}，", ""), [claim(sources=(Source(url="https://a.cn"),))])
    assert [each.claim.quote for each in book.lost] == [SAID]
    assert book.standing == ()


def test_a_marked_passage_is_no_longer_proposed_and_a_needless_one_neither() -> None:
    needless = claim("累计化解矛盾23件", needless=True)
    book = ledger(BODY, [claim(), needless])
    assert book.proposed == ()
    assert [each.words for each in book.needless] == ["累计化解矛盾23件"]
    assert [each.words for each in book.bare] == [SAID]


def test_a_version_keeps_the_words_of_now_and_files_that_are_there() -> None:
    kept = claim(sources=(Source(attachment_id="a1", note="第 3 页"), Source(attachment_id="gone")))
    needless = claim("累计化解矛盾23件", needless=True)
    lost = Claim("c9", "从前的一句话已经删去", "", "")
    body = BODY.replace("97%", "96%")
    found = frozen(body, [kept, needless, lost], ["a1"])
    assert [(each.quote, each.sources) for each in found] == [
        ("群众满意度由92%升至96%", (Source(attachment_id="a1", note="第 3 页"),))
    ]


def test_what_the_check_page_says() -> None:
    body = BODY.replace("97%", "96%")
    book = ledger(
        body, [claim(sources=(Source(attachment_id="a1"),)), Claim("c9", "删去的一整句话在这里", "", "")]
    )
    found = check_claims(book, ["a1"], required=False)
    assert [(each.field, each.blocking, str(each.message)) for each in found] == [
        ("claims", False, "有 1 处数据或荣誉还没有注明证据，例如“累计化解矛盾23件”。"),
        (
            "claims",
            False,
            "有 1 处已链接证据的文字后来改过，请确认证据仍然支持现在的说法，例如“群众满意度由92%升至96%”。",
        ),
        (
            "claims",
            False,
            "有 1 处已链接证据的文字在正文中找不到了，提交时不会带上，例如“删去的一整句话在这里”。",
        ),
    ]
    assert [each.blocking for each in check_claims(book, [], required=True)] == [True, False, False]
    assert str(check_claims(book, [], required=True)[0].message).startswith("有 2 处")


@pytest.mark.parametrize(
    ("body", "quote"),
    [
        ("甲，乙、" * 30_000, "丙丁" * 150),
        ("甲，乙、" * 30_000, "甲，乙、" * 80 + "丙"),
        ("甲" * 100_000, "甲" * 399 + "乙"),
        ("甲" * 100_000, "甲"),
    ],
)
def test_no_text_holds_everybody_up(body: str, quote: str) -> None:
    """A submission looks for its claims inside the write transaction: minutes there stop the whole house."""
    claims = [Claim(str(number), f"{quote}{'甲' * number}") for number in range(10)]
    started = time.process_time()
    ledger(f"<p>{body}</p>", claims)
    assert time.process_time() - started < 5
