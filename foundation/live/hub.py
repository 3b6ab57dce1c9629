"""Telling many watchers of one change: one small read a second a process, whatever the number of watchers.

No watcher holds a thread or a connection to the database: it waits on an event of its loop. Each process asks
the database itself, so several processes over one SQLite file or PostgreSQL need nothing to tell each other.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.concurrency import run_in_threadpool

log = logging.getLogger(__name__)

PERIOD = 1.0
"""Seconds between two looks at the database."""
HEARTBEAT = 15.0
"""Seconds after which a comment is sent, so that nobody on the way takes the connection for dead."""
LONGEST = 900.0
"""Seconds after which a stream ends; the browser asks again by itself."""
MOST_WATCHERS = 4000
"""Watchers a process: beyond that one asks to come again."""
MOST_OF_ONE_THING = 3000
"""Watchers of one thing, so that others can still be watched."""
MOST_OF_A_PERSON = 5
"""Streams that one person holds at once; browsers open six connections to a site, and one is for pages."""


@dataclass(frozen=True, slots=True)
class Frame:
    """One state of what is watched; `pages` keeps what was drawn of it, by who asked for it."""

    version: int
    shown: dict[str, Any]
    pages: dict[tuple[str, ...], Mapping[str, str]] = field(default_factory=dict)


Load = Callable[[str, int], Frame | None]
"""load(token, known version): a newer state, None where there is none. Called in a thread."""


@dataclass(slots=True)
class _Channel:
    """The watchers of one thing in this process."""

    frame: Frame | None = None
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    watchers: int = 0
    task: asyncio.Task[None] | None = None


class Hub:
    """The watchers of this process, by what they watch."""

    def __init__(self, load: Load) -> None:
        self._load = load
        self._channels: dict[str, _Channel] = {}
        self._of_things: Counter[str] = Counter()
        self._of_people: Counter[str] = Counter()

    def take_place(self, token: str, person: str) -> bool:
        """Whether `person` may have another stream of what is watched; who got one gives it back."""
        full = (
            self._of_things.total() >= MOST_WATCHERS
            or self._of_things[token] >= MOST_OF_ONE_THING
            or self._of_people[person] >= MOST_OF_A_PERSON
        )
        if not full:
            self._of_things[token] += 1
            self._of_people[person] += 1
        return not full

    def give_back(self, token: str, person: str) -> None:
        """The stream is over."""
        for counter, key in ((self._of_things, token), (self._of_people, person)):
            counter[key] -= 1
            if not counter[key]:
                del counter[key]

    async def follow(self, token: str, known: int) -> AsyncIterator[Frame | None]:
        """Each state newer than `known`, as it comes; None as a sign of life in between."""
        channel = self._join(token)
        ends = asyncio.get_running_loop().time() + LONGEST
        try:
            while asyncio.get_running_loop().time() < ends:
                changed = channel.changed
                if channel.frame is not None and channel.frame.version > known:
                    known = channel.frame.version
                    yield channel.frame
                    continue
                try:
                    await asyncio.wait_for(changed.wait(), HEARTBEAT)
                except TimeoutError:
                    yield None
        finally:
            self._leave(token, channel)

    def _join(self, token: str) -> _Channel:
        channel = self._channels.get(token)
        if channel is None or channel.task is None or channel.task.done():
            channel = _Channel()
            channel.task = asyncio.create_task(self._watch(token, channel))
            self._channels[token] = channel
        channel.watchers += 1
        return channel

    def _leave(self, token: str, channel: _Channel) -> None:
        channel.watchers -= 1
        if channel.watchers == 0:
            if channel.task is not None:
                channel.task.cancel()
            if self._channels.get(token) is channel:
                del self._channels[token]

    async def _watch(self, token: str, channel: _Channel) -> None:
        while True:
            try:
                known = channel.frame.version if channel.frame else 0
                newer = await run_in_threadpool(self._load, token, known)
            except Exception:  # the database may be away for a while: watchers wait
                log.exception("what is watched could not be read; trying again")
                newer = None
            if newer is not None:
                channel.frame = newer
                channel.changed.set()
                channel.changed = asyncio.Event()
            await asyncio.sleep(PERIOD)


def event(name: str, data: str, version: int | None = None) -> str:
    """One message of a stream (HTML Living Standard, server-sent events); the version is its id."""
    lines = "".join(f"data: {line}\n" for line in data.splitlines() or [""])
    number = "" if version is None else f"id: {version}\n"
    return f"{number}event: {name}\n{lines}\n"


def last_seen(header: str | None) -> int:
    """The version a returning browser names in Last-Event-ID; 0 for whatever is no number."""
    return int(header) if header and header.isascii() and header.isdigit() and len(header) < 10 else 0
