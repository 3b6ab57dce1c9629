"""Small makers of judging's values."""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal

from judging.values import CaseSeat, JurorSeat, Mark, ReviewRow
from submissions.values import (
    Author,
    CallRules,
    Category,
    Claim,
    Criterion,
    Prize,
    StandingRule,
    VersionView,
)

FOUR = (
    Criterion("authenticity", "真实性", 30, 0, 100),
    Criterion("effectiveness", "实效性", 30, 0, 100),
    Criterion("innovation", "创新性", 25, 0, 100),
    Criterion("exemplarity", "示范性", 15, 0, 100),
)
CATEGORIES = (Category("rural", "农村"), Category("community", "社区"), Category("school", "学校"))
PRIZES = (Prize("first", "一等奖", 1), Prize("second", "二等奖", 2))


def rules(
    *,
    criteria: tuple[Criterion, ...] = FOUR,
    rule: StandingRule = StandingRule.MEAN,
    reads: int = 3,
    prizes: tuple[Prize, ...] = PRIZES,
) -> CallRules:
    return CallRules(
        categories=CATEGORIES,
        criteria=criteria,
        prizes=prizes,
        standing_rule=rule,
        cases_per_unit=None,
        words_lowest=1,
        words_highest=5000,
        pledge_text="我承诺",
        needs_recommendation=False,
        reads_per_case=reads,
    )


def review(case: str, juror: str, *marks: str | int, criteria: Sequence[Criterion] = FOUR) -> ReviewRow:
    """Marks in the criteria's order; fewer marks than criteria make an incomplete read."""
    given = tuple(Mark(criteria[place].key, Decimal(mark)) for place, mark in enumerate(marks))
    return ReviewRow(case, juror, given)


def flat(case: str, juror: str, mark: str | int) -> ReviewRow:
    """A read with one mark everywhere: its composite is that mark."""
    return review(case, juror, mark, mark, mark, mark)


def case(key: str, *, path: str = "", category: str = "rural") -> CaseSeat:
    return CaseSeat(key, key.upper(), path.strip("/").rpartition("/")[2], path, category)


def juror(
    key: str, *, path: str = "", limit: int | None = None, categories: frozenset[str] = frozenset()
) -> JurorSeat:
    return JurorSeat(key, key, path.strip("/").rpartition("/")[2] or None, path, categories, limit)


def version(
    *,
    title: str = "一个案例",
    body: str = "<p>正文</p>",
    unit_name: str = "某局第二党支部",
    authors: tuple[Author, ...] = (),
    summary: str = "",
    attachments: tuple[object, ...] = (),
    claims: tuple[Claim, ...] = (),
) -> VersionView:
    return VersionView(
        id="v1",
        case_id="c1",
        number="2026-0001",
        call_id="call",
        unit_id="u1",
        unit_name=unit_name,
        ordinal=1,
        title=title,
        summary=summary,
        body_html=body,
        category_key="rural",
        authors=authors,
        word_count=100,
        attachments=attachments,  # type: ignore[arg-type]  # tests pass attachment views
        content_hash="0" * 64,
        received_at=datetime(2026, 5, 1, tzinfo=UTC),
        source_line="",
        signoff_line="",
        claims=claims,
    )
