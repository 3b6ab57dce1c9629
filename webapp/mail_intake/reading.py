"""A message as bytes becomes values. Pure; whatever the bytes are, it ends soon and raises only `Unwanted`.

Python's parser is given only what is small enough in the ways that cost it time: header bytes, lines,
multiparts inside each other. Words in headers and names of files are decoded as mailers really write them:
GBK without saying so, a character cut in two by two encoded words, charsets nobody has heard of.
"""

from __future__ import annotations

import email
import email.policy
from binascii import Error as BinasciiError
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import collapse_rfc2231_value, getaddresses
from pathlib import PurePosixPath

from foundation.forms import clean_text
from foundation.people import normal_email

HEADER_BYTES = 64_000
LINES = 800_000
"""30 MB of base64 are 400,000 lines."""
MULTIPARTS = 60
PARTS = 80
WORDS = 2_000
"""Characters of one header that are looked at."""
PHOTO_ENDINGS = (".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".gif", ".bmp", ".tif", ".tiff")
_WRAPPERS = (b"boundary", b"message/")


class Unwanted(Exception):
    """The message is not read; the sentence is for the log."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A file in a message."""

    name: str
    data: bytes

    @property
    def ending(self) -> str:
        return PurePosixPath(self.name.lower()).suffix


@dataclass(frozen=True, slots=True)
class Mail:
    """A message. `automatic` says why it was written by a program, "" for a person's.

    `documents` end in .docx, `photos` are pictures, `others` the names of what is neither.
    """

    sender: str
    sender_name: str
    subject: str
    message_id: str
    automatic: str
    documents: tuple[Attached, ...]
    photos: tuple[Attached, ...]
    others: tuple[str, ...]


def read_mail(raw: bytes) -> Mail:
    """Read a message as it came over SMTP.

    Raises:
        Unwanted
    """
    _check_size(raw)
    try:
        message = email.message_from_bytes(raw, policy=email.policy.compat32)
        return _read(message)
    except (MessageError, ValueError, LookupError, TypeError, AttributeError, KeyError, IndexError) as error:
        raise Unwanted(f"cannot be read: {type(error).__name__}") from error
    except RecursionError as error:
        raise Unwanted("nested too deep") from error


def _check_size(raw: bytes) -> None:
    end = min((at for at in (raw.find(b"\r\n\r\n"), raw.find(b"\n\n")) if at >= 0), default=len(raw))
    if end > HEADER_BYTES:
        raise Unwanted("headers too large")
    if raw.count(b"\n") > LINES:
        raise Unwanted("too many lines")
    lower = raw.lower()
    if sum(lower.count(word) for word in _WRAPPERS) > MULTIPARTS:
        raise Unwanted("too many parts inside parts")


def _read(message: Message) -> Mail:
    headers = {name.lower(): value for name, value in reversed(list(message.raw_items()))}
    senders = getaddresses([_words(headers.get("from", ""))])
    name, sender = senders[0] if len(senders) == 1 else ("", "")
    files = [found for part in _leaves(message) if (found := _file(part)) is not None]
    documents = tuple(each for each in files if each.ending == ".docx")
    photos = tuple(each for each in files if each.ending in PHOTO_ENDINGS)
    others = tuple(each.name for each in files if each not in documents and each not in photos)
    return Mail(
        sender=normal_email(clean_text(sender)),
        sender_name=clean_text(name)[:100],
        subject=_line(headers.get("subject", ""))[:200],
        message_id=_line(headers.get("message-id", ""))[:250],
        automatic=automatic(headers),
        documents=documents,
        photos=photos,
        others=others,
    )


def automatic(headers: Mapping[str, str]) -> str:
    """Why a program and not a person has sent this (RFC 3834 and what mailers do), "" for a person."""
    if str(headers.get("auto-submitted", "no")).split(";")[0].strip().lower() not in ("no", ""):
        return "auto-submitted"
    if str(headers.get("precedence", "")).strip().lower() in ("bulk", "list", "junk", "auto_reply"):
        return "precedence"
    for name in ("list-id", "list-post", "list-unsubscribe", "x-autoreply", "x-autorespond", "x-loop"):
        if name in headers:
            return name
    if str(headers.get("return-path", "x")).strip() == "<>":
        return "return-path"
    if str(headers.get("content-type", "")).lower().startswith("multipart/report"):
        return "report"
    return ""


def _leaves(message: Message) -> Iterator[Message]:
    """The parts that hold something themselves; messages inside messages are not opened."""
    waiting, seen = [message], 0
    while waiting:
        part = waiting.pop(0)
        seen += 1
        if seen > PARTS:
            raise Unwanted("too many parts")
        if part.get_content_maintype() == "message":
            continue
        if part.is_multipart():
            waiting += [each for each in part.get_payload() if isinstance(each, Message)]
        else:
            yield part


def _file(part: Message) -> Attached | None:
    """The part as a file; texts, and pictures that belong to a signature, are none."""
    name = _file_name(part)
    kind = part.get_content_type()
    disposition = str(part.get("content-disposition", "")).strip().lower()
    is_ornament = kind == "image/gif" or (part.get_content_maintype() == "image" and "content-id" in part)
    if not name or (is_ornament and not disposition.startswith("attachment")):
        return None
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes) or not data:
        return None
    return Attached(name, data)


def _file_name(part: Message) -> str:
    raw = {name.lower(): value for name, value in part.raw_items()}
    for header, key in (("content-disposition", "filename"), ("content-type", "name")):
        told = Message()
        told[header] = _plain(str(raw.get(header, ""))[:WORDS])
        value = told.get_param(key, None, header)
        if value is None:
            continue
        text = collapse_rfc2231_value(value) if isinstance(value, tuple) else str(value)
        name = _words(text).replace("\\", "/").rsplit("/", 1)[-1]
        if name := clean_text(name).strip(". ")[-120:]:
            return name
    return ""


def _line(value: str) -> str:
    return " ".join(clean_text(_words(value)).split())


def _words(value: object) -> str:
    """A header's words, decoded."""
    text = str(value)[:WORDS]
    if "=?" not in text:
        return _plain(text)
    try:
        pieces = decode_header(text.encode("ascii", "surrogateescape").decode("latin-1"))
    except (MessageError, BinasciiError, ValueError):
        return _plain(text)
    return "".join(
        _decoded(piece, charset) if isinstance(piece, bytes) else piece for piece, charset in pieces
    )


def _plain(text: str) -> str:
    """Text of a header that was not encoded: ASCII, or bytes that say nothing about themselves."""
    try:
        return _decoded(text.encode("ascii", "surrogateescape"), None)
    except UnicodeEncodeError:
        return text


def _decoded(data: bytes, charset: str | None) -> str:
    named = (charset or "").lower().replace("_", "-")
    if named in ("gb2312", "gbk", "gb-2312", "x-gbk", "cn-gb"):
        named = "gb18030"  # what mailers call gb2312 holds more than that
    for encoding in (named, "utf-8", "gb18030"):
        try:
            return data.decode(encoding) if encoding else data.decode("ascii")
        except (UnicodeError, LookupError):
            continue
    return data.decode("latin-1")
