"""Posting lists as arrays: what is packed comes back, one by one, in ranges and merged."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search import analysis
from search.scoring.arrays import Key
from search.whoosh_engine.blob import Chained, Strings, read, written
from search.whoosh_engine.lists import Flat, Lists, assembled, merged, unpacked
from search.whoosh_engine.packing import bits, short, unbits, unshort
from search.whoosh_engine.terms import indexed, number
from tests.search.factories import document

KEYS = st.sampled_from([0, 1, 5, 1 << 40, (1 << 63) + 5, (1 << 64) - 1])
OCCURRENCES = st.dictionaries(
    KEYS,
    st.dictionaries(st.integers(0, 300), st.sets(st.integers(0, 70_000), min_size=1, max_size=4), min_size=1),
    min_size=1,
)
Content = dict[int, dict[int, set[int]]]

few = settings(max_examples=30, deadline=None)


def flat(content: Content) -> Flat:
    """As a writer has it: occurrences in the order of documents and positions."""
    found = sorted(
        (document, position, key)
        for key, documents in content.items()
        for document, positions in documents.items()
        for position in positions
    )
    documents, positions, keys = zip(*found, strict=True)
    return Flat.of(np.array(keys, np.uint64), np.array(documents), np.array(positions))


def lists(content: Content) -> Lists:
    widths = np.full(301, 17, np.uint8)
    return Lists(assembled("p", iter([flat(content)]), widths), "p", widths)


def told(found: Lists, key: int) -> dict[int, set[int]]:
    stored = found.find(np.array([key, key ^ 1], np.uint64))
    part = unpacked(stored)
    assert part.sizes.tolist() == [each.size for each in stored]
    size = int(part.sizes[0])
    documents, counts = part.documents[:size], part.counts[:size]
    offsets = found.offsets(part, [each.at for each in stored])
    positions, owners = found.positions(documents, counts, offsets[:size])
    answer: dict[int, set[int]] = {each: set() for each in documents.tolist()}
    for owner, position in zip(owners.tolist(), positions.tolist(), strict=True):
        answer[int(documents[owner])].add(position)
    assert counts.tolist() == [len(held) for held in answer.values()]
    return answer


@few
@given(st.lists(st.integers(0, 2**32 - 1)))
def test_short_numbers_come_back(values: list[int]) -> None:
    assert unshort(short(np.array(values, np.int64))[0]).tolist() == values


@few
@given(st.lists(st.tuples(st.integers(1, 24), st.integers(0, 2**24 - 1))))
def test_fields_of_bits_come_back(items: list[tuple[int, int]]) -> None:
    widths = np.array([width for width, _ in items], np.int64)
    values = np.array([value % (1 << width) for width, value in items], np.int64)
    offsets = np.cumsum(widths) - widths
    field = bits(values, widths, offsets, -(-int(widths.sum()) // 8))
    assert unbits(np.append(field, np.zeros(4, np.uint8)), widths, offsets).tolist() == values.tolist()


@few
@given(OCCURRENCES)
def test_lists_come_back(content: Content) -> None:
    found = lists(content)
    for key in (0, 1, 2, 5, 1 << 40, (1 << 63) + 5, (1 << 64) - 1):
        assert told(found, key) == content.get(key, {})


@few
@given(OCCURRENCES, OCCURRENCES, st.sets(st.integers(0, 300)))
def test_merged_lists_are_those_of_both(one: Content, two: Content, gone: set[int]) -> None:
    places = np.array([-1 if old in gone else old for old in range(301)])
    sources = [(lists(one), places), (lists(two), np.arange(301) + 301)]
    widths = np.full(602, 17, np.uint8)
    found = Lists(assembled("p", merged(sources), widths), "p", widths)
    for key in {*one, *two}:
        kept = {old: held for old, held in one.get(key, {}).items() if old not in gone}
        assert told(found, key) == kept | {old + 301: held for old, held in two.get(key, {}).items()}


def test_lists_are_merged_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.whoosh_engine.lists.CHUNK", 40)
    content = {key: {each: {key % 7 + each} for each in range(key % 5 + 1)} for key in range(200)}
    widths = np.full(301, 17, np.uint8)
    pieces = list(merged([(lists(content), np.arange(301)), (lists({7: {0: {1}}}), np.arange(301) + 9)]))
    found = Lists(assembled("p", iter(pieces), widths), "p", widths)
    assert len(pieces) > 5
    assert {key: told(found, key) for key in content if key != 7} == {
        k: v for k, v in content.items() if k != 7
    }
    assert told(found, 7) == content[7] | {9: {1}}


@few
@given(st.text(alphabet="党建ab1 ，。\n好"))
def test_the_numbers_are_those_of_the_analysis(text: str) -> None:
    """The quick way that the index uses gives what the analysis says of a text."""
    item = indexed(document(title=text, body=text, unit="", category="", prize="", call="", year=0))
    whole = analysis.folded_text(analysis.indexed_text(item.document))
    terms = analysis.terms(whole)
    assert item.words.tolist() == [number(Key("w", word)) for word in terms.words]
    assert item.pairs.tolist() == [number(Key("p", pair)) for pair in terms.pairs]
    assert item.positions.tolist() == terms.positions
    assert item.characters.tolist() == [ord(character) for character in terms.characters]


@few
@given(st.lists(st.text(min_size=1, max_size=3)), st.lists(st.text(max_size=3)))
def test_texts_in_one_piece(one: list[str], two: list[str]) -> None:
    first = Strings.of(one)
    chained = Chained([first, Strings.of(two)])
    assert list(chained) == one + two == [chained[place] for place in range(len(chained))]
    for text in one:
        found = first.find(text)
        assert found is not None
        assert one[found] == text
    assert first.find("no such text") is None


def test_a_blob_that_is_none_is_refused() -> None:
    arrays: dict[str, Any] = {"a": np.arange(3, dtype=np.uint16), "b": np.zeros(0, np.int64)}
    data = b"".join(written(arrays))
    assert {name: array.tolist() for name, array in read(memoryview(data)).items()} == {
        "a": [0, 1, 2],
        "b": [],
    }
    with pytest.raises(ValueError, match="blob"):
        read(memoryview(b"x" + data))
