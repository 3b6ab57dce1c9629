"""Web addresses as people type them."""

from __future__ import annotations

from urllib.parse import urlsplit

LONGEST = 500


def web_address(typed: str) -> str | None:
    """The address with its scheme, or None for what is none; "www.example.cn/1" gets https."""
    typed = typed.strip()
    if not typed or len(typed) > LONGEST or any(each.isspace() for each in typed):
        return None
    if "://" not in typed:
        typed = f"https://{typed}"
    try:
        parts = urlsplit(typed)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or "." not in host.strip("."):
        return None
    return typed
