"""Start a program that opens strangers' files, with limits, without a network and with one folder to itself:
`python -m submissions.intake.launch PROGRAM ARGUMENT...`, or `... launch --probe`.

A new network namespace has no interface that is up, not even the loopback, so whatever a file asks for cannot
be asked. Root may make one; other users make it inside a user namespace, where the system allows that. Where
it does not, the program runs all the same: `--probe` ends with 1 then, and `exemplar doctor` says so.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import sys
from pathlib import Path

from submissions.intake.landlock import confine

CPU_SECONDS = 90
"""For a stranger's file; who converts a book of our own says more in EXEMPLAR_CPU_SECONDS."""
MEMORY_BYTES = 4_000_000_000
FILE_BYTES = 400_000_000
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
"""CLONE_NEWUSER and CLONE_NEWNET of <linux/sched.h>."""
_NO_NEW_PRIVILEGES = 38
"""PR_SET_NO_NEW_PRIVS of <linux/prctl.h>."""


def isolate() -> bool:
    """Leave the network; whether that was possible."""
    try:
        library = ctypes.CDLL(None, use_errno=True)
        if os.geteuid() == 0 and library.unshare(_NEW_NETWORK) == 0:
            return True
        return _isolated_as_user(library)
    except (AttributeError, OSError):  # not Linux
        return False


def _isolated_as_user(library: ctypes.CDLL) -> bool:
    user, group = os.geteuid(), os.getegid()
    if library.unshare(_NEW_USER | _NEW_NETWORK) != 0:
        return False
    maps = {"setgroups": "deny", "uid_map": f"{user} {user} 1", "gid_map": f"{group} {group} 1"}
    for name, content in maps.items():
        with contextlib.suppress(OSError):  # the namespace holds without names; files stay ours
            Path("/proc/self", name).write_text(content, encoding="ascii")
    return True


def limit() -> None:
    for what, most in (
        (resource.RLIMIT_CPU, int(os.environ.get("EXEMPLAR_CPU_SECONDS", CPU_SECONDS))),
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, FILE_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):  # a system with a lower limit of its own keeps that
            resource.setrlimit(what, (most, most))
    with contextlib.suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)


def main(arguments: list[str]) -> None:
    if arguments == ["--probe"]:
        sys.exit(0 if isolate() else 1)
    if os.environ.get("EXEMPLAR_KEEP_NETWORK") != "1":
        isolate()
    limit()
    installation = Path(arguments[0]).resolve().parents[1]
    confine(readable=[str(installation)], writable=[os.environ["HOME"]])
    os.execv(arguments[0], arguments)  # noqa: S606  # the caller's own program, no shell


if __name__ == "__main__":
    main(sys.argv[1:])
