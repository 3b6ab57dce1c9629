"""Which language somebody is written to."""

from collections.abc import Mapping
from gettext import NullTranslations

from sqlalchemy.orm import Session

from foundation import people
from foundation.actor import SYSTEM, Actor
from foundation.text import current_translations


def reader_translations(db: Session, address: str, reader: people.User | None = None) -> NullTranslations:
    """The language that the reader of a letter has chosen, whoever causes the letter.

    Who has chosen none is written to in the language of his page where he causes the letter himself, and in
    the product's own where somebody else does. `reader` is who has the address, where the caller knows it.
    """
    languages: Mapping[str, NullTranslations] = db.info.get("languages", {})
    actor: Actor = db.info.get("actor", SYSTEM)
    reader = reader or people.user_by_email(db, address)
    if reader is not None and reader.language in languages:
        return languages[reader.language]
    if reader is None or not actor.signed_in or reader.id == actor.user_id:
        return current_translations()
    return next(iter(languages.values()), current_translations())
