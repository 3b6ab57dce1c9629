"""Values to JSON columns and back. Pure; unknown keys of an older or newer row are left out, missing ones
take the value's default."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from decimal import Decimal
from typing import Any, cast

from submissions.values import (
    AttachmentView,
    Author,
    CallRules,
    Category,
    Criterion,
    Prize,
    StandingRule,
)


def rules_to_json(rules: CallRules) -> dict[str, Any]:
    """The rules as a JSON object; steps are written as decimal strings."""
    plain = asdict(rules)
    plain["standing_rule"] = rules.standing_rule.value
    for criterion in plain["criteria"]:
        criterion["step"] = str(criterion["step"])
    for group in ("categories", "criteria", "prizes"):
        plain[group] = list(plain[group])
    return plain


def rules_from_json(stored: Mapping[str, Any]) -> CallRules:
    """The rules again."""
    plain = _known(CallRules, stored)
    plain["categories"] = tuple(Category(**_known(Category, each)) for each in stored["categories"])
    plain["criteria"] = tuple(
        Criterion(**(_known(Criterion, each) | {"step": Decimal(each["step"])}))
        for each in stored["criteria"]
    )
    plain["prizes"] = tuple(Prize(**_known(Prize, each)) for each in stored["prizes"])
    plain["standing_rule"] = StandingRule(stored["standing_rule"])
    return CallRules(**plain)


def authors_to_json(authors: Iterable[Author]) -> list[Any]:
    return [asdict(each) for each in authors]


def authors_from_json(stored: Iterable[Mapping[str, Any]]) -> tuple[Author, ...]:
    return tuple(Author(**_known(Author, each)) for each in stored)


def attachments_to_json(attachments: Iterable[AttachmentView]) -> list[Any]:
    return [asdict(each) for each in attachments]


def attachments_from_json(stored: Iterable[Mapping[str, Any]]) -> tuple[AttachmentView, ...]:
    return tuple(AttachmentView(**_known(AttachmentView, each)) for each in stored)


def _known(kind: type, stored: Mapping[str, Any]) -> dict[str, Any]:
    names = {each.name for each in fields(cast(Any, kind))}
    return {key: value for key, value in stored.items() if key in names}
