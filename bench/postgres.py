"""A PostgreSQL server for a bench, and the CPU time that its processes take."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support import postgres


class Server:
    """A server with a database for each name that is asked for."""

    def __init__(self, server: postgres.PostgresServer) -> None:
        self._server = server
        self._made: set[str] = set()
        self._seconds: dict[str, float] = {}

    def address(self, database: str) -> str:
        """The address for SQLAlchemy."""
        if database not in self._made:
            self._server.create(database)
            self._made.add(database)
        return self._server.url(database)

    def drop(self, database: str) -> None:
        if database in self._made:
            self._server.drop(database)
            self._made.discard(database)

    def spent(self) -> float:
        """CPU seconds of the server's processes, also of those that are gone, as they were last seen."""
        self._seconds.update((process, _seconds(process)) for process in self._processes())
        return sum(self._seconds.values())

    def _processes(self) -> Iterator[str]:
        own = (self._server.folder / "data" / "postmaster.pid").read_text().split()[0]
        yield own
        for tasks in Path(f"/proc/{own}/task").glob("*/children"):
            yield from tasks.read_text().split()


def _seconds(process: str) -> float:
    """CPU seconds of a process, exact to far less than a millisecond."""
    try:
        return int(Path(f"/proc/{process}/schedstat").read_text().split()[0]) / 1e9
    except OSError:
        return 0.0


@contextmanager
def started() -> Iterator[Server]:
    with postgres.running() as server:
        yield Server(server)
