"""What is counted while one document is written: bookmarks, drawings, lists, links, notes, pictures."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from casebook.docx.media import MediaShelf
from casebook.docx.numbering import BULLET_NUM, FIRST_FREE_NUM
from casebook.docx.palette import PALETTE, Palette
from casebook.docx.sections import Turned
from casebook.wording import Wording
from foundation.richtext import Run


@dataclass(slots=True)
class Draft:
    """The state of one rendering. `measure` is the width of the text in twips, `palette`
    the colours of what is drawn.

    `targets` are the bookmarks of entries by their ids, `folios` the printed page numbers by bookmark, None
    when they are not known; `notes` are the notes of the text that is being written, `turned` how its pages
    are turned (None: they cannot be).
    """

    shelf: MediaShelf
    wording: Wording
    measure: int
    palette: Palette = PALETTE
    targets: Mapping[str, str] = field(default_factory=dict)
    folios: Mapping[str, str] | None = None
    turned: Turned | None = None
    notes: tuple[tuple[Run, ...], ...] = ()
    footnotes: list[str] = field(default_factory=list)
    ordered_lists: list[tuple[int, int]] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    _bookmarks: int = 0
    _drawings: int = 0

    def next_bookmark(self) -> int:
        self._bookmarks += 1
        return self._bookmarks

    def next_drawing(self) -> int:
        self._drawings += 1
        return self._drawings

    def list_number(self, ordered: bool, level: int) -> int:
        """The `w:num` of a list; each ordered list has one of its own, so that it begins at 1."""
        if not ordered:
            return BULLET_NUM
        number = FIRST_FREE_NUM + len(self.ordered_lists)
        self.ordered_lists.append((number, level))
        return number

    def link(self, href: str) -> str:
        """The relationship of an address."""
        return self.links.setdefault(href, f"rIdLink{len(self.links) + 1}")

    def footnote(self, content: str) -> int:
        """Keep a note's paragraph for the notes' part; returns the note's id, from 1."""
        self.footnotes.append(content)
        return len(self.footnotes)
