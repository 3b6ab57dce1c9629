"""Wrong tries: counted by name for a quarter of an hour, kept as hashes."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from foundation import tries
from foundation.db import Database
from foundation.errors import TooMany
from foundation.text import _
from tests.support.factories import NOW

SLOWLY = _("请稍后再试。")


def test_a_name_that_failed_too_often_waits_and_others_do_not(sqlite_database: Database) -> None:
    limits = {"unit 1": 2, "browser 1": 5}
    with sqlite_database.write() as db:
        for _try in range(2):
            tries.refuse_more(db, now=NOW, limits=limits, reason=SLOWLY)
            tries.note(db, now=NOW, names=limits)
        with pytest.raises(TooMany) as refused:
            tries.refuse_more(db, now=NOW, limits=limits, reason=SLOWLY)
        assert (refused.value.reason, refused.value.retry_after) == (SLOWLY, 900)
        tries.refuse_more(db, now=NOW, limits={"unit 2": 2, "browser 1": 5}, reason=SLOWLY)
        later = NOW + timedelta(minutes=16)
        tries.refuse_more(db, now=later, limits=limits, reason=SLOWLY)
        tries.note(db, now=later, names=["unit 3"])
        kept = list(db.scalars(select(tries.FailedTry.key)))
        assert len(kept) == 1
        assert "unit" not in kept[0]
