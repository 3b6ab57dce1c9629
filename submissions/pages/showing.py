"""What several pages show alike."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from foundation.permission import require
from foundation.web import Rq
from submissions import policy, queries
from submissions.rules.windows import closes_by_rules, window_state
from submissions.values import (
    CallView,
    CaseStatus,
    CaseView,
    Finding,
    VersionView,
    WindowState,
)

_PICTURE = re.compile(r'src="attachment:([0-9A-Za-z]+)"')


@dataclass(frozen=True, slots=True)
class CallState:
    """A call as one visitor finds it now: `closes_at` is the deadline in force for his unit (the last where
    categories have their own), `extended` when it is later than what was announced."""

    window: WindowState
    closes_at: datetime
    extended: bool

    @property
    def name(self) -> str:
        """The state's name as `ui.state` knows it."""
        return {
            WindowState.UNPUBLISHED: "draft",
            WindowState.NOT_YET: "upcoming",
            WindowState.OPEN: "open",
            WindowState.GRACE: "closed",
            WindowState.CLOSED: "closed",
        }[self.window]


def call_state(rq: Rq, call: CallView) -> CallState:
    """The window as the visitor's unit has it."""
    closes_at = queries.deadline(rq.db, call, rq.actor.unit_id)
    announced = closes_by_rules(call.closes_at, call.rules)
    window = window_state(
        published_at=call.published_at, opens_at=call.opens_at, closes_at=closes_at, at=rq.now
    )
    return CallState(window, closes_at, closes_at != announced)


def case_deadline(rq: Rq, call: CallView, case: CaseView) -> datetime:
    """Until when this case can be handed in, in its category."""
    deadline = queries.deadline(rq.db, call, case.unit_id, case.category_key)
    if case.status is CaseStatus.RETURNED and case.return_due_at is not None:
        return max(deadline, case.return_due_at)
    return deadline


def body_shown(body_html: str, files_url: str) -> Markup:
    """A stored body with its pictures' addresses. Stored bodies are canonical (`foundation.richtext`)."""
    return Markup(_PICTURE.sub(rf'src="{files_url}/\1" loading="lazy"', body_html))  # noqa: S704  # cleaned before it was stored


def version_body(version: VersionView) -> Markup:
    """The body of a handed-in version."""
    return body_shown(version.body_html, f"/cases/{version.case_id}/versions/{version.ordinal}/files")


def stored_body(case_id: str, body: str) -> str:
    """The editor's HTML with our pictures named by attachment again."""
    address = rf'src="(?:https?://[^"/]+)?/cases/{re.escape(case_id)}/files/([0-9A-Za-z]+)[^"]*"'
    return re.sub(address, r'src="attachment:\1"', body)


def own_case(rq: Rq) -> CaseView:
    """The case named in the address, for those who may write in it: its unit and invited co-authors.

    Raises:
        NotSignedIn, NotFound, Forbidden
    """
    rq.signed_in()
    case = queries.case(rq.db, rq.path("case_id"))
    invited = queries.is_invited(rq.db, case.id, rq.actor)
    require(policy.may_edit(rq.actor, unit_id=case.unit_id, invited=invited))
    return case


@dataclass(frozen=True, slots=True)
class Task:
    """One line of the task list: `state` is done, todo, err or optional; `anchor` is where it is done."""

    key: str
    state: str
    anchor: str


_GROUPS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("basics", "title", ("title", "category_key", "practice_from", "practice_to", "summary")),
    ("authors", "authors-0-name", ("authors",)),
    ("body", "body", ("body",)),
    ("files", "files", ("files", "caption", "file")),
    ("claims", "claims", ("claims",)),
)


def tasks(findings: tuple[Finding, ...], *, untouched: frozenset[str]) -> list[Task]:
    """The task list from what is still to do; groups nobody has begun are new."""
    listed = []
    for key, anchor, fields in _GROUPS:
        mine = [each for each in findings if each.field.split("-")[0] in fields]
        blocking = [each for each in mine if each.blocking]
        if blocking:
            listed.append(Task(key, "new" if key in untouched else "todo", blocking[0].field))
        elif mine:
            listed.append(Task(key, "look", mine[0].field))
        else:
            listed.append(Task(key, "optional" if key in untouched else "done", anchor))
    return listed
