"""The latest word of units on what evidence the library shows."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation.visibility import as_system
from search.curation.models.evidence import EvidenceWord

Words = Mapping[str, bool]
"""Attachment id -> whether it may be shown, for those about which something was said after the award."""
NOTHING_SAID: Words = {}


def words_on_evidence(db: Session, case_ids: Collection[str] | None = None) -> dict[str, dict[str, bool]]:
    """Case id -> words, of these cases (None: all) whose gate the caller has passed."""
    query = select(EvidenceWord.case_id, EvidenceWord.attachment_id, EvidenceWord.released)
    if case_ids is not None:
        query = query.where(EvidenceWord.case_id.in_(list(case_ids)))
    found: dict[str, dict[str, bool]] = {}
    with as_system(db):
        for case_id, attachment_id, released in db.execute(query):
            found.setdefault(case_id, {})[attachment_id] = released
    return found
