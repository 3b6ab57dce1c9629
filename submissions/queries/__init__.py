"""Reads of submissions. What the session's actor may not see is not there: `visibility.GRANTS` says so.

Other packages that need versions beyond what an actor sees here (jurors, the library) permit it themselves
and read inside `foundation.visibility.as_system`.
"""

from submissions.queries.calls import (
    call,
    call_by_slug,
    call_view,
    calls,
    closings_due,
    deadline,
    extensions,
    revision_of,
)
from submissions.queries.cases import (
    Filling,
    case,
    cases_of_unit,
    count_handed_in,
    filling,
    handed_in,
    places_taken,
    window_for,
)
from submissions.queries.drafts import (
    attachment,
    attachment_view,
    attachments,
    differs,
    draft,
    draft_text,
    fingerprint,
)
from submissions.queries.history import (
    handed_in_below,
    recommendations,
    recommendations_given,
    steps,
)
from submissions.queries.versions import (
    entries,
    receipt,
    receipt_of,
    version,
    version_numbered,
    version_view,
    versions,
)

__all__ = [
    "Filling",
    "attachment",
    "attachment_view",
    "attachments",
    "call",
    "call_by_slug",
    "call_view",
    "calls",
    "case",
    "cases_of_unit",
    "closings_due",
    "count_handed_in",
    "deadline",
    "differs",
    "draft",
    "draft_text",
    "entries",
    "extensions",
    "filling",
    "fingerprint",
    "handed_in",
    "handed_in_below",
    "places_taken",
    "receipt",
    "receipt_of",
    "recommendations",
    "recommendations_given",
    "revision_of",
    "steps",
    "version",
    "version_numbered",
    "version_view",
    "versions",
    "window_for",
]
