"""Who sees builds: editors. A book that is published is there for everybody; what of it a reader is shown
depends on the cases that the library lets him read."""

from __future__ import annotations

from casebook.making.models import BookBuild, BuildFile, InclusionCertificate, PublishedBook
from foundation.actor import Actor, Role
from foundation.visibility import Grant


def _editor(actor: Actor) -> bool:
    return actor.has(Role.EDITOR)


GRANTS = (
    Grant(BookBuild, _editor),
    Grant(BuildFile, _editor),
    Grant(InclusionCertificate, _editor),
    Grant(PublishedBook, _editor),
    Grant(PublishedBook, lambda _actor: PublishedBook.withdrawn_at.is_(None)),
)
