"""`exemplar mail-intake`: cases by e-mail."""

import logging
import signal
import sys
import threading

from webapp.cli.console import console, errors, opened
from webapp.cli.serve import set_up_logging
from webapp.mail_intake.server import Server
from webapp.mail_intake.taking import Intake
from webapp.wiring import Product


def mail_intake() -> None:
    """Take in cases by e-mail: an SMTP server for the addresses of calls, see docs/operations.md.

    Runs until it is stopped. Needs the settings mail_intake_domain and base_url; the worker sends answers.
    """
    with opened() as product:
        settings = product.settings
        if not settings.mail_intake_domain or not settings.base_url:
            errors.print("Set mail_intake_domain (the calls' addresses are SLUG@DOMAIN) and base_url first.")
            sys.exit(2)
        set_up_logging(settings)
        logging.getLogger("mail.log").setLevel(logging.WARNING)  # aiosmtpd tells every command
        server = Server(
            intake_of(product),
            host=settings.mail_intake_host,
            port=settings.mail_intake_port,
            limit=settings.mail_intake_limit_mb * 1_000_000,
        )
        ended = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: ended.set())
        server.start()
        console.print(
            f"mail for CALL@{settings.mail_intake_domain} at "
            f"{settings.mail_intake_host}:{settings.mail_intake_port}; stop it with Ctrl+C",
            highlight=False,
        )
        try:
            ended.wait()
        finally:
            server.stop()


def intake_of(product: Product) -> Intake:
    """The intake by the product's settings."""
    return Intake(
        product.database,
        product.files,
        product.clock,
        domain=product.settings.mail_intake_domain,
        base_url=product.settings.base_url,
        own_sender=product.settings.mail_from,
    )
