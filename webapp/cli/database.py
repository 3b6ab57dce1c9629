"""`exemplar migrate`, `exemplar doctor` and `exemplar journal`."""

import shutil
import socket
import sqlite3
import sys
from collections.abc import Iterator

from rich.table import Table

from foundation import journal as journal_room
from foundation.db import WAL_RESET_FIXED_IN, sqlite_module
from submissions.intake import office
from webapp import migrate as migrations
from webapp.cli.console import console, opened
from webapp.settings import load_settings
from webapp.wiring import Product, build

GOOD, WARNING, BAD = "[green]ok[/]", "[yellow]look[/]", "[red]bad[/]"


def migrate() -> None:
    """Bring the database to the newest migration."""
    product = build(load_settings())
    before = migrations.current(product.database)
    migrations.upgrade(product.database)
    console.print(f"{before or 'empty'} -> {migrations.current(product.database)}")
    product.close()


def journal() -> None:
    """Verify the chain of the journal and print its head."""
    with opened() as product, product.database.read() as db:
        result = journal_room.verify(db)
    if result.broken_at is not None:
        console.print(f"[bold red]The journal is broken at entry {result.broken_at}.[/]")
        sys.exit(1)
    console.print(f"{result.entries} entries, unbroken. Head: {result.head}", highlight=False)


def doctor() -> None:
    """Check the installation and say what to do about what is wrong."""
    table = Table("check", "result", "detail", title="Doctor")
    bad = False
    with opened() as product:
        for name, result, detail in _checks(product):
            table.add_row(name, result, detail)
            bad = bad or result == BAD
    console.print(table)
    sys.exit(1 if bad else 0)


def _checks(product: Product) -> Iterator[tuple[str, str, str]]:
    yield "database", GOOD, product.database.url.render_as_string(hide_password=True)
    yield _sqlite_version(product)
    revision = migrations.current(product.database)
    yield "migrations", GOOD if revision == migrations.newest() else BAD, f"revision {revision}"
    with product.database.read() as db:
        chain = journal_room.verify(db)
    yield (
        "journal",
        GOOD if chain.broken_at is None else BAD,
        f"{chain.entries} entries, head {chain.head[:12]}",
    )
    yield _files_work(product)
    free = shutil.disk_usage(product.settings.data_dir).free / 1e9
    yield "disk", GOOD if free > 2 else WARNING, f"{free:.1f} GB free in {product.settings.data_dir}"
    program = office.installed()
    detail = (
        "page numbers in the casebook's contents are real"
        if program
        else ("not installed: the casebook's contents have no page numbers until Word updates them")
    )
    yield "LibreOffice", GOOD if program else WARNING, detail
    yield _conversion()
    yield from _mail_intake(product)


def _conversion() -> tuple[str, str, str]:
    """How .doc, .wps and .rtf files are taken in."""
    name = "old Word files"
    if office.installed() is None:
        return name, WARNING, "not converted: authors are told how to save as .docx"
    if office.is_isolated():
        return name, GOOD, "converted by LibreOffice without a network"
    advice = "this system allows no network namespaces (see kernel.unprivileged_userns_clone)"
    return name, WARNING, f"converted by LibreOffice with links and proxy closed, but {advice}"


def _mail_intake(product: Product) -> Iterator[tuple[str, str, str]]:
    """Whether somebody takes the mail for calls, where that is wanted."""
    settings = product.settings
    if not settings.mail_intake_domain:
        return
    place = f"{settings.mail_intake_host}:{settings.mail_intake_port}"
    if not settings.base_url:
        yield "mail intake", BAD, "answers need links: set base_url"
        return
    try:
        with socket.create_connection((settings.mail_intake_host, settings.mail_intake_port), 2):
            yield "mail intake", GOOD, f"CALL@{settings.mail_intake_domain} is taken at {place}"
    except OSError:
        yield "mail intake", WARNING, f"nobody answers at {place}: start `exemplar mail-intake`"


def _sqlite_version(product: Product) -> tuple[str, str, str]:
    if not product.database.is_sqlite:
        return "SQLite", GOOD, "not used"
    module = sqlite_module()
    version: tuple[int, ...] = module.sqlite_version_info
    fixed = version >= WAL_RESET_FIXED_IN
    source = "standard library" if module is sqlite3 else "pysqlite3"
    text = f"{module.sqlite_version} from {source}"
    if fixed:
        return "SQLite", GOOD, text
    return "SQLite", WARNING, f"{text}: older than 3.51.3, commits can be lost when the WAL is reset"


def _files_work(product: Product) -> tuple[str, str, str]:
    stored = product.files.put(iter([b"exemplar doctor"]))
    same = product.files.read(stored.sha256) == b"exemplar doctor"
    return "files", GOOD if same else BAD, type(product.files).__name__
