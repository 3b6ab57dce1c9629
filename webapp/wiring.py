"""The one place where things are built and each port gets its implementation.

Every package hands in its visibility grants, pages, API operations and subscriptions; a new package or a
new listener is a line here.
"""

import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from obstore.store import S3Store
from sqlalchemy.orm import Session
from starlette.routing import BaseRoute
from starlette.types import ASGIApp

from casebook import api as casebook_api
from casebook import pages as casebook_pages
from casebook import subscriptions as casebook_subscriptions
from casebook.assemble import blind_case, handbook, paper, single_case
from casebook.docx.certificates import write_certificates
from casebook.docx.renderer import DocxRenderer
from casebook.editing.pages.unit import link_of_case as editing_link_of_case
from casebook.errors import LayoutFailed
from casebook.making import publishing
from casebook.making.bindery import Bindery
from casebook.making.previews import Previews
from casebook.making.workshop import Workshop
from casebook.pagination import Paginator, installed_paginator
from casebook.renderer import Renderer
from casebook.reports import api as report_api
from casebook.reports import pages as report_pages
from casebook.reports.ports import Shelf as ReportShelf
from casebook.reports.subscriptions import subscriptions as report_subscriptions
from casebook.slides import write_slides
from casebook.visibility import GRANTS as CASEBOOK_GRANTS
from foundation import api
from foundation.api import Operation
from foundation.clock import Clock, SystemClock
from foundation.db import Database
from foundation.errors import Refused
from foundation.files import FileStore, LocalFiles, OwnFiles, S3Files
from foundation.journal import Subscription
from foundation.mail import FolderMailer, Mailer, SmtpMailer
from foundation.partials import PartialFiles
from foundation.text import _
from foundation.visibility import Grant
from foundation.web import Edge
from judging import api as judging_api
from judging import pages as judging_pages
from judging import queries as judging_queries
from judging.pages.case_outcome import links_of_case
from judging.papers.ports import Writers
from judging.subscriptions import subscriptions as judging_subscriptions
from judging.values import BlindCopy
from judging.visibility import GRANTS as JUDGING_GRANTS
from judging.visibility import blind_calls
from search import api as library_api
from search import pages as library_pages
from search.asking import asked_in
from search.curation.queries.topics import topics_of_cases as library_topics
from search.engine import SearchEngine
from search.holdings import Shelved, short_path
from search.indexing import Indexer
from search.library import Library
from search.pages.case_files import Copies
from search.pages.wishing import link_of_case as library_link_of_case
from search.pdf_copies import PdfCopies
from search.postgres_engine.engine import PostgresEngine
from search.readers.notices import look_through, write_letters
from search.readers.pages import Readers
from search.readers.policy.usage import may_see_usage
from search.readers.popularity import Popularity
from search.readers.tally import Tally
from search.rebuilding import Rebuilder
from search.shelf import readable, standings
from search.subscriptions import subscriptions as search_subscriptions
from search.teaching.packs.ports import Deck, PackWriters, Print
from search.teaching.packs.queries import packs_of_cases
from search.teaching.packs.subscriptions import index_subscription
from search.visibility import GRANTS as SEARCH_GRANTS
from search.whoosh_engine.engine import WhooshEngine
from submissions import api as submissions_api
from submissions import pages as submissions_pages
from submissions import subscriptions as submissions_subscriptions
from submissions.subscriptions import receipts
from submissions.values import VersionView
from submissions.visibility import grants as submissions_grants
from webapp import health, openapi
from webapp.accounts import admin_pages
from webapp.accounts import api as accounts_api
from webapp.accounts import pages as account_pages
from webapp.accounts import service as accounts
from webapp.app import build_app
from webapp.chores import clear_uploads, end_notices, keep_study, record_closings
from webapp.demo import visitors
from webapp.exchange import export_pages
from webapp.exchange import pages as exchange_pages
from webapp.exchange.folders import BlindWordOf, WordOf
from webapp.exchange.importer import Importer
from webapp.home import pages as home_pages
from webapp.languages import languages
from webapp.navigation import navigation
from webapp.settings import Settings
from webapp.templating import environment
from webapp.worker import Worker

REPORT_CASES = 2_000
"""The most cases of a search that a report counts."""
PDF_SECONDS = 120
"""What LibreOffice may take for one case."""

log = logging.getLogger(__name__)

GRANTS: tuple[Grant, ...] = (
    *submissions_grants(blind_calls),
    *JUDGING_GRANTS,
    *SEARCH_GRANTS,
    *CASEBOOK_GRANTS,
)


@dataclass(frozen=True, slots=True)
class Product:
    """Everything that is running: what `serve`, the worker, the commands and the tests use."""

    settings: Settings
    clock: Clock
    database: Database
    files: FileStore
    books: OwnFiles
    mailer: Mailer
    edge: Edge
    app: ASGIApp
    worker: Worker
    indexer: Indexer
    shelf: Library
    tally: Tally

    def close(self) -> None:
        self.worker.stop()
        self.tally.close()
        self.shelf.close()
        self.database.close()


def build(settings: Settings, clock: Clock | None = None) -> Product:
    """Build the product from its settings; opens the database, starts nothing."""
    clock = clock or SystemClock()
    database = Database(settings.database, GRANTS, languages())
    files = file_store(settings)
    books = book_store(settings)
    bindery = Bindery(
        books=books,
        previews=Previews(books, settings.data_dir / "previews"),
        office=installed_paginator() is not None,
        links=links_of_cases,
    )
    mailer = mail_port(settings)
    engine = search_engine(settings, database)
    indexer = Indexer(database, engine, packs_of_cases)
    shelf = Library(engine, indexer, Popularity(clock))
    tally = Tally(database, settings.time_zone)
    edge = Edge(
        database=database,
        clock=clock,
        files=files,
        secret=settings.secret(),
        templates=environment(),
        languages=languages(),
        identify=accounts.identify,
        touch=accounts.touch,
        navigation=navigation,
        site_name=settings.site_name,
        base_url=settings.base_url,
        secure_cookies=settings.secure_cookies,
    )
    edge.templates.globals["upload_limit_mb"] = settings.upload_limit_mb
    edge.templates.globals["links_of_case"] = lambda db, case: [
        *links_of_case(db, case),
        *library_link_of_case(db, case),
        *editing_link_of_case(db, case),
    ]
    edge.templates.globals["readable_cases"] = readable
    edge.templates.globals["books_of_award"] = publishing.books_of_award
    edge.templates.globals["any_book_published"] = publishing.any_published
    edge.templates.globals["may_see_usage"] = may_see_usage
    edge.templates.globals["mail_domain"] = settings.mail_intake_domain
    described = operations(settings, shelf, bindery)
    partials = PartialFiles(settings.data_dir / "incoming")
    app = build_app(
        edge,
        [
            *pages(settings, shelf, files, partials, tally, bindery),
            *health.routes(metrics=settings.metrics),
            *openapi.routes(described),
            *api.routes(described),
        ],
        allowed_hosts=settings.allowed_hosts,
        upload_limit=settings.upload_limit_mb * 1_000_000 + 1_000_000,
    )
    worker = Worker(
        database,
        mailer,
        clock,
        [
            *subscriptions(settings, database, files, bindery, indexer, clock),
            *receipts.subscriptions(key=edge.secret, base_url=settings.public_address, clock=clock),
            *report_subscriptions(files, clock, report_shelf(settings, shelf), installed_paginator()),
            Importer(database, files, clock, site_name=settings.site_name).subscription(),
        ],
        chores=(
            record_closings,
            end_notices,
            clear_uploads(partials),
            look_through(shelf),
            keep_study(settings.public_address),
            write_letters(edge.secret, settings.public_address, settings.time_zone),
        ),
    )
    return Product(settings, clock, database, files, books, mailer, edge, app, worker, indexer, shelf, tally)


def file_store(settings: Settings) -> FileStore:
    return _store(settings, "files", "")


def book_store(settings: Settings) -> OwnFiles:
    """Made books: apart from what people uploaded, because old proofs are let go."""
    return _store(settings, "books", "books")


def _store(settings: Settings, folder: str, prefix: str) -> LocalFiles | S3Files:
    if not settings.s3_bucket:
        return LocalFiles(settings.data_dir / folder)
    store = S3Store(
        settings.s3_bucket,
        prefix=prefix or None,
        endpoint=settings.s3_endpoint or None,
        region=settings.s3_region,
        access_key_id=settings.s3_access_key.get_secret_value(),
        secret_access_key=settings.s3_secret_key.get_secret_value(),
        client_options={"allow_http": settings.s3_endpoint.startswith("http://")},
    )
    return S3Files(store)


def mail_port(settings: Settings) -> Mailer:
    if not settings.smtp_host:
        return FolderMailer(mail_folder(settings), settings.mail_from)
    return SmtpMailer(
        settings.smtp_host,
        settings.smtp_port,
        settings.mail_from,
        user=settings.smtp_user,
        password=settings.smtp_password.get_secret_value(),
        encrypted=settings.smtp_tls,
    )


def search_engine(settings: Settings, database: Database) -> SearchEngine:
    if settings.uses_postgres_search:
        return PostgresEngine(database)
    return WhooshEngine(settings.data_dir / "index")


def mail_folder(settings: Settings) -> Path:
    return settings.data_dir / "mail"


def pages(
    settings: Settings,
    shelf: Library,
    files: FileStore,
    partials: PartialFiles,
    tally: Tally,
    bindery: Bindery,
) -> list[BaseRoute]:
    """The routes of all packages."""
    return [
        *home_pages.routes(),
        *account_pages.routes(visitors.try_outs if settings.demo else account_pages.nobody_tries),
        *admin_pages.routes(),
        *submissions_pages.routes(partials, judging_queries.has_begun),
        *judging_pages.routes(account_pages.onward, writers()),
        *library_pages.routes(
            shelf,
            copies_of_cases(settings, files),
            pack_writers(),
            readers=Readers(tally, paper),
            sender=settings.mail_from,
        ),
        *casebook_pages.routes(topics_of_cases, bindery),
        *report_pages.routes(report_shelf(settings, shelf)),
        *exchange_pages.routes(),
        *export_pages.routes(plain_word(files), blind_word(files)),
    ]


def operations(settings: Settings, shelf: Library, bindery: Bindery) -> list[Operation]:
    """The API operations of all packages."""
    return [
        *accounts_api.operations(),
        *submissions_api.operations(judging_queries.has_begun),
        *judging_api.operations(),
        *library_api.operations(shelf),
        *casebook_api.operations(topics_of_cases, bindery),
        *report_api.operations(report_shelf(settings, shelf)),
    ]


def report_shelf(settings: Settings, shelf: Library) -> ReportShelf:
    """What research reports ask of the library."""

    def search(db: Session, query: str) -> tuple[str, ...]:
        asked = asked_in(query)
        most = REPORT_CASES
        return shelf.holding(db, asked.text, filters=asked.filters, most=most, exact=asked.exact) or ()

    def standing(db: Session, case_ids: Collection[str]) -> frozenset[str]:
        return frozenset(each.award.case_id for each in standings(db, case_ids) if each.audience is not None)

    def address(number: str) -> str:
        return f"{settings.public_address}{short_path(number)}"

    return ReportShelf(search, topics_of_cases, standing, address)


def topics_of_cases(db: Session, case_ids: Collection[str]) -> dict[str, tuple[str, ...]]:
    """What the library says cases are about, the weightiest first: for the chapters and indexes of books."""
    found = library_topics(db, case_ids)
    return {case_id: tuple(each.label for each in topics) for case_id, topics in found.items()}


def copies_of_cases(settings: Settings, files: FileStore) -> Copies:
    """What the library offers for download: one case in the book's styles, with the photos that are public;
    as PDF too where LibreOffice is installed."""

    def word(_db: Session, case: Shelved) -> bytes:
        version = replace(case.version, attachments=case.photos)
        return single_case(
            version,
            prize=case.award.prize_name,
            category=case.category,
            files=files,
            origin=f"{source}{case.short_path}",
        )

    source = f"{settings.site_name}　{settings.public_address}"
    office = installed_paginator(timeout=PDF_SECONDS)
    if office is None:
        return Copies(word)

    def pdf(source: bytes) -> bytes:
        try:
            return office.pdf(source)
        except LayoutFailed as failure:
            log.warning("no PDF of a case: %s", failure)
            raise Refused(_("PDF 没有生成成功，请稍后再试；也可以下载 Word，或打印时存为 PDF。")) from failure

    return Copies(word, PdfCopies(settings.data_dir / "pdf", pdf, source=source))


def pack_writers() -> PackWriters:
    """Who writes the files of teaching packs."""

    def document(sheet: Print, files: FileStore) -> bytes:
        cases = [
            (replace(case.version, attachments=case.photos), case.award.prize_name, case.category)
            for case in sheet.cases
        ]
        return handbook(sheet.title, sheet.byline, sheet.blocks, cases, files)

    def slides(deck: Deck) -> bytes:
        return write_slides(deck.title, deck.byline, deck.pages)

    return PackWriters(document, slides)


def plain_word(files: FileStore) -> WordOf:
    """A case as an export has it: in the book's styles, without a prize."""

    def write(version: VersionView, category: str) -> bytes:
        return single_case(version, prize="", category=category, files=files)

    return write


def blind_word(files: FileStore) -> BlindWordOf:
    """A juror's copy, in the same styles."""

    def write(copy: BlindCopy) -> bytes:
        return blind_case(copy, files)

    return write


def writers() -> Writers:
    """Who writes Word files for judging."""
    return Writers(document=paper, certificates=write_certificates)


def word_renderer(paginator: Paginator | None) -> Renderer:
    """Word files; with true page numbers in the contents where LibreOffice is installed."""
    return DocxRenderer(paginator)


def workshop(settings: Settings, books: OwnFiles) -> Workshop:
    """Where books are made; layouts are kept, they take the longest."""
    return Workshop(books, word_renderer, installed_paginator(kept=settings.data_dir / "layouts"))


def links_of_cases(db: Session, case_ids: Sequence[str]) -> dict[str, str]:
    """Where the library shows these cases, of those that the session's actor may read there."""
    return {case_id: f"/library/{case_id}" for case_id in readable(db, case_ids)}


def subscriptions(
    settings: Settings,
    database: Database,
    files: FileStore,
    bindery: Bindery,
    indexer: Indexer,
    clock: Clock,
) -> list[Subscription]:
    """Who listens to the journal."""
    made = workshop(settings, bindery.books)
    return [
        *submissions_subscriptions.subscriptions(database, files, clock),
        *judging_subscriptions(),
        indexer.subscription(),
        index_subscription(indexer.catch_up),
        Rebuilder(database, indexer, clock).subscription(),
        *search_subscriptions(database, clock),
        *casebook_subscriptions.subscriptions(database, files, made, bindery.previews, clock),
    ]
