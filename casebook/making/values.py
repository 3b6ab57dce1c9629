"""Values of making a book: what pages, the API and the command line are told of a build."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from casebook.docx.trims import SHEET_PAGES
from casebook.printcheck import PrintFinding


class BuildKind(StrEnum):
    """A PROOF (校样) bears its number and date on each page; a FINAL file goes to the printer."""

    PROOF = "proof"
    FINAL = "final"


class BuildState(StrEnum):
    """Where a making of the book stands. WITHDRAWN: it holds a case whose award was revoked later."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    WITHDRAWN = "withdrawn"


ACTIVE = (BuildState.QUEUED, BuildState.RUNNING)


class Output(StrEnum):
    """A file that comes out of a build. WORD is always made; BOOK is the book's values, what it is built
    again from."""

    WORD = "word"
    PRINT_PDF = "print"
    SCREEN_PDF = "screen"
    COVER = "cover"
    EPUB = "epub"
    CASES = "cases"
    MANIFEST = "manifest"
    BOOK = "book"


CHOSEN = (Output.PRINT_PDF, Output.SCREEN_PDF, Output.COVER, Output.EPUB, Output.CASES)
"""What an editor can leave out of a build."""


@dataclass(frozen=True, slots=True)
class BuiltFile:
    """A file of a build; `name` is how it is called when it is fetched."""

    output: Output
    name: str
    media_type: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class BuildView:
    """One making of the book. `progress` is in percent, `step` is a message id, `log` technical lines.

    `again_of` is the number of the build whose manifest this one was made from; 0: from the book as it was.
    """

    id: str
    edition_id: str
    number: int
    kind: BuildKind
    state: BuildState
    again_of: int
    progress: int
    step: str
    requested_at: datetime
    requested_by: str
    finished_at: datetime | None
    edition_revision: int
    award_ids: tuple[str, ...]
    wanted: tuple[Output, ...]
    files: tuple[BuiltFile, ...]
    pages: int | None
    entries: int | None
    pictures: int | None
    log: tuple[str, ...]
    report: tuple[PrintFinding, ...] = ()
    fonts: tuple[str, ...] = ()

    @property
    def active(self) -> bool:
        return self.state in ACTIVE

    @property
    def downloadable(self) -> bool:
        return self.state is BuildState.DONE and self.file(Output.WORD) is not None

    @property
    def sheets(self) -> str:
        """Sheets of 16 pages (印张), as a printer counts them."""
        return f"{(self.pages or 0) / SHEET_PAGES:.3f}".rstrip("0").rstrip(".")

    def file(self, output: Output) -> BuiltFile | None:
        return next((each for each in self.files if each.output == output), None)
