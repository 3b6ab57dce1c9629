"""Values to JSON columns and back. Pure; unknown keys of an older or newer row are left out, missing ones
take the value's default."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Any, cast

from foundation.audience import Audience
from submissions.values import (
    AttachmentView,
    Author,
    CallRules,
    Category,
    Claim,
    ConflictRule,
    Criterion,
    DecidedMask,
    EarlierAwards,
    Eligibility,
    FieldChange,
    FileKind,
    FileRules,
    JudgingRules,
    JuryGroup,
    Level,
    Part,
    Prize,
    PrizePools,
    Source,
    StandingRule,
    TiePolicy,
)


def rules_to_json(rules: CallRules) -> dict[str, Any]:
    """The rules as a JSON object; steps are written as decimal strings, times and dates by ISO 8601."""
    return cast(dict[str, Any], _plain(asdict(rules)))


def rules_from_json(stored: Mapping[str, Any]) -> CallRules:
    """The rules again; what an older row does not say takes its default."""
    return _rules(json.dumps(stored, ensure_ascii=False))


@lru_cache(maxsize=256)
def _rules(written: str) -> CallRules:
    """Nearly every page reads the rules of a call, and they hardly change."""
    stored = json.loads(written)
    plain = _known(CallRules, stored)
    plain["categories"] = tuple(_category(each) for each in stored["categories"])
    plain["criteria"] = tuple(
        Criterion(**(_known(Criterion, each) | {"step": Decimal(each["step"]), "levels": _levels(each)}))
        for each in stored["criteria"]
    )
    plain["prizes"] = tuple(
        Prize(**(_known(Prize, each) | {"threshold": _decimal(each.get("threshold"))}))
        for each in stored["prizes"]
    )
    plain["standing_rule"] = StandingRule(stored["standing_rule"])
    plain["parts"] = tuple(_part(each) for each in stored.get("parts", ()))
    plain["eligibility"] = _eligibility(stored.get("eligibility", {}))
    plain["files"] = _file_rules(stored.get("files", {}))
    plain["judging"] = _judging(stored.get("judging", {}))
    plain["library_audience"] = Audience(stored.get("library_audience", Audience.PUBLIC))
    if "conflicts" in stored:
        plain["conflicts"] = tuple(ConflictRule(each) for each in stored["conflicts"])
    return CallRules(**plain)


def changes_to_json(changes: Iterable[FieldChange]) -> list[Any]:
    return [asdict(each) for each in changes]


def changes_from_json(stored: Iterable[Mapping[str, Any]]) -> tuple[FieldChange, ...]:
    return tuple(FieldChange(**_known(FieldChange, each)) for each in stored)


def authors_to_json(authors: Iterable[Author]) -> list[Any]:
    return [asdict(each) for each in authors]


def authors_from_json(stored: Iterable[Mapping[str, Any]]) -> tuple[Author, ...]:
    return tuple(Author(**_known(Author, each)) for each in stored)


def attachments_to_json(attachments: Iterable[AttachmentView]) -> list[Any]:
    return [asdict(each) for each in attachments]


def attachments_from_json(stored: Iterable[Mapping[str, Any]]) -> tuple[AttachmentView, ...]:
    return tuple(AttachmentView(**_known(AttachmentView, each)) for each in stored)


def claims_to_json(claims: Iterable[Claim]) -> list[Any]:
    return [asdict(each) for each in claims]


def claims_from_json(stored: Iterable[Mapping[str, Any]]) -> tuple[Claim, ...]:
    return tuple(
        Claim(**_known(Claim, each) | {"sources": sources_from_json(each["sources"])}) for each in stored
    )


def sources_to_json(sources: Iterable[Source]) -> list[Any]:
    return [asdict(each) for each in sources]


def sources_from_json(stored: Iterable[Mapping[str, Any]]) -> tuple[Source, ...]:
    return tuple(Source(**_known(Source, each)) for each in stored)


def masks_to_json(masks: Iterable[DecidedMask]) -> list[Any]:
    return [asdict(each) for each in masks]


def masks_from_json(stored: Iterable[Mapping[str, Any]]) -> tuple[DecidedMask, ...]:
    return tuple(DecidedMask(**_known(DecidedMask, each)) for each in stored)


def _known(kind: type, stored: Mapping[str, Any]) -> dict[str, Any]:
    names = {each.name for each in fields(cast(Any, kind))}
    return {key: value for key, value in stored.items() if key in names}


def _plain(value: Any) -> Any:
    match value:
        case dict():
            return {key: _plain(each) for key, each in value.items()}
        case list() | tuple():
            return [_plain(each) for each in value]
        case Enum():
            return value.value
        case date():  # and datetime
            return value.isoformat()
        case Decimal():
            return str(value)
    return value


def _category(stored: Mapping[str, Any]) -> Category:
    closes_at = stored.get("closes_at")
    own = datetime.fromisoformat(closes_at) if closes_at else None
    return Category(**(_known(Category, stored) | {"closes_at": own}))


def _decimal(stored: str | None) -> Decimal | None:
    return Decimal(stored) if stored is not None else None


def _levels(stored: Mapping[str, Any]) -> tuple[Level, ...]:
    return tuple(
        Level(**(_known(Level, each) | {"lowest": Decimal(each["lowest"])}))
        for each in stored.get("levels", ())
    )


def _judging(stored: Mapping[str, Any]) -> JudgingRules:
    plain = _known(JudgingRules, stored)
    plain["tie_break"] = tuple(stored.get("tie_break", ()))
    plain["jury_groups"] = tuple(
        JuryGroup(**_known(JuryGroup, each)) for each in stored.get("jury_groups", ())
    )
    plain["tie_policy"] = TiePolicy(stored.get("tie_policy", TiePolicy.REPORT))
    plain["prize_pools"] = PrizePools(stored.get("prize_pools", PrizePools.WHOLE))
    return JudgingRules(**plain)


def _part(stored: Mapping[str, Any]) -> Part:
    return Part(**(_known(Part, stored) | {"headings": tuple(stored.get("headings", ()))}))


def _eligibility(stored: Mapping[str, Any]) -> Eligibility:
    plain = _known(Eligibility, stored)
    plain["unit_kinds"] = tuple(stored.get("unit_kinds", ()))
    for name in ("practice_earliest", "practice_latest"):
        plain[name] = date.fromisoformat(stored[name]) if stored.get(name) else None
    plain["earlier_awards"] = EarlierAwards(stored.get("earlier_awards", EarlierAwards.ALLOWED))
    return Eligibility(**plain)


def _file_rules(stored: Mapping[str, Any]) -> FileRules:
    plain = _known(FileRules, stored)
    if "kinds" in stored:
        plain["kinds"] = tuple(FileKind(each) for each in stored["kinds"])
    return FileRules(**plain)
