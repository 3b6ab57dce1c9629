"""Rules of a manuscript's text."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict

from casebook.values import ManuscriptText


def text_digest(text: ManuscriptText) -> str:
    """The SHA-256 of everything that is printed of a text, in hex: a sign-off or a consent holds for it."""
    written = json.dumps(asdict(text), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()
