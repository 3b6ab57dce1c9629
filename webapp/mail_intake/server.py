"""The SMTP side: aiosmtpd with our limits. One address a message, one connection's patience, no relaying."""

from __future__ import annotations

import asyncio
import logging
from asyncio.transports import BaseTransport
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from webapp.mail_intake.taking import FAILED, LATER, NOT_ACCEPTED, OK, ONE_CALL, Intake

log = logging.getLogger(__name__)

CONNECTIONS = 20
AT_ONCE = 2
"""Messages that are read at the same time."""
PATIENCE = 60.0
"""Seconds of silence after which a connection is closed."""


class Handler:
    """aiosmtpd's hooks; each answers with a reply of SMTP."""

    def __init__(self, intake: Intake) -> None:
        self._intake = intake
        self._places = asyncio.Semaphore(AT_ONCE)

    async def handle_MAIL(  # noqa: N802  # aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str | None, options: list[str]
    ) -> str:
        """The empty sender is that of bounces and automatic answers: nobody there wants to submit a case."""
        if not (address or "").strip("<> "):
            return NOT_ACCEPTED
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return OK

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if envelope.rcpt_tos:
            return ONE_CALL
        reply = await asyncio.to_thread(self._intake.recipient, address)
        if reply == OK:
            envelope.rcpt_tos.append(address)
            envelope.rcpt_options.extend(options)
        return reply

    async def handle_DATA(  # noqa: N802  # aiosmtpd's name
        self, _server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        peer = str(session.peer[0]) if session.peer else ""
        content = envelope.content if isinstance(envelope.content, bytes) else b""
        async with self._places:
            try:
                return await asyncio.to_thread(
                    self._intake.take, peer=peer, recipient=envelope.rcpt_tos[0], raw=content
                )
            except Exception:
                log.exception("a message could not be taken; its sender will try again")
                return FAILED


class _Guarded(SMTP):
    """aiosmtpd's server, for a limited number of connections at once."""

    active = 0

    def connection_made(self, transport: BaseTransport) -> None:
        type(self).active += 1
        if type(self).active > CONNECTIONS and isinstance(transport, asyncio.WriteTransport):
            transport.write(f"{LATER.replace('451', '421', 1)}\r\n".encode())
            transport.close()
            self.transport = None
            return
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        type(self).active -= 1
        if self.transport is not None:
            super().connection_lost(error)


class Server(Controller):
    """Listens in a thread of its own between `start` and `stop`. `limit` is of one message, in bytes."""

    def __init__(self, intake: Intake, *, host: str, port: int, limit: int) -> None:
        self._limit = limit
        self._kind: type[_Guarded] = type("_OfThisServer", (_Guarded,), {"active": 0})
        super().__init__(Handler(intake), hostname=host, port=port, ready_timeout=10.0)

    def factory(self) -> Any:
        return self._kind(
            self.handler,
            data_size_limit=self._limit,
            enable_SMTPUTF8=True,
            decode_data=False,
            hostname="exemplar",
            ident="SMTP",
            timeout=PATIENCE,
            loop=self.loop,
            command_call_limit=30,
        )
