"""What the access log says, and what it must not."""

import logging

import pytest

from tests.support.web import Visitor


def test_the_log_holds_no_secret_of_a_one_time_link(
    visitor: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, "exemplar.access"):
        for address in (
            "/objections/link/s3cret", "/invitations/s3cret/renew", "/password/s3cret",
            "/study/desk/s3cret/part", "/study/screen/s3cret/0123456789abcdef/stream",
            "/study/handout/s3cret", "/study/class/s3cret", "/study/s3cret/join",
            "/teaching/packs/link/s3cret/book.docx", "/library/lists/shared/s3cret",
            "/library/searches/stop/s3cret",
        ):  # fmt: skip
            visitor.get(address)
    assert "GET /objections/link/… 404" in caplog.text
    assert "/invitations/…/renew" in caplog.text
    assert "s3cret" not in caplog.text
