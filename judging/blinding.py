"""The copy a juror reads: whoever wrote it and wherever they work is covered, nothing else is changed.

Names are found across bold, links and other formatting, with blanks or invisible characters between the
characters of a Chinese name, in either width, and in any case for Latin letters. Addresses of mail, telephone
and web give the unit away as surely as its name, so they are covered as well, and links lead nowhere.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from foundation import richtext
from foundation.richtext import Block, Cell, Figure, Heading, ListBlock, Paragraph, Quote, Run, Table
from foundation.wordcount import word_count
from judging.cleaning import CLEANABLE
from judging.values import BlindCopy
from submissions.values import AttachmentView, VersionView

UNIT = "〔单位〕"
AUTHOR = "〔作者〕"
CONTACT = "〔联系方式〕"
LINK = "〔网址〕"

SHORTEST_STEM = 4
"""A name without its "支部" or "公司" is looked for only from this length on: "机关" would cover too much."""

_GAP = r"[\s\u00ad\u200b-\u200d\u2060\ufeff]*"
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_ENDINGS = re.compile(
    r"(?:支部委员会|总支部委员会|基层委员会|委员会|党总支部?|联合党支部|党支部|机关党委|党委|党组|支部|"
    r"股份有限公司|有限责任公司|有限公司|集团公司|公司)$"
)
_PARTY = re.compile(r"^(?:中国共产党|中共)")
_REGION = re.compile(r"^.{1,8}?(?:自治区|自治州|省|市|县|街道办事处|街道|镇|乡)(?=.{4,})")
_MAIL = r"[A-Za-z0-9._%+-]+[@＠][A-Za-z0-9.-]+\.[A-Za-z]{2,}"
_WEB = r"(?:https?://|www\.)[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+"
_PHONE = r"(?<![0-9])(?:1[3-9][0-9]{9}|0[0-9]{2,3}[-－ ]?[0-9]{7,8})(?![0-9])"


@dataclass(slots=True)
class Mask:
    """What has to be covered, compiled once per version. `count` grows with each place covered."""

    units: tuple[str, ...]
    authors: tuple[str, ...]
    count: int = 0
    _patterns: list[tuple[re.Pattern[str], str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._patterns = [
            (re.compile(_MAIL), CONTACT),
            (re.compile(_WEB), LINK),
            (re.compile(_PHONE), CONTACT),
        ]
        self._patterns += [
            (_pattern(name), token)
            for names, token in ((unit_forms(self.units), UNIT), (author_forms(self.authors), AUTHOR))
            for name in names
        ]

    def spans(self, text: str) -> list[tuple[int, int, str]]:
        """Places to cover in `text`, in order, without overlap; the longest name wins."""
        taken: list[tuple[int, int, str]] = []
        for pattern, token in self._patterns:
            for match in pattern.finditer(text):
                start, end = match.span()
                if start < end and all(end <= other[0] or start >= other[1] for other in taken):
                    taken.append((start, end, token))
        return sorted(taken)

    def text(self, text: str) -> str:
        """A plain text with every name covered."""
        return "".join(run.text for run in self.runs((Run(text),))) if text else text

    def runs(self, runs: Sequence[Run]) -> tuple[Run, ...]:
        """Formatted text with every name covered, also one whose characters are formatted differently."""
        whole = "".join(run.text for run in runs)
        spans = _joined(self.spans(whole), whole)
        self.count += len(spans)
        kept: list[Run] = []
        start = 0
        for run in runs:
            end = start + len(run.text)
            covered = "".join(_covered(whole, start, end, spans))
            if covered:
                kept.append(replace(run, text=covered, href=""))
            start = end
        return tuple(kept)


def _covered(whole: str, start: int, end: int, spans: Sequence[tuple[int, int, str]]) -> Iterator[str]:
    """The characters of one run: a covered place is written where it begins and left out where it goes on."""
    place = start
    for span_start, span_end, token in spans:
        if span_end <= start or span_start >= end:
            continue
        if span_start >= place:
            yield whole[place:span_start]
            yield token
        place = max(place, min(span_end, end))
    yield whole[place:end]


def _joined(spans: Sequence[tuple[int, int, str]], whole: str) -> list[tuple[int, int, str]]:
    """Neighbours that would read 〔单位〕〔单位〕 become one: how many names stood there shows nothing."""
    joined: list[tuple[int, int, str]] = []
    for start, end, token in spans:
        if joined and joined[-1][2] == token and not whole[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], end, token)
        else:
            joined.append((start, end, token))
    return joined


def _pattern(name: str) -> re.Pattern[str]:
    """The name with blanks or invisible characters between Chinese characters, either width, any case."""
    parts: list[str] = []
    for character in name:
        if character.isspace():
            parts.append(_GAP)
        else:
            parts.append(_either_width(character) + (_GAP if _HAN.match(character) else ""))
    pattern = "".join(parts).removesuffix(_GAP)
    if re.match(r"[A-Za-z0-9]", name):
        pattern = r"(?<![A-Za-z0-9])" + pattern
    if re.search(r"[A-Za-z0-9]$", name):
        pattern += r"(?![A-Za-z0-9])"
    return re.compile(pattern, re.IGNORECASE)


def _either_width(character: str) -> str:
    other = unicodedata.normalize("NFKC", character)
    wide = chr(ord(other) + 0xFEE0) if len(other) == 1 and 0x21 <= ord(other) <= 0x7E else ""
    forms = sorted({character, other, wide} - {""})
    return re.escape(forms[0]) if len(forms) == 1 else f"(?:{'|'.join(map(re.escape, forms))})"


def unit_forms(names: Iterable[str]) -> tuple[str, ...]:
    """The names as given, and what people write instead: without 中共, the region in front, or the ending."""
    found: set[str] = set()
    for name in (each.strip() for each in names):
        if len(name) < 2:
            continue
        found.add(name)
        found.update(form for form in _stems(name) if len(form) >= SHORTEST_STEM)
    return tuple(sorted(found, key=lambda form: (-len(form), form)))


def _stems(name: str) -> set[str]:
    stems = {name, _PARTY.sub("", name)}
    while True:
        more = {short for form in stems for short in (_ENDINGS.sub("", form), _REGION.sub("", form))}
        if more <= stems:
            return stems - {name}
        stems |= more


def author_forms(names: Iterable[str]) -> tuple[str, ...]:
    """Names of at least two characters, longest first."""
    return tuple(
        sorted({name.strip() for name in names if len(name.strip()) >= 2}, key=lambda n: (-len(n), n))
    )


def blind_copy(
    version: VersionView,
    *,
    label: str,
    category_name: str,
    unit_names: Sequence[str],
    with_files: bool = False,
) -> BlindCopy:
    """The masked reading copy of a version.

    Args:
        label: the case's anonymous number.
        unit_names: names and short names of the unit and of those above it, beside the version's own.
        with_files: also list the files; their content cannot be masked, so the organiser decides. Photos
            are always there.
    """
    mask = Mask((version.unit_name, *unit_names), tuple(author.name for author in version.authors))
    title, summary = mask.text(version.title), mask.text(version.summary)
    body = richtext.html(masked_blocks(richtext.blocks(version.body_html), mask))
    return BlindCopy(
        label=label,
        title=title,
        summary=summary,
        body_html=body,
        category_name=category_name,
        word_count=word_count(richtext.plain(body)),
        attachments=tuple(_attachments(version.attachments, mask, with_files)),
        masked=mask.count,
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
