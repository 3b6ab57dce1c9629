"""Word files are written by the package that knows Word; `webapp.wiring` hands these in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from foundation.richtext import Block
from judging.values.honours import Sheet


@dataclass(frozen=True, slots=True)
class Paper:
    """A document of text and tables: a letter, minutes. `author` goes into the file's properties."""

    title: str
    blocks: tuple[Block, ...]
    author: str = ""


DocumentWriter = Callable[[Paper], bytes]
"""Writes a Word file. It takes time: never inside a write transaction."""

CertificateWriter = Callable[[Sequence[Sheet]], bytes]
"""Writes certificates as one Word file, a page each."""


@dataclass(frozen=True, slots=True)
class Writers:
    """Both together."""

    document: DocumentWriter
    certificates: CertificateWriter
