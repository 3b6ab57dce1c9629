"""A letter is written in its reader's language, whoever causes it."""

from datetime import datetime

import pytest
from sqlalchemy import select

from foundation import mail
from foundation.actor import Actor, Role
from foundation.db import Database
from foundation.mail import OutgoingMail
from foundation.people import actor_of
from foundation.text import _, use_translations
from tests.support.factories import make_user
from webapp.languages import languages

CHINESE, ENGLISH = "草稿", "draft"


@pytest.mark.parametrize(
    ("sender_page", "reader_language", "own", "written"),
    [
        ("zh", "en", False, ENGLISH),
        ("en", "zh", False, CHINESE),
        ("en", "", False, CHINESE),
        ("en", "", True, ENGLISH),
        ("zh", "", True, CHINESE),
        ("en", "fr", False, CHINESE),
    ],
)
def test_the_readers_language(
    sqlite_database: Database, now: datetime, sender_page: str, reader_language: str, own: bool, written: str
) -> None:
    with sqlite_database.write() as db:
        reader = make_user(db, Role.SUBMITTER, email="li@example.org")
        reader.language = reader_language
        actor = actor_of(reader) if own else Actor("somebody", "王组织", frozenset({Role.ORGANISER}))
    with sqlite_database.write(actor) as db, use_translations(languages()[sender_page]):
        mail.queue(db, now=now, to="LI@example.org", subject=_("草稿"), body=_("草稿"))
    with sqlite_database.read() as db:
        sent = db.scalars(select(OutgoingMail)).one()
        assert (sent.subject, sent.body) == (written, written)
