"""What the tools cannot say about this house. The rules themselves are in docs/architecture.md."""

import ast
import io
import re
import subprocess
import sys
import tokenize
from collections.abc import Iterator, Sequence

import jinja2
import pytest
from babel.messages import pofile
from babel.messages.extract import extract, extract_from_file

from tests.support.sources import PACKAGES, ROOT, ours, python_files, templates, text, tracked
from webapp.settings import Settings

EDGES = ("foundation/db.py", "foundation/web.py", "foundation/journal.py", "webapp/cli/", "webapp/migrate.py")
INDEX_COMMITS = ("search/whoosh_engine", "search/postgres_engine")
"""The index has commits of its own: it is derived and lives beside the database."""

LINES = 450
LONGER: dict[str, str] = {}
"""Files that may be longer than LINES, each with its reason."""

CJK = re.compile(r"[\u3400-\u9fff]")
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%%")


# --- transactions ----------------------------------------------------------------------------------


def test_only_the_edges_begin_and_commit() -> None:
    found = [
        f"{name}:{call.lineno} .{call.func.attr}("
        for name in python_files()
        if not name.startswith(EDGES + INDEX_COMMITS)
        for call in _calls(name)
        if isinstance(call.func, ast.Attribute) and call.func.attr in {"commit", "begin"}
    ]
    assert found == []


def _calls(name: str) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(text(name))):
        if isinstance(node, ast.Call):
            yield node


def test_nothing_is_opened_by_importing() -> None:
    """Settings decide at start what is opened: imports may read modules and data files of ours, no more.

    -B: Python's own writing of compiled files is not ours to count.
    """
    script = """
import importlib, pkgutil, sys
opened = []
def hook(event, arguments):
    if event in {"sqlite3.connect", "socket.connect", "socket.bind", "subprocess.Popen", "shutil.rmtree"}:
        opened.append((event, str(arguments[:1])))
    elif event == "open" and isinstance(arguments[1], str) and set(arguments[1]) & set("wax+"):
        opened.append((event, str(arguments[0])))
sys.addaudithook(hook)
for package in sys.argv[1:]:
    module = importlib.import_module(package)
    for found in pkgutil.walk_packages(module.__path__, package + "."):
        if ".migrations" not in found.name and not found.name.endswith("__main__"):
            importlib.import_module(found.name)
sys.stdout.write(repr(opened))
"""
    done = subprocess.run(
        [sys.executable, "-B", "-c", script, *PACKAGES], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr) == ("[]", "")


# --- comments to the tools -------------------------------------------------------------------------

SILENCER = re.compile(
    r"#\s*(?:noqa(?P<noqa>:\s*[A-Z]+\d+(?:\s*,\s*[A-Z]+\d+)*)?"
    r"|type:\s*ignore(?P<ignore>\[[\w\-, ]+\])?)(?P<rest>.*)$"
)


def test_each_silencer_names_its_check_and_its_reason() -> None:
    bad = []
    for name in python_files(*PACKAGES, "tests", "bench"):
        for line, comment in _comments(name):
            match = SILENCER.search(comment)
            if match is None:
                continue
            reason = re.sub(r"[\s#\-–—:;.()]+", " ", match["rest"]).strip()
            if not (match["noqa"] or match["ignore"]) or len(reason) < 5:
                bad.append(f"{name}:{line} {comment}")
    assert bad == []


def _comments(name: str) -> Iterator[tuple[int, str]]:
    for token in tokenize.generate_tokens(io.StringIO(text(name)).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


# --- size and mirror -------------------------------------------------------------------------------


def test_a_room_that_outgrows_its_file_becomes_a_folder() -> None:
    too_long = {
        name: count
        for name in python_files()
        if (count := len(text(name).splitlines())) > LINES
        and name not in LONGER
        and not name.startswith("webapp/migrations/versions/")  # generated, and never changed again
    }
    assert too_long == {}


def test_exceptions_from_the_length_are_still_needed() -> None:
    assert [name for name in LONGER if len(text(name).splitlines()) <= LINES] == []


def test_tests_mirror_the_sources() -> None:
    """Each test folder is named after a package, and a package's rules, policies and services have tests."""
    allowed = {*PACKAGES, "support", "journeys", "bench"}
    folders = {name.split("/")[1] for name in tracked() if name.startswith("tests/") and name.count("/") > 1}
    assert folders <= allowed
    missing = [
        f"{package}/{room}"
        for package in ("submissions", "judging", "search", "casebook")
        for room in ("rules", "policy", "service", "queries")
        if _has_room(package, room) and not _has_test(package, room)
    ]
    assert missing == []


def _has_room(package: str, room: str) -> bool:
    return any(name == f"{package}/{room}.py" or name.startswith(f"{package}/{room}/") for name in tracked())


def _has_test(package: str, room: str) -> bool:
    inside = [name for name in tracked() if name.startswith(f"tests/{package}/")]
    imported = re.compile(
        rf"(from {package}(\.{room}\b| import [^\n]*\b{room}\b))|import {package}\.{room}\b"
    )
    return any(f"test_{room}" in name or f"/{room}/" in name for name in inside) or any(
        imported.search(text(name)) for name in inside if name.endswith(".py")
    )


# --- words -----------------------------------------------------------------------------------------

KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None, "gettext": None, "n_": (1, 2), "ngettext": (1, 2), "pgettext": ((1, "c"), 2),  # type: ignore[dict-item]  # babel's own way to mark a context
}  # fmt: skip


def messages() -> dict[str, str]:
    """Message id -> where it was first seen."""
    found: dict[str, str] = {}
    for name in python_files():
        for line, message, *_rest in extract_from_file("python", str(ROOT / name), keywords=KEYWORDS):
            found.setdefault(_singular(message), f"{name}:{line}")
    options = {"extensions": "jinja2.ext.i18n,jinja2.ext.do,jinja2.ext.loopcontrols", "silent": "false"}
    for name in templates():
        with (ROOT / name).open("rb") as source:
            extracted = extract("jinja2.ext:babel_extract", source, keywords=KEYWORDS, options=options)
            for line, message, *_rest in list(extracted):
                found.setdefault(_singular(message), f"{name}:{line}")
    found.pop("", None)
    return found


def _singular(message: str | Sequence[str]) -> str:
    return message if isinstance(message, str) else message[0]


def english() -> dict[str, str]:
    """All catalogues together; plural entries under their singular."""
    words: dict[str, str] = {}
    for path in sorted((ROOT / "webapp/locale/en").glob("*.po")):
        with path.open("rb") as source:
            for message in pofile.read_po(source, locale="en", abort_invalid=True):
                if message.id and not message.fuzzy:
                    forms = message.string if isinstance(message.string, tuple) else (message.string,)
                    words[_singular(message.id)] = " ".join(str(form) for form in forms)
    return words


def test_every_message_has_an_english_translation() -> None:
    known = english()
    missing = {message: place for message, place in messages().items() if not known.get(message, "").strip()}
    assert missing == {}


def test_translations_keep_the_parameters() -> None:
    wrong = {
        message: translated
        for message, translated in english().items()
        if set(PLACEHOLDER.findall(message)) ^ set(PLACEHOLDER.findall(translated)) and translated.strip()
    }
    assert wrong == {}


def test_translations_are_english() -> None:
    """A language names itself in its own script; nothing else in an English sentence is Chinese."""
    assert {m: t for m, t in english().items() if CJK.search(t.replace("中文", "")) and "《" not in t} == {}


def test_templates_hold_no_untranslated_chinese() -> None:
    environment = jinja2.Environment(
        autoescape=True, extensions=["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"]
    )
    found = []
    for name in templates():
        for line, kind, value in environment.lex(text(name)):
            if kind == "data" and CJK.search(
                re.sub(r"<!--.*?-->", "", value, flags=re.S).replace("中文", "")
            ):
                found.append(f"{name}:{line} {value.strip()[:60]}")
    assert found == []


# --- documents -------------------------------------------------------------------------------------


def test_every_setting_is_documented() -> None:
    """docs/operations.md says of each setting what `exemplar config` says."""
    page = text("docs/operations.md")
    missing = [name for name in Settings.model_fields if f"| `{name}` |" not in page]
    stale = [name for name in re.findall(r"^\| `(\w+)` \|", page, re.M) if name not in Settings.model_fields]
    assert (missing, stale) == ([], [])


def test_documents_link_to_what_is_there() -> None:
    broken = []
    for name in tracked():
        if (
            name.endswith(".md")
            and ours(name)
            and "/" not in name.removeprefix("docs/").removeprefix("LICENSES/")
        ):
            folder = (ROOT / name).parent
            links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", text(name))
            broken += [f"{name}: {link}" for link in links if not (folder / link).exists()]
    assert broken == []


# --- what is kept ----------------------------------------------------------------------------------

MACHINE_PATHS = re.compile(
    "|".join(("/" + "root/", "/" + "work/", "/" + "farm/", "/tmp" + "/setup", r"/home/\w+/\w"))
)
REGISTRIES = re.compile(
    "|".join(
        (
            "pythonhosted" + r"\.org",
            r"pypi\.org/" + "simple",
            "registry" + r"\.npmjs",
            "--(extra-)?index" + "-url",
        )
    )
)


@pytest.mark.parametrize("pattern", [MACHINE_PATHS, REGISTRIES], ids=["machine paths", "registries"])
def test_no_file_names_a_machine_or_a_registry(pattern: re.Pattern[str]) -> None:
    found = []
    for name in tracked():
        if not ours(name):
            continue
        try:
            content = text(name)
        except UnicodeDecodeError:
            continue
        found += [f"{name}: {match.group()}" for match in pattern.finditer(content)]
    assert found == []
