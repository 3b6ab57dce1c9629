"""What editors send about a book: the form of the page 书籍信息与版式."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import Field, field_validator

from casebook.book import Colours, FontRole, IndexKind, Profile, Trim, Typeface
from casebook.details import EditionDetails
from casebook.docx.look import FONTS
from foundation.forms import Form, FormError
from foundation.text import _

_FONT = re.compile(r"[\w .·\-]{0,40}")


class DetailsForm(Form):
    """`revision` is that of the details on the page it was edited on; `font` are names by role, the Chinese
    and the Latin one of each in turn."""

    revision: int
    title: str = Field("", max_length=100)
    subtitle: str = Field("", max_length=100)
    publisher: str = Field("", max_length=100)
    compiler: str = Field("", max_length=100)
    year: int = Field(ge=1900, le=2200)
    language: Literal["zh", "en"] = "zh"
    isbn: str = Field("", max_length=60)
    cip: str = Field("", max_length=60)
    edition_line: str = Field("", max_length=100)
    printing_line: str = Field("", max_length=100)
    remark: str = Field("", max_length=1000)
    profile: Profile = Profile.FORMAL
    trim: Trim = Trim.K16_LARGE
    colours: Colours = Colours.COLOUR
    template: str = Field("", max_length=40)
    font: list[str] = Field([], max_length=2 * len(FontRole))
    indexes: list[IndexKind] = Field([], max_length=3)
    cip_data: str = Field("", max_length=2000)
    staff: str = Field("", max_length=2000)
    board: str = Field("", max_length=8000)
    address: str = Field("", max_length=200)
    printer: str = Field("", max_length=100)
    distributor: str = Field("", max_length=100)
    print_run: str = Field("", max_length=60)
    price: str = Field("", max_length=60)
    characters: str = Field("", max_length=60)
    rights: str = Field("", max_length=200)
    hotline: str = Field("", max_length=100)
    permit: str = Field("", max_length=100)
    audience: str = Field("", max_length=200)
    printed_on: str = Field("", max_length=60)
    blurb: str = Field("", max_length=2000)
    paper_weight: int = Field(0, ge=0, le=500)
    leaf_thickness: int = Field(0, ge=0, le=2000)
    planned_pages: int = Field(0, ge=0, le=5000)

    @field_validator("font")
    @classmethod
    def _names_of_fonts(cls, value: list[str]) -> list[str]:
        if any(_FONT.fullmatch(name) is None for name in value):
            raise FormError(_("字体名称最多 40 个字，只能有文字、数字、空格、点和连字符"))
        return value

    def details(self) -> EditionDetails:
        written = self.model_dump(exclude={"revision", "font", "indexes"})
        return EditionDetails(**written, fonts=chosen_fonts(self.font), indexes=tuple(self.indexes))


def chosen_fonts(names: list[str]) -> tuple[tuple[FontRole, Typeface], ...]:
    """Fonts as the page sends them; an empty name is ours."""
    found = []
    for role, han, latin in zip(FontRole, names[::2], names[1::2], strict=False):
        face = Typeface(han or FONTS[role].han, latin or FONTS[role].latin)
        if face != FONTS[role]:
            found.append((role, face))
    return tuple(found)
