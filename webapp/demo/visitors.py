"""The demonstration's accounts, offered on the sign-in page where the demonstration runs."""

from collections.abc import Sequence
from functools import cache

from sqlalchemy.orm import Session

from foundation.people import user_by_email
from webapp.accounts.pages import TryOut
from webapp.demo.reading import Content


def try_outs(db: Session) -> Sequence[TryOut]:
    """The accounts that exist: none in a database that was not loaded with the demonstration."""
    return [each for each in _known() if user_by_email(db, each.email)]


@cache
def _known() -> tuple[TryOut, ...]:
    content = Content()
    return tuple(
        TryOut(each.name, each.email, content.password, each.roles, each.todo) for each in content.people
    )
