"""What editors and programs ask of builds, and what the API answers."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, Field

from casebook.making.values import CHOSEN, BuildKind, BuildView, Output
from casebook.values import EditionView
from foundation.errors import FieldError, Invalid
from foundation.forms import Form
from foundation.text import _


class BuildForm(Form):
    """What is asked for beside the Word file."""

    kind: BuildKind = BuildKind.PROOF
    outputs: list[Output] = Field(default_factory=list, max_length=10)

    def wanted(self) -> tuple[Output, ...]:
        """Raises Invalid: something that is always made, or never."""
        if not set(self.outputs) <= set(CHOSEN):
            raise Invalid([FieldError("outputs", _("请从列出的文件里选。"))])
        return tuple(each for each in CHOSEN if each in self.outputs)


class PublishForm(Form):
    """Under which address a book stands in the library, and which files readers are offered."""

    slug: str = Field("", max_length=60)
    offers: list[Output] = Field(default_factory=list, max_length=5)


class FileReply(BaseModel):
    """A file of a build."""

    output: str
    name: str
    media_type: str
    sha256: str
    size: int


class BuildReply(BaseModel):
    """One making of the book. `current`: nothing was changed in the edition since. `file_sha256` and
    `file_size` are those of the Word file."""

    number: int
    kind: str
    state: str
    again_of: int
    progress: int
    requested_at: datetime
    finished_at: datetime | None
    current: bool
    file_sha256: str | None
    file_size: int | None
    files: list[FileReply]
    pages: int | None
    entries: int | None
    pictures: int | None
    log: list[str]

    @classmethod
    def of(cls, view: BuildView, edition: EditionView) -> BuildReply:
        word = view.file(Output.WORD)
        return cls(
            number=view.number,
            kind=view.kind.value,
            state=view.state.value,
            again_of=view.again_of,
            progress=view.progress,
            requested_at=view.requested_at,
            finished_at=view.finished_at,
            current=view.edition_revision == edition.revision,
            file_sha256=word.sha256 if word else None,
            file_size=word.size if word else None,
            files=[
                FileReply(
                    output=each.output.value,
                    name=each.name,
                    media_type=each.media_type,
                    sha256=each.sha256,
                    size=each.size,
                )
                for each in view.files
            ],
            pages=view.pages,
            entries=view.entries,
            pictures=view.pictures,
            log=list(view.log),
        )
