"""The book as values: what every renderer (Word today, others later) is given. Plain Python, no database."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal

from foundation.richtext import Block

Language = Literal["zh", "en"]
"""The language of the book's own fixed words (目录, 摘要, 图); the entries may be in any language."""


class Profile(StrEnum):
    """What kind of book it is: its title page's back and cover say other things.

    FORMAL is published by a press (ISBN, CIP data, price); INTERNAL is continuous or single internal material
    (permit number, "内部资料 免费交流", no price).
    """

    FORMAL = "formal"
    INTERNAL = "internal"


class Trim(StrEnum):
    """The size of a page after trimming."""

    K16_LARGE = "k16_large"
    K16 = "k16"
    A4 = "a4"


class Colours(StrEnum):
    """What the inside is printed with."""

    COLOUR = "colour"
    GREY = "grey"


class IndexKind(StrEnum):
    """An index at the end of a book."""

    UNITS = "units"
    TOPICS = "topics"
    PLACES = "places"


class FontRole(StrEnum):
    """What a typeface is used for: the text, titles, headings and labels, captions and heads of tables, what
    stands aside (units, summaries, quotations, running heads), and small print."""

    BODY = "body"
    DISPLAY = "display"
    HEADING = "heading"
    CAPTION = "caption"
    ASIDE = "aside"
    NOTES = "notes"


@dataclass(frozen=True, slots=True)
class Typeface:
    """The fonts of one role: one for Chinese, one for Latin letters and digits."""

    han: str
    latin: str


@dataclass(frozen=True, slots=True)
class Format:
    """How a book is set. `reference` is the house's own Word template, empty for ours; `fonts` are those that
    differ from ours."""

    profile: Profile = Profile.FORMAL
    trim: Trim = Trim.K16_LARGE
    colours: Colours = Colours.COLOUR
    reference: bytes = b""
    fonts: tuple[tuple[FontRole, Typeface], ...] = ()


@dataclass(frozen=True, slots=True)
class Matter:
    """A text of its own before or after the cases: a preface, the call's notice, an afterword."""

    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class BoardLine:
    """A line of the editorial board: an office and who holds it."""

    office: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture that stands after an entry's text. `src` is the key that the renderer's `Pictures` know."""

    src: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One awarded case as printed. Empty strings and tuples print nothing.

    `authors` are written as they shall be read ("刘某，党支部书记"); `photos` are those that the text itself
    does not show; `signoff_line` is the editors' line (编辑、签审、签发) under the text; `origin` says
    where a copy that goes about by itself is from. `id` is the same in every making of a book; `topics` and
    `places` are what its indexes know it by; `commendation` is what the jury says of it.
    """

    title: str
    unit: str
    prize: str = ""
    authors: tuple[str, ...] = ()
    summary: str = ""
    blocks: tuple[Block, ...] = ()
    photos: tuple[Photo, ...] = ()
    source_line: str = ""
    signoff_line: str = ""
    category: str = ""
    origin: str = ""
    id: str = ""
    topics: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    commendation: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Imprint:
    """What the copyright page and the covers say beyond title, publisher and year; nothing is invented where
    a field is empty.

    `cip` is the number of the CIP data, `cip_data` the data as the house got them, line by line. `staff` are
    those who answer for the book (责任编辑, 责任校对 ...). `characters` is the count as it shall be printed
    ("320千字"), counted where it is empty. `permit`, `audience` and `printed_on` belong to internal material.
    """

    compiler: str = ""
    isbn: str = ""
    cip: str = ""
    edition: str = ""
    printing: str = ""
    remark: str = ""
    cip_data: tuple[str, ...] = ()
    staff: tuple[BoardLine, ...] = ()
    address: str = ""
    printer: str = ""
    distributor: str = ""
    print_run: str = ""
    price: str = ""
    characters: str = ""
    rights: str = ""
    hotline: str = ""
    permit: str = ""
    audience: str = ""
    printed_on: str = ""


@dataclass(frozen=True, slots=True)
class Book:
    """`blurb` are the paragraphs on the back cover; `mark` stands at the top of each page of a proof."""

    title: str
    subtitle: str
    publisher: str
    year: int
    chapters: tuple[Chapter, ...] = ()
    imprint: Imprint = field(default_factory=Imprint)
    language: Language = "zh"
    format: Format = field(default_factory=Format)
    board: tuple[BoardLine, ...] = ()
    front: tuple[Matter, ...] = ()
    back: tuple[Matter, ...] = ()
    indexes: tuple[IndexKind, ...] = ()
    blurb: tuple[str, ...] = ()
    mark: str = ""

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every entry in reading order."""
        return tuple(entry for chapter in self.chapters for entry in chapter.entries)
