"""Thickness of a book."""

import pytest

from casebook.rules.spine import spine


@pytest.mark.parametrize(
    ("pages", "weight", "leaf", "thickness", "words"),
    [
        (200, 80, 0, 10.8, True),
        (200, 80, 90, 9.0, True),
        (92, 80, 0, 5.0, True),
        (80, 80, 0, 4.3, False),
        (201, 0, 100, 10.1, True),
        (0, 80, 0, 0.0, False),
        (200, 0, 0, 0.0, False),
    ],
)
def test_thickness(pages: int, weight: int, leaf: int, thickness: float, words: bool) -> None:
    found = spine(pages, paper_weight=weight, leaf_thickness=leaf)
    assert (found.millimetres, found.has_words, found.known) == (thickness, words, thickness > 0)
