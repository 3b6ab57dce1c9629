"""Which posts are our own page's."""

import pytest

from foundation import csrf

SECRET = b"s" * 32
EXPECTED = csrf.token(SECRET, "session-1")


@pytest.mark.parametrize(
    ("headers", "sent", "own"),
    [
        ({}, EXPECTED, True),  # plain-HTTP intranet: the token alone decides
        ({}, "", False),
        ({}, "x" * 40, False),
        ({"sec-fetch-site": "same-origin"}, EXPECTED, True),
        ({"sec-fetch-site": "none"}, EXPECTED, True),
        ({"sec-fetch-site": "cross-site"}, EXPECTED, False),
        ({"sec-fetch-site": "same-site"}, EXPECTED, False),
        ({"origin": "http://cases.example"}, EXPECTED, True),
        ({"origin": "http://evil.example"}, EXPECTED, False),
        ({"origin": "http://cases.example.evil"}, EXPECTED, False),
        ({"origin": "null"}, EXPECTED, True),
        ({"origin": "http://["}, EXPECTED, False),
        ({"sec-fetch-site": "same-origin", "origin": "http://evil.example"}, EXPECTED, False),
        ({"sec-fetch-site": "same-origin"}, "", False),
    ],
)
def test_own_posts(headers: dict[str, str], sent: str, own: bool) -> None:
    assert csrf.is_own(headers, "cases.example", sent, EXPECTED) is own


def test_a_token_is_another_for_each_session_and_secret() -> None:
    assert len({EXPECTED, csrf.token(SECRET, "session-2"), csrf.token(b"t" * 32, "session-1")}) == 3


def test_a_strange_token_is_no_error() -> None:
    assert csrf.is_own({}, "cases.example", "令牌", EXPECTED) is False
