"""The benches of the search measure what they say."""

import sys
from pathlib import Path

import pytest

from bench import crash, targets
from bench.search_values import Measured, Times


def test_a_killed_writer_leaves_one_of_two_states_and_nothing_is_missing(tmp_path: Path) -> None:
    outcome = crash.kills(tmp_path / "index", 3, seed="test")
    assert (outcome.kills, outcome.wrong) == (3, [])
    assert outcome.old + outcome.new + outcome.rebuilt >= 3


def measured(subject: str, milliseconds: float) -> Measured:
    times = dict.fromkeys(targets.CLASSES, Times(milliseconds, milliseconds))
    return Measured(subject, 10, milliseconds, 100, milliseconds, milliseconds, 50.0, times, times)


def test_a_target_is_reached_when_the_rival_takes_so_many_times_longer() -> None:
    _head, rows = targets.lines([measured("Exemplar", 1.0), measured("SQLite FTS5", 20.0)])
    assert ["question, warm", "SQLite FTS5", "20 x", "20 x", "reached", ""] in rows
    _head, rows = targets.lines([measured("Exemplar", 1.0), measured("SQLite FTS5", 19.0)])
    assert ["question, warm", "SQLite FTS5", "20 x", "19 x", "missed", ""] in rows
    assert {row[1] for row in rows} == {"SQLite FTS5", ""}


def test_what_a_killed_writer_has_said_ends_at_a_whole_line() -> None:
    before = {"a": 1}
    said = ['{"a": 2}\n', "null\n", '{"a": 3}\n', '{"a": 4']
    assert crash.states(before, said) == ({"a": 2}, {"a": 3})
    assert crash.states(before, []) == (before, None)


def test_a_writer_that_dies_by_itself_ends_the_bench_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(crash, "WRITER", (sys.executable, "-c", "raise SystemExit(3)"))
    assert crash.main(["--kills", "1"]) == 2
    assert (
        capsys.readouterr().out == "the writer ended by itself with 3; what it complained of stands above\n"
    )
