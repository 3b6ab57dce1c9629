"""A call as pages show it: to everybody, to a branch, to a juror; saved or still being typed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from markupsafe import Markup

from foundation import people, richtext
from foundation.differences import Line, lines
from foundation.display import moment
from foundation.text import Text, _
from foundation.web import Rq
from foundation.wordcount import word_count
from submissions import queries, sample
from submissions.pages.showing import body_shown
from submissions.rules.criteria import box, described, full_score
from submissions.rules.eligibility import unit_refusal
from submissions.rules.files import accepted_endings, kinds_said
from submissions.values import UNIT_KINDS, CallProposal, CallView, ChangeView, ExtensionView

VIEWS = ("public", "branch", "juror")
"""The eyes with which an organiser can look at a call beforehand."""


def words() -> dict[str, Any]:
    """What the parts of a call's page need besides the call."""
    return {
        "unit_kinds": UNIT_KINDS,
        "kinds_said": kinds_said,
        "accepted_endings": accepted_endings,
        "compared": compared,
        "described": described,
    }


def compared(before: str, after: str) -> list[Line]:
    """What was worded anew, paragraph by paragraph; what stayed is left out."""
    return [line for line in lines(_paragraphs(before), _paragraphs(after)) if line.kind != "same"]


def _paragraphs(text: str) -> list[str]:
    """A text or a notice as lines."""
    said = richtext.plain(text) if text.lstrip().startswith("<") else text
    return [line for line in said.splitlines() if line.strip()]


def preview(call: CallView | CallProposal, view: str) -> dict[str, Any]:
    """A call as one of `VIEWS` will see it once it is published."""
    return {
        **words(),
        "call": call,
        "view": view if view in VIEWS else VIEWS[0],
        "notice": body_shown(richtext.clean(call.notice_html), ""),
        "boxes": [box(each) for each in call.rules.criteria],
        "full": full_score(call.rules.criteria),
        "sample": sample,
        "sample_body": Markup(richtext.clean(sample.BODY_HTML)),  # noqa: S704  # ours, and cleaned
        "sample_words": word_count(richtext.plain(sample.BODY_HTML)),
        "deadlines": {},
    }


def public_record(rq: Rq, call: CallView) -> list[ChangeView | ExtensionView]:
    """What has changed since the window opened, the latest first: wordings and later deadlines for all."""
    found: list[tuple[datetime, ChangeView | ExtensionView]] = [
        (each.at, each) for each in queries.changes(rq.db, call.id)
    ]
    found += [(each.granted_at, each) for each in queries.extensions(rq.db, call.id) if each.unit_id is None]
    return [each for _at, each in sorted(found, key=lambda pair: pair[0], reverse=True)]


def own_extensions(rq: Rq, call: CallView) -> list[ExtensionView]:
    """Later deadlines granted to the visitor's own unit alone."""
    mine = rq.actor.unit_id
    return [each for each in queries.extensions(rq.db, call.id) if mine and each.unit_id == mine]


def own_refusal(rq: Rq, call: CallView) -> Text | None:
    """Why the visitor's unit cannot take part, before it starts."""
    if rq.actor.unit_id is None:
        return None
    return unit_refusal(call.rules.eligibility, people.unit(rq.db, rq.actor.unit_id).category_key)


def category_options(rq: Rq, call: CallView, unit_id: str) -> list[tuple[str, Text | str]]:
    """The categories to choose from, each with its deadline where they differ."""
    deadlines = queries.category_deadlines(rq.db, call, unit_id)
    if len(set(deadlines.values())) < 2:
        return [(each.key, each.name) for each in call.rules.categories]
    return [
        (
            each.key,
            _("%(name)s（%(at)s 截止）", name=each.name, at=moment(deadlines[each.key], call.timezone)),
        )
        for each in call.rules.categories
    ]
