"""Streams: a browser holds a few, one thing leaves places for others, places come back."""

import asyncio

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
        async def message():  # type: ignore[no-untyped-def]  # an endless stream of nothing
            while True:
                yield ""
                await asyncio.sleep(0)

        async def receive() -> dict[str, str]:
            return {"type": "http.disconnect"}

        async def send(_message: object) -> None:
            await asyncio.sleep(0)

        held = _Held(message(), lambda: hub.give_back("one", "zhang"))
        await held({"type": "http", "asgi": {"spec_version": "2.3"}}, receive, send)  # type: ignore[arg-type]  # plain functions stand for the server

    asyncio.run(gone())
    assert all(hub.take_place("one", "zhang") for _n in range(MOST_OF_A_PERSON))
