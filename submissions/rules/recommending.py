"""Recommending: the opinion, the order, the paper form and the code that is printed on it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import parse_qs, urlencode, urlsplit

from foundation.text import Text, _

OPINION_HIGHEST = 1000
VERIFY_PATH = "/receipts/verify"
CODE_LENGTH = 32
"""Characters of the receipt's signature that are printed: nobody guesses them."""
TYPED = 8
"""Characters of the hash that somebody reads off a sheet whose code cannot be read."""


def bad_opinion(opinion: str) -> Text | None:
    """Why this opinion cannot stand, or None."""
    if not opinion:
        return _("请填写推荐意见。")
    if len(opinion) > OPINION_HIGHEST:
        return _("推荐意见不能超过 %(limit)s 个字。", limit=OPINION_HIGHEST)
    return None


def is_reordering(before: Iterable[str], after: Sequence[str]) -> bool:
    """Whether `after` holds exactly what `before` does, each once."""
    return len(set(after)) == len(after) and set(after) == set(before)


def moved(order: Sequence[str], case_id: str, step: int) -> list[str]:
    """The order with one case a place further up (-1) or down (+1); at an end it stays."""
    changed = list(order)
    if case_id not in changed:
        return changed
    place = changed.index(case_id)
    target = min(max(place + step, 0), len(changed) - 1)
    changed.insert(target, changed.pop(place))
    return changed


def grouped(digest: str) -> str:
    """A hash as people compare it: groups of eight."""
    return " ".join(digest[start : start + TYPED] for start in range(0, len(digest), TYPED))


@dataclass(frozen=True, slots=True)
class FormCode:
    """What the code on a recommendation form says: the version's number and which recommendation it is."""

    number: str
    recommendation_id: str


def verify_query(number: str, signature: str, recommendation_id: str) -> str:
    """The address in the code: the receipt of the version can be verified there, the form is named."""
    code = signature[:CODE_LENGTH]
    return f"{VERIFY_PATH}?{urlencode({'number': number, 'code': code, 'form': recommendation_id})}"


def form_code(scanned: str) -> FormCode | None:
    """What a scanned code says, None where it is not one of a recommendation form."""
    try:
        parts = urlsplit(scanned)
        fields = parse_qs(parts.query, max_num_fields=10)
    except ValueError:
        return None
    number, form = fields.get("number", [""])[0], fields.get("form", [""])[0]
    if not parts.path.endswith(VERIFY_PATH) or not number or not form:
        return None
    return FormCode(number, form)


class Match(StrEnum):
    """Whether a scan is of this recommendation."""

    QR = "qr"
    TYPED = "typed"
    OTHER_VERSION = "other_version"
    OTHER_CASE = "other_case"
    WRONG_HASH = "wrong_hash"
    UNREADABLE = "unreadable"


def matched(
    codes: Iterable[str], typed: str, *, recommendation_id: str, version_number: str, content_hash: str
) -> Match:
    """Compare a scan with the recommendation it is meant for.

    Args:
        codes: the texts of the codes found on the scan.
        typed: the first characters of the hash as somebody read them off the sheet, "" where nobody did.
    """
    read = [code for code in map(form_code, codes) if code is not None]
    if any(code == FormCode(version_number, recommendation_id) for code in read):
        return Match.QR
    if read:
        same_case = any(_case_of(code.number) == _case_of(version_number) for code in read)
        return Match.OTHER_VERSION if same_case else Match.OTHER_CASE
    said = "".join(typed.split()).lower()
    if not said:
        return Match.UNREADABLE
    return Match.TYPED if len(said) >= TYPED and content_hash.startswith(said) else Match.WRONG_HASH


def _case_of(number: str) -> str:
    """The case's number in a version's: everything before the last dash."""
    return number.rpartition("-")[0]
