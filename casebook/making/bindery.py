"""What the pages of made books are given by the application."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from casebook.making.previews import Previews
from foundation.files import OwnFiles

CaseLinks = Callable[[Session, Sequence[str]], Mapping[str, str]]
"""Case id -> its address in the library, of those that the session's actor may read there."""


@dataclass(frozen=True, slots=True)
class Bindery:
    """`books` is the store of made files; `office`: whether PDF files can be made here."""

    books: OwnFiles
    previews: Previews
    office: bool
    links: CaseLinks
