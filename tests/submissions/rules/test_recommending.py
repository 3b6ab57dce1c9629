"""Orders, opinions, codes: pure."""

import pytest

from submissions.rules.recommending import (
    FormCode,
    Match,
    form_code,
    grouped,
    is_reordering,
    matched,
    moved,
    verify_query,
)

NUMBER, FORM, HASH = "2026-ABCDEFGH-2", "m80pxdspgw4gax9j", "0123456789abcdef" * 4
ADDRESS = "https://cases.example.org/base" + verify_query(NUMBER, "e" * 64, FORM)


@pytest.mark.parametrize(
    ("case_id", "step", "order"),
    [
        ("a", -1, "abc"),
        ("a", 1, "bac"),
        ("b", -1, "bac"),
        ("c", 1, "abc"),
        ("c", -1, "acb"),
        ("x", 1, "abc"),
    ],
)
def test_a_place_up_or_down(case_id: str, step: int, order: str) -> None:
    assert moved(list("abc"), case_id, step) == list(order)


@pytest.mark.parametrize(
    ("after", "may"), [("cab", True), ("ab", False), ("abcc", False), ("abd", False), ("", False)]
)
def test_an_order_holds_all_and_nothing_else(after: str, may: bool) -> None:
    assert is_reordering("abc", list(after)) is may


def test_a_hash_in_groups() -> None:
    assert grouped(HASH) == " ".join(["01234567", "89abcdef"] * 4)


@pytest.mark.parametrize(
    ("scanned", "said"),
    [
        (ADDRESS, FormCode(NUMBER, FORM)),
        (ADDRESS.replace("verify", "other"), None),
        (ADDRESS.partition("&form")[0], None),
        ("https://[", None),
        ("一段文字", None),
        ("", None),
    ],
)
def test_what_a_code_says(scanned: str, said: FormCode | None) -> None:
    assert form_code(scanned) == said


@pytest.mark.parametrize(
    ("codes", "typed", "match"),
    [
        ([ADDRESS], "", Match.QR),
        (["其他二维码", ADDRESS], "", Match.QR),
        ([ADDRESS.replace("-2", "-1")], "", Match.OTHER_VERSION),
        ([ADDRESS.replace(FORM, "before")], "", Match.OTHER_VERSION),
        ([ADDRESS.replace("ABCDEFGH", "HGFEDCBA")], "", Match.OTHER_CASE),
        ([ADDRESS.replace("-2", "-1")], HASH[:8], Match.OTHER_VERSION),
        (["其他二维码"], "", Match.UNREADABLE),
        ([], " 0123 4567 ", Match.TYPED),
        ([], "0123456789ABCDEF", Match.TYPED),
        ([], "0123456", Match.WRONG_HASH),
        ([], "76543210", Match.WRONG_HASH),
    ],
)
def test_whether_a_scan_is_of_this_recommendation(codes: list[str], typed: str, match: Match) -> None:
    found = matched(codes, typed, recommendation_id=FORM, version_number=NUMBER, content_hash=HASH)
    assert found is match
