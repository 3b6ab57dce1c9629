"""What authors send about claims, evidence and the names in a case."""

from __future__ import annotations

from pydantic import Field

from foundation.forms import Form
from submissions.values import Source


class ClaimForm(Form):
    """Words of the body and the evidence for them: files of the case ticked, an address typed, one note."""

    quote: str = Field("", max_length=2000)
    files: list[str] = Field(default_factory=list, max_length=40)
    url: str = Field("", max_length=2000)
    note: str = Field("", max_length=1000)
    needless: bool = False

    def sources(self) -> tuple[Source, ...]:
        """The evidence, files before the address; the note goes with each."""
        files = tuple(Source(attachment_id=each, note=self.note) for each in self.files if each)
        return files + ((Source(url=self.url, note=self.note),) if self.url else ())
