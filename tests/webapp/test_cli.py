"""The command line, run as a user runs it: in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

COMMANDS = (
    "serve", "migrate", "demo", "pipeline", "user", "import-cases", "compile", "reindex", "doctor", "worker",
    "config", "journal",
)  # fmt: skip


@pytest.fixture
def exemplar(tmp_path: Path, sqlite_url: str) -> "Exemplar":
    return Exemplar(tmp_path, sqlite_url)


class Exemplar:
    """Runs `exemplar ...` on a migrated SQLite database in a folder of its own."""

    def __init__(self, folder: Path, url: str) -> None:
        self._environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("EXEMPLAR_")},
            "EXEMPLAR_DATA_DIR": str(folder),
            "EXEMPLAR_DATABASE_URL": url,
            "COLUMNS": "300",
            "PYTHONPATH": str(Path(__file__).parents[2]),
        }

    def __call__(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", "from webapp.cli import main; main()", *arguments],
            check=False,
            capture_output=True,
            text=True,
            env={**self._environment, **environment},
        )


def test_every_command_has_a_line_of_help(exemplar: Exemplar) -> None:
    done = exemplar("--help")
    assert done.returncode == 0
    for command in COMMANDS:
        assert command in done.stdout


def test_a_wrong_setting_is_a_sentence_not_a_trace(exemplar: Exemplar) -> None:
    done = exemplar("doctor", EXEMPLAR_PORT="many")
    assert done.returncode == 2
    assert "Setting port (EXEMPLAR_PORT)" in done.stderr
    assert "Traceback" not in done.stderr


def test_migrate_doctor_journal_and_config(exemplar: Exemplar) -> None:
    assert exemplar("migrate").stdout.strip() == "0001 -> 0001"
    doctor = exemplar("doctor")
    assert doctor.returncode == 0, doctor.stdout + doctor.stderr
    assert "unbroken" in exemplar("journal").stdout
    assert "EXEMPLAR_SECRET_KEY" in exemplar("config").stdout


def test_users_are_made_listed_and_given_passwords(exemplar: Exemplar) -> None:
    made = exemplar("user", "add", "a@example.org", "张三", "organiser", "editor")
    assert "a@example.org created. Password: " in made.stdout
    listed = exemplar("user", "list").stdout
    assert "张三" in listed
    assert "editor, organiser" in listed
    assert exemplar("user", "add", "A@example.org", "再来", "juror").returncode == 2
    assert exemplar("user", "add", "b@example.org", "乙", "juror", "--unit", "没有").returncode == 2
    assert "password set" in exemplar("user", "password", "a@example.org", "a long enough one").stdout
    assert exemplar("user", "password", "nobody@example.org").returncode == 2
