"""What makes a collection sound, and how its cases are put in order."""

from __future__ import annotations

import re
from collections.abc import Sequence

from foundation.errors import FieldError
from foundation.text import _
from search.curation.values.collections import (
    CASES_HIGHEST,
    INTRODUCTION_HIGHEST,
    NOTE_HIGHEST,
    TITLE_HIGHEST,
    CollectionItem,
    CollectionProposal,
)

_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,58}[a-z0-9])?")
RESERVED = frozenset({"new"})


def check_collection(proposal: CollectionProposal) -> list[FieldError]:
    """Everything that is wrong with it, in the order of the form."""
    found = []
    if not proposal.title:
        found.append(FieldError("title", _("请填写专题的标题。")))
    elif len(proposal.title) > TITLE_HIGHEST:
        found.append(FieldError("title", _("标题不能超过 %(limit)s 个字。", limit=TITLE_HIGHEST)))
    if not _SLUG.fullmatch(proposal.slug) or proposal.slug in RESERVED:
        found.append(FieldError("slug", _("网址名称只能用小写英文字母、数字和连字符，如 night-school。")))
    if len(proposal.introduction_html) > INTRODUCTION_HIGHEST:
        found.append(FieldError("introduction_html", _("导语太长了，请精简。")))
    if len(proposal.items) > CASES_HIGHEST:
        found.append(FieldError("items", _("一个专题最多收 %(limit)s 个案例。", limit=CASES_HIGHEST)))
    found.extend(
        FieldError(f"note-{each.case_id}", _("说明不能超过 %(limit)s 个字。", limit=NOTE_HIGHEST))
        for each in proposal.items
        if len(each.note) > NOTE_HIGHEST
    )
    return found


def moved(items: Sequence[CollectionItem], case_id: str, step: int) -> tuple[CollectionItem, ...]:
    """The items with one of them `step` places further down (negative: up); at the ends it stays."""
    found = list(items)
    at = next((place for place, each in enumerate(found) if each.case_id == case_id), None)
    if at is None:
        return tuple(found)
    each = found.pop(at)
    found.insert(min(max(at + step, 0), len(found)), each)
    return tuple(found)


def without(items: Sequence[CollectionItem], case_id: str) -> tuple[CollectionItem, ...]:
    return tuple(each for each in items if each.case_id != case_id)


def once(items: Sequence[CollectionItem]) -> tuple[CollectionItem, ...]:
    """Each case once, where it stood first."""
    found: dict[str, CollectionItem] = {}
    for each in items:
        found.setdefault(each.case_id, each)
    return tuple(found.values())
