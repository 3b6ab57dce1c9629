"""What a juror may read."""

from __future__ import annotations

from dataclasses import dataclass, field

from submissions.values import AttachmentView, Author


@dataclass(frozen=True, slots=True)
class BlindSource:
    """A piece of evidence as a juror sees it: `kind` is photo, file or link; `name` is neutral, "" for what
    jurors do not get; a link has its address only where the call is not blind."""

    kind: str
    name: str
    caption: str
    note: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class BlindClaim:
    """A claim as a juror reads it; `number` counts from 1 in the version."""

    number: int
    words: str
    sources: tuple[BlindSource, ...]


@dataclass(frozen=True, slots=True)
class BlindCopy:
    """What a juror may read of a version: no unit, no authors, no receipt number, neutral file names.

    Picture sources in `body_html` are still `attachment:ID`; `attachments` carry neutral names and masked
    captions, in the authors' order. `word_count` is of the masked body: the true one would tell how long a
    name is. `masked` is how many places were covered.

    Where the call is not blind (`blind` False), the same value holds the text as it is, unit and authors, and
    files under their own names.
    """

    label: str
    title: str
    summary: str
    body_html: str
    category_name: str
    word_count: int
    attachments: tuple[AttachmentView, ...] = field(default_factory=tuple)
    masked: int = 0
    claims: tuple[BlindClaim, ...] = ()
    blind: bool = True
    unit_name: str = ""
    authors: tuple[Author, ...] = ()
