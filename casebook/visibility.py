"""Who sees rows of the casebook: editors. The cases themselves are public through the library."""

from __future__ import annotations

from casebook.aids.visibility import GRANTS as AIDS
from casebook.editing.visibility import GRANTS as EDITING
from casebook.houses.visibility import GRANTS as HOUSES
from casebook.making.visibility import GRANTS as MAKING
from casebook.matters.visibility import GRANTS as MATTERS
from casebook.models import Edition, EditionCall, EditionChapter, EditionEntry, Manuscript, ManuscriptDraft
from casebook.reports.visibility import GRANTS as REPORTS
from casebook.reviewing.visibility import GRANTS as REVIEWING
from foundation.actor import Actor, Role
from foundation.visibility import Grant


def _editor(actor: Actor) -> bool:
    return actor.has(Role.EDITOR)


GRANTS = (
    Grant(Edition, _editor),
    Grant(EditionCall, _editor),
    Grant(EditionChapter, _editor),
    Grant(EditionEntry, _editor),
    Grant(Manuscript, _editor),
    Grant(ManuscriptDraft, _editor),
    *MAKING,
    *AIDS,
    *EDITING,
    *REVIEWING,
    *MATTERS,
    *HOUSES,
    *REPORTS,
)
