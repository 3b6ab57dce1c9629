"""Identifiers sort by age and do not collide."""

import time

from foundation.ids import ID_LENGTH, new_id


def test_shape() -> None:
    made = new_id()
    assert (len(made), ID_LENGTH) == (16, 16)
    assert set(made) <= set("0123456789abcdefghjkmnpqrstvwxyz")


def test_younger_ids_sort_after_older_ones() -> None:
    made = []
    for _round in range(5):
        made.append(new_id())
        time.sleep(0.002)
    assert made == sorted(made)


def test_many_at_once_are_different() -> None:
    assert len({new_id() for _round in range(20_000)}) == 20_000
