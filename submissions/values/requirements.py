"""What a call asks of those who take part: who, what text, which files, and who may not judge whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from foundation.text import Text, _

MEGABYTE = 1_000_000

UNIT_KINDS: dict[str, Text] = {
    "rural": _("农村"),
    "community": _("社区"),
    "enterprise": _("国有企业和集体企业"),
    "school": _("高等院校和学校"),
    "non_public": _("非公有制经济组织"),
    "social": _("社会组织"),
    "institution": _("事业单位"),
    "organ": _("党政机关"),
    "mobile": _("流动党员"),
}
"""What kind of unit a unit is (`foundation.people.Unit.category_key`)."""


class EarlierAwards(StrEnum):
    """What a call makes of a case that has won an award before."""

    ALLOWED = "allowed"
    POINTED_OUT = "pointed_out"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Eligibility:
    """Who and what may take part.

    No `unit_kinds`: all. The practice must lie between `practice_earliest` (or as many months before the
    deadline as `practice_months` says) and `practice_latest`; what is None does not bound it.
    """

    unit_kinds: tuple[str, ...] = ()
    practice_earliest: date | None = None
    practice_latest: date | None = None
    practice_months: int | None = None
    earlier_awards: EarlierAwards = EarlierAwards.ALLOWED


EVERYBODY = Eligibility()


@dataclass(frozen=True, slots=True)
class Part:
    """A part the text must have. A heading that names the part, or one of its other `headings`, begins it.

    `lowest` and `highest` bound its words as Word counts them, without its own heading; None is no bound.
    """

    key: str
    name: str
    headings: tuple[str, ...] = ()
    lowest: int | None = None
    highest: int | None = None


class FileKind(StrEnum):
    """What a call may take besides the text."""

    PHOTO = "photo"
    PDF = "pdf"
    WORD = "word"
    SHEET = "sheet"
    SLIDES = "slides"
    TEXT = "text"
    AUDIO = "audio"
    VIDEO = "video"
    ARCHIVE = "archive"


@dataclass(frozen=True, slots=True)
class FileRules:
    """Which files a case may have; sizes in megabytes (1,000,000 bytes), `total_highest` None: no total."""

    kinds: tuple[FileKind, ...] = tuple(FileKind)
    size_highest: int = 50
    number_highest: int = 30
    total_highest: int | None = None


USUAL_FILES = FileRules()


class ConflictRule(StrEnum):
    """What keeps a juror from reading a case. A unit's region is the unit right below the top above it."""

    SAME_UNIT = "same_unit"
    UNIT_ABOVE = "unit_above"
    UNIT_BELOW = "unit_below"
    DECLARED = "declared"
    SAME_REGION = "same_region"
    SAME_RECOMMENDER = "same_recommender"


USUAL_CONFLICTS = (
    ConflictRule.SAME_UNIT,
    ConflictRule.UNIT_ABOVE,
    ConflictRule.UNIT_BELOW,
    ConflictRule.DECLARED,
    ConflictRule.SAME_RECOMMENDER,
)
