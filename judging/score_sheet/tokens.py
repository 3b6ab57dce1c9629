"""What a row of a score sheet says of itself, signed."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass

_PURPOSE = b"exemplar score sheet 1"
_SIGNATURE_BYTES = 18


@dataclass(frozen=True, slots=True)
class Token:
    """Whose row it is. `versions` are the ordinals of marks and comments ("mark:KEY", "comment:KIND") that
    stood in the cells when the sheet was made; what had none is not in it."""

    round_id: str
    juror_id: str
    read_id: str
    versions: Mapping[str, int]


def written(token: Token, secret: bytes) -> str:
    """The token as text for a cell."""
    content = json.dumps(
        [token.round_id, token.juror_id, token.read_id, dict(sorted(token.versions.items()))],
        separators=(",", ":"),
    ).encode()
    return f"{_text(content)}.{_text(_signature(content, secret))}"


def read(text: str, secret: bytes) -> Token | None:
    """The token of a cell, None where it is not one that we have signed."""
    content_text, _dot, signature_text = text.strip().partition(".")
    try:
        content, signature = _bytes(content_text), _bytes(signature_text)
    except (ValueError, binascii.Error):
        return None
    if not hmac.compare_digest(_signature(content, secret), signature):
        return None
    round_id, juror_id, read_id, versions = json.loads(content)  # ours: the signature says so
    return Token(round_id, juror_id, read_id, versions)


def _signature(content: bytes, secret: bytes) -> bytes:
    key = hmac.new(secret, _PURPOSE, hashlib.sha256).digest()
    return hmac.new(key, content, hashlib.sha256).digest()[:_SIGNATURE_BYTES]


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
