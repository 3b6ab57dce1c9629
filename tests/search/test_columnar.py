"""Packed posting lists."""

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.whoosh_engine.columnar import Columns, unpacked

LISTS = st.dictionaries(
    st.integers(0, 2**31), st.lists(st.integers(0, 2**32 - 1), min_size=1, max_size=5), min_size=1
)


def packed(found: dict[int, list[int]]) -> Columns:
    columns = Columns()
    for document in sorted(found):
        columns.documents.append(document)
        columns.frequencies.append(len(found[document]))
        columns.places.extend(found[document])
    return columns


@given(LISTS)
def test_what_is_packed_comes_back(found: dict[int, list[int]]) -> None:
    documents, frequencies, places = unpacked(packed(found).packed())
    assert documents.tolist() == sorted(found)
    assert frequencies.tolist() == [len(found[document]) for document in sorted(found)]
    assert places.tolist() == [place for document in sorted(found) for place in found[document]]


@pytest.mark.parametrize("count", [1, 63, 64, 65, 1000])
def test_long_and_short_lists_alike(count: int) -> None:
    columns = packed({number * 7: [number] for number in range(count)})
    assert unpacked(columns.packed())[0].tolist() == [number * 7 for number in range(count)]


def test_the_narrowest_type_is_taken() -> None:
    common = packed({number: [number % 200] for number in range(1000)})
    assert len(common.packed()) == 11 + 1000 + 0 + 1000
    assert len(Columns(array("I", [70_000]), array("I", [1]), array("I")).packed()) == 11 + 4
