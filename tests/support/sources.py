"""The project's own files, for tests that read them."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("foundation", "submissions", "judging", "search", "casebook", "webapp")
NOT_OURS = ("webapp/static/vendor/", "tests/support/vendor/")


@cache
def tracked() -> tuple[str, ...]:
    """Paths of all kept files, relative to the root, sorted; without git: all but what running makes."""
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        names = [name for name in listed.split("\0") if name and (ROOT / name).is_file()]
    except (FileNotFoundError, subprocess.CalledProcessError):
        names = [str(path.relative_to(ROOT)) for path in ROOT.rglob("*") if path.is_file() and _kept(path)]
    return tuple(sorted(names))


def _kept(path: Path) -> bool:
    made = {"var", ".venv", "__pycache__", ".git", "build", "dist", "node_modules"}
    parts = set(path.relative_to(ROOT).parts)
    return not (parts & made) and not any(part.endswith("_cache") for part in parts)


def python_files(*folders: str) -> list[str]:
    """Python files below the folders (all packages when none is named), vendored ones left out."""
    wanted = tuple(f"{folder}/" for folder in (folders or PACKAGES))
    return [name for name in tracked() if name.endswith(".py") and name.startswith(wanted) and ours(name)]


def templates() -> list[str]:
    """Jinja templates of all packages."""
    return [
        name
        for name in tracked()
        if "/templates/" in name and name.endswith((".html", ".txt", ".svg", ".xml", ".css")) and ours(name)
    ]


def ours(name: str) -> bool:
    """False for files that others wrote and we only carry along."""
    return not name.startswith(NOT_OURS)


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")
