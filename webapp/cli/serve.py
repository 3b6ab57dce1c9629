"""`exemplar serve` and `exemplar worker`."""

import logging
import signal
import sys
import threading

import structlog
import uvicorn
from rich.highlighter import NullHighlighter
from rich.logging import RichHandler

from webapp.cli import demo
from webapp.cli.console import console, opened
from webapp.settings import Settings, load_settings
from webapp.wiring import Product

SHUTDOWN_SECONDS = 10
KEEP_ALIVE_SECONDS = 75
"""Longer than readers think and proxies keep a connection (nginx: 60): who closes first loses no request."""


def serve(*, host: str | None = None, port: int | None = None) -> None:
    """Serve the site. Migrates the database first; with EXEMPLAR_DEMO=1 loads the demonstration year once.

    Parameters
    ----------
    host
        Address to listen on; default: the setting `host`.
    port
        Port to listen on; default: the setting `port`.
    """
    with opened() as product:
        settings = product.settings
        set_up_logging(settings)
        host, port = host or settings.host, settings.port if port is None else port
        _load_demo(product)
        console.print(f"[bold]{settings.site_name}[/]  http://{host}:{port}", highlight=False)
        product.indexer.start()
        if settings.worker_in_serve:
            product.worker.start()
        uvicorn.run(
            product.app,
            host=host,
            port=port,
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=settings.secure_cookies,
            timeout_keep_alive=KEEP_ALIVE_SECONDS,
            timeout_graceful_shutdown=SHUTDOWN_SECONDS,
        )


def worker() -> None:
    """Run the worker alone: the search index, book builds and mail. For use with worker_in_serve = false."""
    with opened() as product:
        set_up_logging(product.settings)
        ended = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: ended.set())
        console.print("worker started; stop it with Ctrl+C")
        product.worker.start()
        ended.wait()


def _load_demo(product: Product) -> None:
    if product.settings.demo:
        demo.prepare(product)
        demo.show_accounts(product)


def set_up_logging(settings: Settings | None = None) -> None:
    """One line an event, for people or as JSON."""
    settings = settings or load_settings()
    handler: logging.Handler
    if settings.log_format == "json":
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(
            structlog.stdlib.ProcessorFormatter(
                processors=[
                    structlog.stdlib.add_log_level,
                    structlog.stdlib.add_logger_name,
                    structlog.processors.TimeStamper(fmt="iso", utc=True),
                    structlog.processors.format_exc_info,
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    structlog.processors.JSONRenderer(ensure_ascii=False),
                ],
                foreign_pre_chain=[structlog.stdlib.ExtraAdder()],
            )
        )
    else:
        handler = RichHandler(show_path=False, log_time_format="%H:%M:%S", highlighter=NullHighlighter())
        handler.setFormatter(logging.Formatter("%(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for noisy in ("alembic", "fontTools", "multipart", "python_multipart"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
