"""Definitions and contents to JSON and back. Unknown keys are left out, missing ones take their default."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from casebook.reports.values import Content, Definition, Flag, Quotation, Scope, Section


def definition_to_json(definition: Definition) -> dict[str, Any]:
    return {
        "scope": definition.scope.value,
        "calls": list(definition.call_ids),
        "query": definition.query,
        "cases": list(definition.case_ids),
    }


def definition_from_json(stored: Mapping[str, Any]) -> Definition:
    return Definition(
        Scope(stored["scope"]),
        tuple(stored.get("calls", ())),
        stored.get("query", ""),
        tuple(stored.get("cases", ())),
    )


def to_json(content: Content) -> dict[str, Any]:
    return {
        "title": content.title,
        "byline": content.byline,
        "sections": [_section_to_json(each) for each in content.sections],
    }


def _section_to_json(section: Section) -> dict[str, Any]:
    stored = asdict(section)
    stored["written_at"] = section.written_at.isoformat() if section.written_at else None
    for quotation, each in zip(stored["quotations"], section.quotations, strict=True):
        quotation["confirmed"] = each.confirmed.value if each.confirmed else None
    stored["quotations"] = list(stored["quotations"])
    return stored


def from_json(stored: Mapping[str, Any]) -> Content:
    return Content(
        stored["title"],
        stored.get("byline", ""),
        tuple(_section(each) for each in stored.get("sections", ())),
    )


def _section(stored: Mapping[str, Any]) -> Section:
    written_at = stored.get("written_at")
    return Section(
        id=stored["id"],
        heading=stored["heading"],
        body=stored.get("body", ""),
        drafted=stored.get("drafted", False),
        in_brief=stored.get("in_brief", False),
        quotations=tuple(_quotation(each) for each in stored.get("quotations", ())),
        writer_name=stored.get("writer_name", ""),
        written_at=datetime.fromisoformat(written_at) if written_at else None,
    )


def _quotation(stored: Mapping[str, Any]) -> Quotation:
    confirmed = stored.get("confirmed")
    return Quotation(
        stored["id"],
        stored["case_id"],
        stored["version_id"],
        stored["text"],
        Flag(confirmed) if confirmed else None,
    )
