"""Answers that were given already are given again, as long as nothing changed."""

from __future__ import annotations

from pathlib import Path

from foundation.audience import Audience
from search.query import parse
from search.scoring import kept
from search.scoring.answers import Asked
from search.scoring.kept import KeptAnswers
from search.values import Page, Sort
from search.whoosh_engine.engine import WhooshEngine
from tests.search.factories import document, shelf


def _page(total: int) -> Page:
    return Page((), total, 0, (), 1)


def test_the_same_question_is_worked_out_once() -> None:
    answers = KeptAnswers()
    asked = Asked({"year": frozenset({"2025"})}, Sort.RELEVANCE)
    assert answers.page(parse("党建"), asked, lambda: _page(1)).total == 1
    assert answers.page(parse("党建"), asked, lambda: _page(2)).total == 1
    assert answers.page(parse("党课"), asked, lambda: _page(3)).total == 3
    assert answers.page(parse("党建"), Asked({}, Sort.RELEVANCE), lambda: _page(4)).total == 4
    assert answers.page(parse("党建"), Asked(asked.filters, Sort.NEWEST), lambda: _page(5)).total == 5
    assert answers.page(parse("党建"), Asked(asked.filters, Sort.RELEVANCE, 20), lambda: _page(6)).total == 6


def test_an_order_by_use_is_worked_out_each_time() -> None:
    answers = KeptAnswers()
    asked = Asked({}, Sort.MOST_USED, uses={"c1": 3})
    assert answers.page(parse(""), asked, lambda: _page(1)).total == 1
    assert answers.page(parse(""), asked, lambda: _page(2)).total == 2


def test_no_more_are_kept_than_said() -> None:
    answers = KeptAnswers()
    for number in range(kept.MOST + 1):
        answers.page(parse(""), Asked({}, Sort.NEWEST, offset=number), lambda: _page(1))
    assert answers.page(parse(""), Asked({}, Sort.NEWEST, offset=1), lambda: _page(2)).total == 1
    assert answers.page(parse(""), Asked({}, Sort.NEWEST, offset=0), lambda: _page(2)).total == 2


def test_a_changed_index_is_asked_anew(tmp_path: Path) -> None:
    engine = WhooshEngine(tmp_path)
    engine.replace_all(shelf())

    def total(audience: Audience) -> int:
        return engine.search(parse("支部"), audience=audience, filters={}, sort=Sort.RELEVANCE).total

    before = total(Audience.PUBLIC), total(Audience.TRAINERS)
    engine.update([document("hidden", body="支部", audience=Audience.TRAINERS)])
    assert (total(Audience.PUBLIC), total(Audience.TRAINERS)) == (before[0], before[1] + 1)
    engine.close()
