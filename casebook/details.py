"""What an editor says about a book: the values behind the page 书籍信息与版式. Pure Python."""

from __future__ import annotations

from dataclasses import dataclass

from casebook.book import Colours, FontRole, IndexKind, Language, Profile, Trim, Typeface


@dataclass(frozen=True, slots=True)
class EditionDetails:
    """Empty means: nothing is said, and nothing printed.

    `staff` and `board` are lines of an office and names ("主编：张三、李四"), `cip_data` and `blurb` lines of
    text. `template` is the id of a version of a house's own Word template. `paper_weight` in grams a square
    metre, `leaf_thickness` in micrometres, 0 where it is not known; `planned_pages` are those between the
    covers, 0 to take them from the last file.
    """

    title: str
    subtitle: str = ""
    publisher: str = ""
    compiler: str = ""
    year: int = 2000
    language: Language = "zh"
    isbn: str = ""
    cip: str = ""
    edition_line: str = ""
    printing_line: str = ""
    remark: str = ""
    profile: Profile = Profile.FORMAL
    trim: Trim = Trim.K16_LARGE
    colours: Colours = Colours.COLOUR
    template: str = ""
    fonts: tuple[tuple[FontRole, Typeface], ...] = ()
    indexes: tuple[IndexKind, ...] = (IndexKind.UNITS, IndexKind.TOPICS, IndexKind.PLACES)
    cip_data: str = ""
    staff: str = ""
    board: str = ""
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
    blurb: str = ""
    paper_weight: int = 0
    leaf_thickness: int = 0
    planned_pages: int = 0
