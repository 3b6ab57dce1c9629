"""Facts of invented cases, for rules that are given values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from casebook.reports.values import CallFacts, CaseFacts, DirectoryUnit, Facts, Scope


def make_case(number: int, **changes: Any) -> CaseFacts:
    """A case of a unit of its own, without a prize."""
    known: dict[str, Any] = {
        "case_id": f"case-{number:03}",
        "version_id": f"version-{number:03}",
        "content_hash": f"{number:064x}",
        "call_id": "call-1",
        "year": 2026,
        "title": f"案例之{number}",
        "unit_id": f"unit-{number:03}",
        "unit_name": f"{number}号支部",
        "unit_kind": "rural",
        "region": "东区",
        "category": "农村",
        "words": 1000,
        "claims": 0,
        "photos": 0,
        "files": 0,
        "elements": 10.0,
        "days_before": 5.0,
    }
    return CaseFacts(**{**known, **changes})


def won(number: int, **changes: Any) -> CaseFacts:
    """The same with a second prize."""
    return make_case(number, **{"prize": "二等奖", "prize_rank": 2, "award_id": f"award-{number}", **changes})


def make_call(call_id: str = "call-1", **changes: Any) -> CallFacts:
    known: dict[str, Any] = {
        "call_id": call_id,
        "title": "创新案例征集",
        "year": 2026,
        "categories": ("农村", "社区"),
        "prizes": ("一等奖", "二等奖"),
        "criteria": ("创新性",),
        "decided": True,
    }
    return CallFacts(**{**known, **changes})


def make_facts(
    cases: Sequence[CaseFacts],
    *,
    calls: Sequence[CallFacts] = (),
    directory: Sequence[DirectoryUnit] = (),
    scope: Scope = Scope.SUBMITTED,
) -> Facts:
    return Facts(scope, tuple(calls) or (make_call(),), tuple(cases), tuple(directory))


def unit(number: int, region: str = "东区", kind: str = "rural") -> DirectoryUnit:
    return DirectoryUnit(f"unit-{number:03}", kind, region)
