"""The copy a juror reads: whoever wrote it and wherever they work is covered, nothing else is changed.

What is covered in any case: the names of the unit and of those above it, of the authors, and addresses of
mail, telephone and web, which give the unit away as surely (`submissions.identity.names`); links lead
nowhere. On top of that whatever the author or the organiser has decided to cover, and photos they keep back.
Names are found across bold, links and other formatting.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from foundation import richtext
from foundation.richtext import Block, Cell, Figure, Heading, ListBlock, Paragraph, Quote, Run, Table
from foundation.wordcount import word_count
from judging.cleaning import CLEANABLE
from judging.values import BlindClaim, BlindCopy, BlindSource
from submissions.identity import Span, name_pattern, spans, standing_patterns
from submissions.values import (
    UNDECIDED,
    AttachmentView,
    Claim,
    DecidedMask,
    IdentityDecision,
    Source,
    VersionView,
)


@dataclass(slots=True)
class Mask:
    """What has to be covered, compiled once per version. `count` grows with each place covered."""

    units: tuple[str, ...]
    authors: tuple[str, ...]
    decided: tuple[DecidedMask, ...] = ()
    count: int = 0
    _patterns: list[tuple[re.Pattern[str], str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._patterns = standing_patterns(self.units, self.authors)
        self._patterns += [(name_pattern(each.words), each.token) for each in self.decided]

    def spans(self, text: str) -> list[Span]:
        """Places to cover in `text`, in order, without overlap; the longest name wins."""
        return spans(text, self._patterns)

    def text(self, text: str) -> str:
        """A plain text with every name covered."""
        return "".join(run.text for run in self.runs((Run(text),))) if text else text

    def quietly(self, text: str) -> str:
        """The same without counting: for words that are counted where they stand in the body."""
        before = self.count
        covered = self.text(text)
        self.count = before
        return covered

    def runs(self, runs: Sequence[Run]) -> tuple[Run, ...]:
        """Formatted text with every name covered, also one whose characters are formatted differently."""
        whole = "".join(run.text for run in runs)
        places = _joined(self.spans(whole), whole)
        self.count += len(places)
        kept: list[Run] = []
        start = 0
        for run in runs:
            end = start + len(run.text)
            covered = "".join(_covered(whole, start, end, places))
            if covered:
                kept.append(replace(run, text=covered, href=""))
            start = end
        return tuple(kept)


def _covered(whole: str, start: int, end: int, places: Sequence[Span]) -> Iterator[str]:
    """The characters of one run: a covered place is written where it begins and left out where it goes on."""
    place = start
    for span_start, span_end, token in places:
        if span_end <= start or span_start >= end:
            continue
        if span_start >= place:
            yield whole[place:span_start]
            yield token
        place = max(place, min(span_end, end))
    yield whole[place:end]


def _joined(places: Sequence[Span], whole: str) -> list[Span]:
    """Neighbours that would read 〔单位〕〔单位〕 become one: how many names stood there shows nothing."""
    joined: list[Span] = []
    for start, end, token in places:
        if joined and joined[-1][2] == token and not whole[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], end, token)
        else:
            joined.append((start, end, token))
    return joined


def blind_copy(
    version: VersionView,
    *,
    label: str,
    category_name: str,
    unit_names: Sequence[str],
    with_files: bool = False,
    decision: IdentityDecision = UNDECIDED,
) -> BlindCopy:
    """The masked reading copy of a version.

    Args:
        label: the case's anonymous number.
        unit_names: names and short names of the unit and of those above it, beside the version's own.
        with_files: also list the files; their content cannot be masked, so the organiser decides. Photos
            are always there unless they were kept back.
        decision: what the author or the organiser has decided to cover and to keep back.
    """
    mask = mask_of(version, unit_names, decision)
    title, summary = mask.text(version.title), mask.text(version.summary)
    content = without_pictures(richtext.blocks(version.body_html), frozenset(decision.withheld))
    body = richtext.html(masked_blocks(content, mask))
    shown = [each for each in version.attachments if each.id not in decision.withheld]
    attachments = tuple(_attachments(shown, mask, with_files))
    return BlindCopy(
        label=label,
        title=title,
        summary=summary,
        body_html=body,
        category_name=category_name,
        word_count=word_count(richtext.plain(body)),
        attachments=attachments,
        masked=mask.count,
        claims=tuple(blind_claims(version, mask, attachments)),
    )


def open_copy(version: VersionView, *, label: str, category_name: str) -> BlindCopy:
    """The reading copy where the call is not blind: everything as it was handed in."""
    attachments = tuple(_under_own_names(version.attachments))
    shown = {each.id: each for each in attachments}
    return BlindCopy(
        label=label,
        title=version.title,
        summary=version.summary,
        body_html=version.body_html,
        category_name=category_name,
        word_count=version.word_count,
        attachments=attachments,
        claims=tuple(
            BlindClaim(number, claim.quote, tuple(_open_source(each, shown) for each in claim.sources))
            for number, claim in enumerate(version.claims, start=1)
        ),
        blind=False,
        unit_name=version.unit_name,
        authors=version.authors,
    )


def _open_source(source: Source, shown: Mapping[str, AttachmentView]) -> BlindSource:
    if source.url:
        return BlindSource(kind="link", name="", caption="", note=source.note, url=source.url)
    found = shown.get(source.attachment_id)
    if found is None:
        return BlindSource(kind="file", name="", caption="", note=source.note)
    return BlindSource(kind=found.kind, name=found.name, caption=found.caption, note=source.note)


def _under_own_names(attachments: Iterable[AttachmentView]) -> Iterator[AttachmentView]:
    """Files in the authors' order; of two with one name the later gets a number: a name is one file."""
    taken: set[str] = set()
    for attachment in sorted(attachments, key=lambda each: (each.position, each.id)):
        path = PurePosixPath(attachment.name.replace("/", "_").replace("\\", "_") or attachment.kind)
        name, number = path.name, 2
        while name.casefold() in taken:
            name, number = f"{path.stem} ({number}){path.suffix}", number + 1
        taken.add(name.casefold())
        yield replace(attachment, name=name)


def mask_of(version: VersionView, unit_names: Sequence[str], decision: IdentityDecision) -> Mask:
    """The mask of a version."""
    authors = tuple(author.name for author in version.authors)
    return Mask((version.unit_name, *unit_names), authors, decision.masks)


def without_pictures(content: Iterable[Block], withheld: frozenset[str]) -> Iterator[Block]:
    """Blocks without the pictures that are kept back, their captions included."""
    for block in content:
        match block:
            case Figure() if block.attachment_id in withheld:
                continue
            case ListBlock(items=items):
                yield replace(block, items=tuple(tuple(without_pictures(item, withheld)) for item in items))
            case Table(rows=rows):
                yield replace(
                    block,
                    rows=tuple(
                        tuple(
                            replace(cell, blocks=tuple(without_pictures(cell.blocks, withheld)))
                            for cell in row
                        )
                        for row in rows
                    ),
                )
            case Quote(blocks=inner):
                yield replace(block, blocks=tuple(without_pictures(inner, withheld)))
            case _:
                yield block


def blind_claims(version: VersionView, mask: Mask, shown: Sequence[AttachmentView]) -> Iterator[BlindClaim]:
    """The claims with their evidence: words covered as in the text around them, files by their neutral
    names, web addresses left out. A file that jurors do not get is named as such."""
    names = {each.id: each for each in shown}
    kinds = {each.id: each.kind for each in version.attachments}
    text = richtext.plain(version.body_html)
    for number, claim in enumerate(version.claims, start=1):
        sources = tuple(
            _blind_source(source, names.get(source.attachment_id), kinds.get(source.attachment_id), mask)
            for source in claim.sources
        )
        yield BlindClaim(number=number, words=_words_covered(text, claim, mask), sources=sources)


def _words_covered(text: str, claim: Claim, mask: Mask) -> str:
    """The claim's words as the masked body shows them; names over their edge are covered whole."""
    at = text.find(claim.before + claim.quote)
    if at < 0:
        return mask.quietly(claim.quote)
    start, end = at + len(claim.before), at + len(claim.before) + len(claim.quote)
    for place_start, place_end, _token in mask.spans(text):
        if place_start < end and start < place_end:
            start, end = min(start, place_start), max(end, place_end)
    return mask.quietly(text[start:end])


def _blind_source(source: Source, shown: AttachmentView | None, kind: str | None, mask: Mask) -> BlindSource:
    return BlindSource(
        kind="link" if source.url else (kind or "file"),
        name=shown.name if shown is not None else "",
        caption=shown.caption if shown is not None else "",
        note=mask.quietly(source.note),
    )


def masked_blocks(content: Iterable[Block], mask: Mask) -> Iterator[Block]:
    """Blocks with every run, caption and alternative text covered."""
    for block in content:
        match block:
            case Heading(runs=runs) | Paragraph(runs=runs):
                yield replace(block, runs=mask.runs(runs))
            case ListBlock(items=items):
                yield replace(block, items=tuple(tuple(masked_blocks(item, mask)) for item in items))
            case Table(rows=rows, caption=caption):
                yield replace(
                    block,
                    rows=tuple(tuple(_masked_cell(cell, mask) for cell in row) for row in rows),
                    caption=mask.text(caption),
                )
            case Figure(alt=alt, caption=caption):
                yield replace(block, alt=mask.text(alt), caption=mask.text(caption))
            case Quote(blocks=inner):
                yield replace(block, blocks=tuple(masked_blocks(inner, mask)))


def _masked_cell(cell: Cell, mask: Mask) -> Cell:
    return replace(cell, blocks=tuple(masked_blocks(cell.blocks, mask)))


def _attachments(
    attachments: Iterable[AttachmentView], mask: Mask, with_files: bool
) -> Iterator[AttachmentView]:
    """Neutral names, masked captions. The hash goes: it would lead to the same file elsewhere."""
    counts = {"photo": 0, "file": 0}
    for attachment in sorted(attachments, key=lambda each: (each.position, each.id)):
        if attachment.kind == "file" and not (with_files and attachment.media_type in CLEANABLE):
            continue
        counts[attachment.kind] += 1
        yield replace(
            attachment,
            name=neutral_name(attachment.kind, counts[attachment.kind], attachment.name),
            caption=mask.text(attachment.caption),
        )


_NEUTRAL: dict[str, Callable[[int], str]] = {
    "photo": lambda number: f"photo-{number}",
    "file": lambda number: f"attachment-{number}",
}


def neutral_name(kind: str, number: int, name: str) -> str:
    """ "张三-审计局.docx" -> "attachment-1.docx"; only a plain ending of up to five characters is kept."""
    ending = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    return _NEUTRAL[kind](number) + (ending if re.fullmatch(r"\.[a-z0-9]{1,5}", ending) else "")
