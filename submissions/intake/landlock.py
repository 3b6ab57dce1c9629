"""What a program that opens strangers' files may touch on the disk: itself, the system's libraries and fonts,
and one folder. A document can name any picture on this machine and have it drawn into what comes out.

By Landlock, which asks for no rights (Linux 5.13). https://docs.kernel.org/userspace-api/landlock.html
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterable
from pathlib import Path

_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_NO_NEW_PRIVILEGES = 38
"""PR_SET_NO_NEW_PRIVS of <linux/prctl.h>."""
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1, 2, 4, 8
_ALL = (1 << 13) - 1
"""Everything the first version of Landlock knows."""
_MOVE = 1 << 13
"""To another folder; since its second version, which forbids it where it is not named."""
_SOCKETS = (1 << 9) | (1 << 5)
"""Make sockets, and remove files."""
_ON_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE
_READ = _EXECUTE | _READ_FILE | _READ_DIR
SYSTEM = (
    *("/usr", "/lib", "/lib32", "/lib64", "/bin", "/sbin", "/etc", "/proc", "/sys", "/nix/store", "/snap"),
    *("/var/cache/fontconfig", "/var/lib/libreoffice", "/var/spool/libreoffice"),
)
DEVICES = ("/dev",)
MEETING_PLACES = ("/tmp", "/var/tmp")  # noqa: S108  # LibreOffice waits for a second start of itself there


class _Ruleset(ctypes.Structure):
    _fields_ = (("handled_access_fs", ctypes.c_uint64),)


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed_access", ctypes.c_uint64), ("parent_fd", ctypes.c_int32))


def version() -> int:
    """Which version of Landlock this system has, 0 where it has none."""
    try:
        library = ctypes.CDLL(None, use_errno=True)
        return max(0, int(library.syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(1))))
    except (AttributeError, OSError):  # not Linux
        return 0


def confine(*, readable: Iterable[str], writable: Iterable[str]) -> bool:
    """This process, and what it starts, reads and writes nothing else from now on; False where
    that was not possible."""
    known = version()
    if not known:
        return False
    library = ctypes.CDLL(None, use_errno=True)
    everything = _ALL | (_MOVE if known > 1 else 0)
    rules = _Ruleset(everything)
    ruleset = library.syscall(
        _CREATE_RULESET, ctypes.byref(rules), ctypes.c_size_t(ctypes.sizeof(rules)), ctypes.c_uint32(0)
    )
    if ruleset < 0:
        return False
    allowed = dict.fromkeys((*SYSTEM, *readable), _READ)
    allowed |= dict.fromkeys(DEVICES, _READ | _WRITE_FILE)
    allowed |= dict.fromkeys(MEETING_PLACES, _SOCKETS)
    allowed |= dict.fromkeys(writable, everything)
    for path, access in allowed.items():
        _allow(library, ruleset, Path(path), access)
    library.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    refused = int(library.syscall(_RESTRICT_SELF, ctypes.c_int(ruleset), ctypes.c_uint32(0)))
    os.close(ruleset)
    return not refused


def _allow(library: ctypes.CDLL, ruleset: int, path: Path, access: int) -> None:
    if not path.exists():
        return
    place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    rule = _PathBeneath(access if path.is_dir() else access & _ON_FILES, place)
    library.syscall(_ADD_RULE, ctypes.c_int(ruleset), ctypes.c_int(1), ctypes.byref(rule), ctypes.c_uint32(0))
    os.close(place)
