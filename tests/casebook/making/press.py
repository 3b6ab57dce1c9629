"""An edition that is through its reviews and proofs, so that final files can be made."""

from casebook.reviewing.values import PROOFS, Step
from foundation.db import Database
from tests.casebook.reviewing.world import Office, office


def cleared(database: Database) -> Office:
    """Three cases and the texts around them, each signed by three people."""
    made = office(database)
    for subject in (made.edition_id, *made.desk.entries()):
        made.review(subject)
        for number, step in enumerate(PROOFS[: PROOFS.index(Step.READING)]):
            made.sign(1 + number % 2, subject, step)
    return made
