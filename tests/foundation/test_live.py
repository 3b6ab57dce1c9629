"""Streams: a browser holds a few, one thing leaves places for others, places come back."""

import asyncio
from collections.abc import AsyncIterator, MutableMapping
from typing import Any

from foundation.live.hub import MOST_OF_A_PERSON, MOST_OF_ONE_THING, Hub
from foundation.live.streams import _Held


def test_a_person_holds_a_few_streams_and_gets_them_back() -> None:
    hub = Hub(lambda _token, _known: None)
    assert [hub.take_place("one", "zhang") for _n in range(MOST_OF_A_PERSON + 1)] == [
        *[True] * MOST_OF_A_PERSON,
        False,
    ]
    assert not hub.take_place("another", "zhang")
    assert hub.take_place("one", "li")
    hub.give_back("one", "zhang")
    assert hub.take_place("another", "zhang")


def test_one_thing_leaves_places_for_others() -> None:
    hub = Hub(lambda _token, _known: None)
    assert all(hub.take_place("one", f"p{number}") for number in range(MOST_OF_ONE_THING))
    assert not hub.take_place("one", "late")
    assert hub.take_place("another", "late")


def test_a_place_comes_back_when_who_watched_has_gone() -> None:
    hub = Hub(lambda _token, _known: None)
    assert hub.take_place("one", "zhang")

    async def gone() -> None:
        async def nothing_for_ever() -> AsyncIterator[str]:
            while True:
                yield ""
                await asyncio.sleep(0)

        async def receive() -> MutableMapping[str, Any]:
            return {"type": "http.disconnect"}

        async def send(_message: MutableMapping[str, Any]) -> None:
            await asyncio.sleep(0)

        held = _Held(nothing_for_ever(), lambda: hub.give_back("one", "zhang"))
        await held({"type": "http", "asgi": {"spec_version": "2.3"}}, receive, send)

    asyncio.run(gone())
    assert all(hub.take_place("one", "zhang") for _n in range(MOST_OF_A_PERSON))
