"""What several pages show of superiors and the organiser deciding."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from foundation.actor import Role
from foundation.web import Rq
from submissions import policy, queries
from submissions.rules.fingerprints import sign
from submissions.rules.places import recommendations_allowed
from submissions.rules.recommending import verify_query
from submissions.values import CallView, CaseStatus, CaseView, FormSheet, StepKind, StepView


def quota(rq: Rq, call: CallView) -> tuple[int, int | None]:
    """How many the visitor's unit has recommended, and how many it may."""
    if not rq.actor.has(Role.RECOMMENDER) or rq.actor.unit_id is None:
        return (0, None)
    below = queries.handed_in_below(rq.db, call.id, rq.actor.unit_path)
    limit = recommendations_allowed(call.rules, handed_in_below=below)
    return (queries.recommendations_given(rq.db, call.id, rq.actor.unit_id), limit)


def verify_url(rq: Rq, sheet: FormSheet) -> str:
    """The full address that the code on a form leads to."""
    signature = sign(queries.receipt(rq.db, sheet.version_id), rq.edge.secret).signature
    return rq.absolute(verify_query(sheet.version_number, signature, sheet.recommendation_id))


def decision_panels(rq: Rq, case: CaseView, call: CallView, steps: Sequence[StepView]) -> dict[str, Any]:
    """What the case page shows beside the case: the quota, places, stamped forms, what was said about it."""
    above = policy.may_recommend(rq.actor, unit_path=case.unit_path) is None
    talks = case.status not in (CaseStatus.DRAFT, CaseStatus.WITHDRAWN)
    return {
        "quota": quota(rq, call),
        "places": places_seen(rq, call.id),
        "scans": queries.scans(rq.db, [case.id]).get(case.id, []),
        "outdated": _outdated(rq, case) if above else 0,
        "comments": [step for step in steps if step.kind is StepKind.COMMENTED],
        "may_comment": talks and (above or policy.may_check(rq.actor) is None),
    }


def places_seen(rq: Rq, call_id: str) -> dict[str, tuple[int, int]]:
    """Places in superiors' orders, for organisers and superiors: a branch learns nothing of others' cases."""
    if policy.may_check(rq.actor) is None:
        return queries.places(rq.db, call_id)
    if policy.may_forward(rq.actor) is None:
        return queries.places(rq.db, call_id, below=rq.actor.unit_path)
    return {}


def _outdated(rq: Rq, case: CaseView) -> int:
    """The ordinal of the older version that the visitor's unit recommends, 0 where it is none."""
    return queries.outdated_recommendations(rq.db, case.call_id, rq.actor.unit_id or "").get(case.id, 0)
