"""Password hashing: argon2id, at most two at once.

Parameters t=2, m=19 MiB, p=1 are the OWASP Password Storage Cheat Sheet's; a rush of sign-ins before a
deadline must not take the machine's memory and both cores.
"""

import threading

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

SHORTEST = 10
LONGEST = 200

_hasher = PasswordHash((Argon2Hasher(time_cost=2, memory_cost=19_456, parallelism=1),))
_turns = threading.BoundedSemaphore(2)


def hash_password(password: str) -> str:
    with _turns:
        return _hasher.hash(password)


def matches(password: str, password_hash: str) -> bool:
    with _turns:
        return _hasher.verify(password, password_hash)


_NOBODY = hash_password("nobody has this password")


def spend_time() -> None:
    """Do as much work as a real check, so that an unknown address does not answer sooner."""
    matches("wrong", _NOBODY)
