"""What only the index folder can suffer: crashes, damage, other processes."""

import contextlib
import multiprocessing
import os
import signal
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from foundation.audience import Audience
from search.engine import IndexBroken
from search.query import parse
from search.scoring.arrays import COMMON, Key
from search.values import LibraryDocument, Sort
from search.whoosh_engine.engine import WhooshEngine
from search.whoosh_engine.manifest import Manifest
from search.whoosh_engine.store import Store
from search.whoosh_engine.terms import indexed
from search.whoosh_engine.writing import MOST_SEGMENTS
from tests.search.factories import document, shelf


def found(engine: WhooshEngine, text: str) -> set[str]:
    return {
        hit.id
        for hit in engine.search(parse(text), audience=Audience.PUBLIC, filters={}, sort=Sort.RELEVANCE).hits
    }


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    WhooshEngine(tmp_path / "index").replace_all(shelf())
    return tmp_path / "index"


def test_another_engine_sees_what_one_writes(folder: Path) -> None:
    reader, writer = WhooshEngine(folder), WhooshEngine(folder)
    assert found(reader, "台账") == {"visits"}
    writer.update([document("new", body="新的台账")])
    assert found(reader, "台账") == {"visits", "new"}
    writer.replace_all(shelf())
    assert found(reader, "台账") == {"visits"}
    assert len([path for path in folder.iterdir() if path.is_dir()]) == 1


@pytest.mark.parametrize("suffix", [".docs", ".toc"])
def test_damage_is_noticed(folder: Path, suffix: str) -> None:
    victim = next(folder.glob(f"g*/public/*{suffix}"))
    content = bytearray(victim.read_bytes())
    content[len(content) // 2] ^= 0xFF
    victim.write_bytes(content)
    with pytest.raises(IndexBroken):
        WhooshEngine(folder).check()


def test_a_garbled_posting_list_is_no_surprise(folder: Path) -> None:
    """A search that stumbles over damage says that the index is broken: then it is built anew."""
    victim = next(folder.glob("g*/public/*.docs"))
    content = bytearray(victim.read_bytes())
    content[len(content) // 4 :] = b"\xfe" * (len(content) - len(content) // 4)
    victim.write_bytes(content)
    with contextlib.suppress(IndexBroken):
        found(WhooshEngine(folder), "台账")
    with pytest.raises(IndexBroken):
        WhooshEngine(folder).check()


def test_a_shortened_file_is_noticed(folder: Path) -> None:
    victim = next(folder.glob("g*/public/*.docs"))
    victim.write_bytes(victim.read_bytes()[:-100])
    with pytest.raises(IndexBroken):
        found(WhooshEngine(folder), "台账")


def test_segments_are_merged_in_the_background(folder: Path) -> None:
    engine = WhooshEngine(folder)
    for number in range(12):
        engine.update([document(f"n{number}", body="台账")])
    engine.close()  # waits for the merge
    assert len(list(folder.glob("g*/public/*.docs"))) <= MOST_SEGMENTS
    assert len(found(engine, "台账")) == 13
    engine.check()


def test_a_rebuild_that_was_killed_leaves_the_index_as_it_was(folder: Path) -> None:
    def killed() -> Iterator[LibraryDocument]:
        yield document("first")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        WhooshEngine(folder).replace_all(killed())
    engine = WhooshEngine(folder)
    engine.check()
    assert found(engine, "台账") == {"visits"}
    engine.replace_all(shelf())
    assert len(list(folder.glob("g*"))) == 1


def test_what_is_for_others_lies_in_files_of_its_own(folder: Path) -> None:
    engine = WhooshEngine(folder)
    engine.update([document("inner", audience=Audience.MEMBERS, body="内部口令")])
    held = {path for path in folder.rglob("*") if path.is_file() and b"inner" in path.read_bytes()}
    assert {path.parent.name for path in held} == {"members"}


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"form": 2}', b"\xff" * 20])
def test_a_broken_manifest_is_noticed_and_rebuilding_mends_it(folder: Path, content: bytes) -> None:
    (folder / "manifest.json").write_bytes(content)
    engine = WhooshEngine(folder)
    with pytest.raises(IndexBroken):
        engine.state()
    engine.replace_all(shelf())
    assert found(engine, "台账") == {"visits"}
    engine.check()


def test_lost_files_are_noticed(folder: Path) -> None:
    next(folder.glob("g*/public/*.docs")).unlink()
    with pytest.raises(IndexBroken):
        WhooshEngine(folder).state()


class _Killed(Store):
    """As if killed between Whoosh's commit and the manifest."""

    def _publish(self, manifest: Manifest, touched: Iterable[Audience]) -> None:
        raise KeyboardInterrupt


def test_a_write_that_was_not_published_never_was(folder: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        _Killed(folder).change((), [indexed(document("new", body="新的台账"))])
    engine = WhooshEngine(folder)
    engine.check()
    assert found(engine, "台账") == {"visits"}
    engine.update([document("other", body="别的台账")])
    assert found(engine, "台账") == {"visits", "other"}
    engine.check()


def test_a_merge_publishes_nothing_that_was_not(folder: Path) -> None:
    """A writer was killed before its manifest; the next one to hold the lock merges."""
    for number in range(MOST_SEGMENTS):
        Store(folder).change((), [indexed(document(f"n{number}", body="好办法"))])
    before = WhooshEngine(folder).state()
    with pytest.raises(KeyboardInterrupt):
        _Killed(folder).change(["visits"], [indexed(document("new", body="新的台账"))])
    assert Store(folder).merge()
    engine = WhooshEngine(folder)
    engine.check()
    assert found(engine, "台账") == {"visits"}
    assert engine.state() == before


def test_an_older_form_is_built_anew(folder: Path) -> None:
    manifest = folder / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"form": 3', '"form": 0'))
    with pytest.raises(IndexBroken, match="form 0"):
        WhooshEngine(folder).state()


def test_a_killed_writer_leaves_the_old_or_the_new_state(folder: Path) -> None:
    """kill -9 in the middle of writing: the next process reads on, and writes on."""
    context = multiprocessing.get_context("spawn")
    process = context.Process(target=_write_for_ever, args=(str(folder),))
    process.start()
    for _ in range(200):  # until it has begun to write
        time.sleep(0.05)
        if WhooshEngine(folder).state().generation > 2:
            break
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    engine = WhooshEngine(folder)
    engine.check()
    assert found(engine, "走访台账") >= {"visits"}
    engine.update([document("after", body="之后的台账")])
    assert found(engine, "之后的台账") >= {"after"}


def _write_for_ever(folder: str) -> None:
    engine = WhooshEngine(Path(folder))
    for number in range(10_000):
        engine.update([document(f"k{number % 5}", body="台账" * 50)])


def test_what_is_nearly_everywhere_is_not_read(tmp_path: Path) -> None:
    """Unless somebody asks for it; what was removed does not count."""
    engine = WhooshEngine(tmp_path / "index")
    engine.replace_all(document(str(number), body="台账") for number in range(6))
    engine.remove(["0"])
    engine.update([document("more", body="台账")])
    snapshot, key = engine._snapshot(Audience.PUBLIC), Key("w", "台账")
    for _again in range(2):
        assert snapshot.postings([key], {key}, 5)[key] is COMMON
        assert len(snapshot.postings([key])[key].documents) == 6
        assert len(snapshot.postings([key], {key}, 6)[key].documents) == 6
