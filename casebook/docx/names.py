"""Names of bookmarks that contents and references lead to."""

from casebook.book import IndexKind

BOARD = "_TocBoard"


def front(place: int) -> str:
    """The `place`-th text before the cases, from 1."""
    return f"_TocFront{place:03d}"


def back(place: int) -> str:
    """The `place`-th text after the cases, from 1."""
    return f"_TocBack{place:03d}"


def chapter(number: int) -> str:
    return f"_TocChapter{number:03d}"


def index(kind: IndexKind) -> str:
    return f"_TocIndex{kind.capitalize()}"


def entry(number: int) -> str:
    return f"_TocCase{number:05d}"
