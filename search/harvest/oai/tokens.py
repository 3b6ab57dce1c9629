"""Resumption tokens: where a list goes on, signed, so that nothing need be kept between two requests."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta

from search.harvest.oai.arguments import OaiError

LASTS = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumption:
    """A list that goes on after (`after_at`, `after_case`); instants in seconds since the epoch."""

    verb: str
    start: int | None
    end: int | None
    set_spec: str
    after_at: int
    after_case: str
    cursor: int
    complete: int
    expires: int

    @property
    def expires_at(self) -> datetime:
        return datetime.fromtimestamp(self.expires, UTC)


def sealed(secret: bytes, resumption: Resumption) -> str:
    """The token."""
    payload = json.dumps(list(asdict(resumption).values()), separators=(",", ":")).encode()
    return f"{base64.urlsafe_b64encode(payload).decode().rstrip('=')}.{_mac(secret, payload)}"


def opened(secret: bytes, token: str, *, verb: str, now: datetime) -> Resumption:
    """What a token of ours says.

    Raises:
        OaiError: badResumptionToken for one that is not ours, is another verb's, or has expired.
    """
    encoded, _dot, mac = token.partition(".")
    payload = _decoded(encoded)
    if not hmac.compare_digest(_mac(secret, payload).encode(), mac.encode()):
        raise OaiError("badResumptionToken", "This token was not given here.")
    names = Resumption.__dataclass_fields__
    found = Resumption(**dict(zip(names, json.loads(payload), strict=True)))
    if found.verb != verb:
        raise OaiError("badResumptionToken", "This token belongs to another verb.")
    if found.expires_at < now:
        raise OaiError("badResumptionToken", "This token has expired; begin the list again.")
    return found


def _decoded(encoded: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(encoded.encode("ascii", "replace") + b"=" * (-len(encoded) % 4))
    except ValueError:
        return b""


def _mac(secret: bytes, payload: bytes) -> str:
    return hmac.new(secret, b"oai:" + payload, hashlib.sha256).hexdigest()[:32]
