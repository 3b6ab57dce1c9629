"""Identifiers of rows and things in URLs."""

import secrets
import time

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: no letter is mistaken for a digit
ID_LENGTH = 16


def new_id() -> str:
    """Return 16 characters: 8 of milliseconds since 1970 (sorts by age), 8 random (40 bits).

    Nothing about other rows can be read from it, unlike from a running number.
    """
    milliseconds = time.time_ns() // 1_000_000
    value = ((milliseconds & (1 << 40) - 1) << 40) | secrets.randbits(40)
    return "".join(_ALPHABET[(value >> shift) & 31] for shift in range(75, -1, -5))
