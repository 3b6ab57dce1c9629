"""Is this post the user's own? The browser's word first, then a token tied to the session.

Sources: OWASP Cross-Site Request Forgery Prevention Cheat Sheet (fetch metadata, origin, signed token).
Plain-HTTP intranets and old browsers send no Sec-Fetch headers: there Origin and the token decide.
"""

import hashlib
import hmac
from collections.abc import Mapping
from urllib.parse import urlsplit

FIELD = "csrf"
HEADER = "x-csrf-token"


def token(secret: bytes, key: str) -> str:
    """The token for a session (or a visitor's random cookie) `key`."""
    return hmac.new(secret, b"csrf:" + key.encode(), hashlib.sha256).hexdigest()[:40]


def is_own(headers: Mapping[str, str], host: str, sent: str, expected: str) -> bool:
    """Whether a state-changing request comes from our own page."""
    site = headers.get("sec-fetch-site")
    if site is not None and site not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    if origin is not None and origin != "null" and _host_of(origin) != host:
        return False
    return hmac.compare_digest(sent.encode(), expected.encode())


def _host_of(origin: str) -> str | None:
    try:
        return urlsplit(origin).netloc
    except ValueError:  # "http://[": no browser sends it, and nobody's page has it
        return None
