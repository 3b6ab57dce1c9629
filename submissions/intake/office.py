"""Older and other word processors' files (.doc, .wps, .rtf, .odt) become .docx by an installed LibreOffice.

It runs for one file, in a profile of its own that is thrown away, with limits of time and memory and without
a network (`launch`). The profile forbids macros, links that update themselves and Java, and names a proxy
that does not exist: where the network cannot be taken away, a file still causes no request. What comes out is
a stranger's file as before and goes the way of every .docx.
"""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from foundation.text import Text, _
from submissions.intake.errors import Unreadable
from submissions.intake.guard import FILE_LIMIT, OLE

TIMEOUT = 90.0
"""Seconds of wall time; an ordinary file takes one or two, the first start of the day more."""
PATIENCE = 20.0
"""Seconds that a file waits for the one before it: whoever waits holds a thread that others need."""
_ROOT = Path(__file__).parents[2]
_AT_ONCE = threading.BoundedSemaphore(1)
_log = logging.getLogger(__name__)

_SETTINGS = (
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Office.Java/VirtualMachine", "Enable", "false"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("Inet/Settings", "ooInetNoProxy", ""),
)


def installed() -> str | None:
    """The LibreOffice on PATH, None when there is none."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def kind_of(data: bytes) -> str:
    """What can be converted, by its bytes and not by its name: "doc" (also of WPS), "wps" (Microsoft Works),
    "rtf", "odt", or "" for everything else."""
    if data.startswith(OLE):
        return _kind_of_ole(data)
    if data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(b"{\\rtf"):
        return "rtf"
    if data.startswith(b"PK\x03\x04") and b"application/vnd.oasis.opendocument.text" in data[:200]:
        return "odt"
    return ""


def _kind_of_ole(data: bytes) -> str:
    """By the names of the streams inside; a file with a password is nobody's to convert."""
    for stream, kind in (("EncryptedPackage", ""), ("WordDocument", "doc"), ("MatOST", "wps")):
        if stream.encode("utf-16-le") in data:
            return kind
    return ""


def is_isolated() -> bool:
    """Whether LibreOffice can be started without a network on this system."""
    probe = launcher("--probe")
    done = subprocess.run(probe, env=environment(), check=False, timeout=30)  # noqa: S603  # our own module
    return done.returncode == 0


def to_docx(data: bytes, kind: str, *, timeout: float = TIMEOUT, keep_network: bool = False) -> bytes:
    """The same document as .docx. `kind` is one of `kind_of`. `keep_network` is for the test of the second
    line of defence.

    Raises:
        Unreadable: LibreOffice could not make anything of it, or not in time.
    """
    program = installed()
    if program is None or len(data) > FILE_LIMIT:
        raise Unreadable(_failed())
    with _turn(), tempfile.TemporaryDirectory(prefix="exemplar-office-") as name:
        folder = Path(name)
        write_profile(folder / "profile" / "user")
        source = folder / f"document.{kind}"
        source.write_bytes(data)
        surroundings = environment(folder, keep_network=keep_network)
        if not _ran(_command(program, folder, source), surroundings, timeout):
            raise Unreadable(_failed())
        result = folder / "out" / "document.docx"
        if not result.is_file() or result.stat().st_size > FILE_LIMIT:
            raise Unreadable(_failed())
        return result.read_bytes()


@contextlib.contextmanager
def _turn() -> Iterator[None]:
    if not _AT_ONCE.acquire(timeout=PATIENCE):
        raise Unreadable(
            _("现在有别的文件正在转换，请过一两分钟再上传；也可以用 Word 或 WPS 另存为 .docx 后直接上传。")
        )
    try:
        yield
    finally:
        _AT_ONCE.release()


def _command(program: str, folder: Path, source: Path) -> list[str]:
    return launcher(
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck"),
        *("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder / "out"), str(source)),
    )


def launcher(*arguments: str) -> list[str]:
    """The command that starts a program without a network and with one folder to itself."""
    return [sys.executable, "-s", "-B", "-m", "submissions.intake.launch", *arguments]


def environment(folder: Path | None = None, *, keep_network: bool = False) -> dict[str, str]:
    """Nothing of ours but where to find things."""
    home = str(folder) if folder else "/"
    known = {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": str(_ROOT),
        "PYTHONUTF8": "1",
        "HOME": home,
        "TMPDIR": home if folder else "",
        "SAL_USE_VCLPLUGIN": "svp",
        "LC_ALL": "C.UTF-8",
    }
    return {**known, "EXEMPLAR_KEEP_NETWORK": "1"} if keep_network else known


def _ran(command: list[str], environment: dict[str, str], timeout: float) -> bool:
    """Whether the command came to its end in time; its whole group of processes is gone afterwards."""
    process = subprocess.Popen(  # noqa: S603  # our own module and program, no shell
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return process.wait(timeout) == 0
    except subprocess.TimeoutExpired:
        _log.warning("LibreOffice did not finish a conversion in %s s", timeout)
        return False
    finally:
        kill_group(process)


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """End a program that was started in a session of its own, with all that it has started."""
    with contextlib.suppress(ProcessLookupError):  # all of them have ended
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def write_profile(folder: Path) -> None:
    """A profile that forbids macros, links that update themselves and Java."""
    folder.mkdir(parents=True)
    items = "".join(
        f'<item oor:path="/org.openoffice.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{escape(value)}</value></prop></item>"
        for path, name, value in _SETTINGS
    )
    (folder / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        f'xmlns:xs="http://www.w3.org/2001/XMLSchema">{items}</oor:items>',
        encoding="utf-8",
    )


def _failed() -> Text:
    return _(
        "这个文件没能转换成可以读取的格式，可能已损坏或设有密码。请用 Word 或 WPS 打开，"
        "“另存为”“Word 文档（*.docx）”后再上传。"
    )
