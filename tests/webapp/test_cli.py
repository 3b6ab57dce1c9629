"""The command line, in a process of its own, as a user runs it."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

COMMANDS = (
    "serve", "migrate", "demo", "pipeline", "user", "import-cases", "compile", "reindex", "doctor", "worker",
    "config", "journal",
)  # fmt: skip

RUNNER = """
import contextlib, io, json, sys
from webapp.cli import main
done = []
for arguments in json.loads(sys.argv[1]):
    sys.argv = ["exemplar", *arguments]
    out, err, code = io.StringIO(), io.StringIO(), 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main()
        except SystemExit as end:
            code = end.code or 0
    done.append((code, out.getvalue(), err.getvalue()))
print(json.dumps(done))
"""
"""Loading the whole product takes seconds: commands of one test follow each other in one process."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a command left: its exit code and what it said."""

    code: int
    out: str
    err: str


@pytest.fixture
def exemplar(tmp_path: Path, sqlite_url: str) -> "Exemplar":
    return Exemplar(tmp_path, sqlite_url)


class Exemplar:
    """Runs `exemplar ...` commands on a migrated SQLite database in a folder of its own."""

    def __init__(self, folder: Path, url: str) -> None:
        self._environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("EXEMPLAR_")},
            "EXEMPLAR_DATA_DIR": str(folder),
            "EXEMPLAR_DATABASE_URL": url,
            "COLUMNS": "300",
            "PYTHONPATH": str(Path(__file__).parents[2]),
        }

    def __call__(self, *commands: tuple[str, ...], **environment: str) -> list[Done]:
        ended = subprocess.run(
            [sys.executable, "-c", RUNNER, json.dumps(commands)],
            check=True,
            stdout=subprocess.PIPE,
            text=True,
            env={**self._environment, **environment},
        )
        return [Done(*each) for each in json.loads(ended.stdout)]


def test_help_and_a_wrong_setting(exemplar: Exemplar) -> None:
    """Every command has a line of help; what is wrong is a sentence, not a trace."""
    help_, doctor = exemplar(("--help",), ("doctor",), EXEMPLAR_PORT="many")
    assert (help_.code, doctor.code) == (0, 2)
    assert [command for command in COMMANDS if command not in help_.out] == []
    assert "Setting port (EXEMPLAR_PORT)" in doctor.err
    assert "Traceback" not in doctor.err


def test_migrate_doctor_journal_and_config(exemplar: Exemplar) -> None:
    migrate, doctor, journal, config = exemplar(("migrate",), ("doctor",), ("journal",), ("config",))
    assert migrate.out.strip() == "0001 -> 0001"
    assert doctor.code == 0, doctor.out + doctor.err
    assert "unbroken" in journal.out
    assert "EXEMPLAR_SECRET_KEY" in config.out


def test_users_are_made_listed_and_given_passwords(exemplar: Exemplar) -> None:
    made, listed, again, lost, changed, nobody = exemplar(
        ("user", "add", "a@example.org", "张三", "organiser", "editor"),
        ("user", "list"),
        ("user", "add", "A@example.org", "再来", "juror"),
        ("user", "add", "b@example.org", "乙", "juror", "--unit", "没有"),
        ("user", "password", "a@example.org", "a long enough one"),
        ("user", "password", "nobody@example.org"),
    )
    assert "a@example.org created. Password: " in made.out
    assert "张三" in listed.out
    assert "editor, organiser" in listed.out
    assert (again.code, lost.code, nobody.code) == (2, 2, 2)
    assert "password set" in changed.out
