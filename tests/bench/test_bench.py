"""The benches' data are the same everywhere, and a ratio above 1 always means that ours is better."""

import hashlib

import pytest

from bench import corpus
from bench.table import Result
from foundation import richtext


def test_the_corpus_is_the_same_on_every_machine() -> None:
    whole = "".join(case.title + case.unit + case.category + case.html() for case in corpus.cases(20))
    again = "".join(case.title + case.unit + case.category + case.html() for case in corpus.cases(20))
    assert whole == again
    assert hashlib.sha256(whole.encode()).hexdigest()[:16] == "39625cb2da7ac8c7"


def test_cases_have_tables_photos_and_about_the_length_asked_for() -> None:
    made = list(corpus.cases(50, characters=1000, photos=True))
    assert sum(bool(case.rows) for case in made) == 10
    assert sum(bool(case.photo) for case in made) == 20
    assert all(1000 <= len(case.text) <= 2000 for case in made)
    assert len({case.title for case in made}) == 50


def test_a_generated_body_is_canonical_html() -> None:
    for case in corpus.cases(10, photos=True):
        body = case.html("attachment:abc")
        assert richtext.clean(body) == body


@pytest.mark.parametrize(
    ("result", "ratio"),
    [
        (Result("job", "rate", ours=300, plain=100, unit="/s", higher_is_better=True), 3.0),
        (Result("job", "rate", ours=50, plain=100, unit="/s", higher_is_better=True), 0.5),
        (Result("job", "time", ours=10, plain=40, unit="ms"), 4.0),
        (Result("job", "time", ours=40, plain=10, unit="ms"), 0.25),
    ],
)
def test_ratio(result: Result, ratio: float) -> None:
    assert result.ratio == ratio
