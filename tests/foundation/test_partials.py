"""Files in pieces: the length is the truth, one writer at a time."""

import hashlib
from pathlib import Path

import pytest

from foundation.partials import Busy, PartialFiles


@pytest.fixture
def partials(tmp_path: Path) -> PartialFiles:
    return PartialFiles(tmp_path / "incoming")


def test_pieces_add_up(partials: PartialFiles) -> None:
    partials.create("k1")
    for piece in (b"abc", b"defg"):
        with partials.opened("k1") as partial:
            partial.append(piece)
            partial.sync()
    assert partials.length("k1") == 7
    with partials.opened("k1") as partial:
        assert partial.digest("sha256", 3) == hashlib.sha256(b"defg").digest()
        partial.cut(5)
        partial.append(b"X")
        with partial.whole() as whole:
            assert whole.read() == b"abcdeX"


def test_only_one_writes_also_while_the_whole_is_read(partials: PartialFiles) -> None:
    partials.create("k1")
    with partials.opened("k1") as partial:
        partial.whole().close()
        with pytest.raises(Busy), partials.opened("k1"):
            pass
    with partials.opened("k1"):
        pass


def test_what_is_removed_is_gone(partials: PartialFiles) -> None:
    assert partials.keys() == []
    partials.create("k1")
    partials.create("k2")
    assert partials.keys() == ["k1", "k2"]
    partials.remove("k1")
    partials.remove("k1")
    assert partials.keys() == ["k2"]
    with pytest.raises(FileNotFoundError):
        partials.length("k1")


@pytest.mark.parametrize("key", ["", "..", "../x", "a/b", "甲", "a.b"])
def test_a_key_is_no_path(partials: PartialFiles, key: str) -> None:
    with pytest.raises(FileNotFoundError):
        partials.create(key)
