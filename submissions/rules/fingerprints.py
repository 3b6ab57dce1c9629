"""What a version is made of, in one canonical form, and what a receipt proves about it.

Canonical form: JSON with sorted keys, no spaces, UTF-8, texts in NFC, times as ISO 8601 in UTC.
The content hash is its SHA-256; the receipt's signature is an HMAC-SHA-256 with the server's key over
everything the receipt says that cannot change any more.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

from submissions.values import AttachmentView, CaseText, Claim, Receipt

FORM = "exemplar-case-1"
RECEIPT_FORM = "exemplar-receipt-1"


def canonical(value: object) -> bytes:
    """The one spelling of a JSON-like value."""
    plain = _plain(value)
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def content_hash(
    *,
    call_id: str,
    case_id: str,
    unit_id: str,
    text: CaseText,
    attachments: Sequence[AttachmentView],
    claims: Sequence[Claim] = (),
) -> str:
    """SHA-256 (hex) of everything that is handed in, files by their own hash and in their order."""
    hashes = {each.id: each.sha256 for each in attachments}
    content: dict[str, object] = {
        "form": FORM,
        "call": call_id,
        "case": case_id,
        "unit": unit_id,
        "title": text.title,
        "summary": text.summary,
        "body": text.body_html,
        "category": text.category_key,
        "authors": [[each.name, each.post] for each in text.authors],
        "practice": [text.practice_from, text.practice_to],
        "lines": [text.source_line, text.signoff_line],
        "files": [[each.kind, each.name, each.caption, each.size, each.sha256] for each in attachments],
    }
    released = [each.sha256 for each in attachments if each.released]
    if released:  # without any the hash is what it was before files could be released
        content["released"] = released
    if claims:  # without any the hash is what it was before there were claims
        content["claims"] = [
            [
                each.quote,
                [[hashes.get(source.attachment_id, ""), source.url, source.note] for source in each.sources],
            ]
            for each in claims
        ]
    return hashlib.sha256(canonical(content)).hexdigest()


def sign(receipt: Receipt, key: bytes) -> Receipt:
    """The receipt with its signature."""
    return replace(receipt, signature=_signature(receipt, key))


def is_genuine(receipt: Receipt, key: bytes) -> bool:
    """Whether this receipt was signed with this key and says what it said then."""
    return hmac.compare_digest(receipt.signature, _signature(receipt, key))


def _signature(receipt: Receipt, key: bytes) -> str:
    said = {  # not the call's title: it may still be worded anew, and the case names its call for good
        "form": RECEIPT_FORM,
        "number": receipt.number,
        "case": receipt.case_id,
        "version": receipt.version_id,
        "ordinal": receipt.ordinal,
        "unit": receipt.unit_name,
        "title": receipt.title,
        "received_at": receipt.received_at,
        "timezone": receipt.timezone,
        "content_hash": receipt.content_hash,
        "files": [[each.name, each.size, each.sha256] for each in receipt.files],
        "provisional": receipt.provisional,
        "claims": receipt.claims,
        "pledged": [receipt.pledge_name, receipt.pledge_text, receipt.copyright_text],
    }
    return hmac.new(key, canonical(said), hashlib.sha256).hexdigest()


def _plain(value: object) -> object:
    match value:
        case str():
            return unicodedata.normalize("NFC", value)
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case date():
            return value.isoformat()
        case dict():
            return {str(key): _plain(each) for key, each in value.items()}
        case list() | tuple():
            return [_plain(each) for each in _each(value)]
    return value


def _each(value: Iterable[object]) -> Iterable[object]:
    return value
