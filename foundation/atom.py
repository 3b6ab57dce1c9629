"""Atom feeds (RFC 4287) as text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

MEDIA_TYPE = "application/atom+xml; charset=utf-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry; `id` is for ever, `url` where to read it, `author` "" is the feed's."""

    id: str
    url: str
    title: str
    updated: datetime
    summary: str = ""
    content_html: str = ""
    author: str = ""
    published: datetime | None = None
    categories: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed; `own_url` is its own address, `url` the page it follows."""

    id: str
    url: str
    own_url: str
    title: str
    author: str
    updated: datetime
    entries: Sequence[Entry]
    subtitle: str = ""


def written(feed: Feed) -> str:
    """The feed as XML."""
    subtitle = f"<subtitle>{escape(feed.subtitle)}</subtitle>" if feed.subtitle else ""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>{escape(feed.title)}</title>{subtitle}<id>{escape(feed.id)}</id>"
        f"<updated>{stamp(feed.updated)}</updated><author><name>{escape(feed.author)}</name></author>"
        f'<link rel="self" type="application/atom+xml" href={quoteattr(feed.own_url)}/>'
        f'<link rel="alternate" href={quoteattr(feed.url)}/>'
        f"{''.join(map(_entry, feed.entries))}</feed>"
    )


def stamp(at: datetime) -> str:
    """An instant as Atom and sitemaps write it."""
    return at.astimezone(UTC).isoformat(timespec="seconds")


def _entry(entry: Entry) -> str:
    published = f"<published>{stamp(entry.published)}</published>" if entry.published else ""
    author = f"<author><name>{escape(entry.author)}</name></author>" if entry.author else ""
    categories = "".join(f"<category term={quoteattr(each)}/>" for each in entry.categories)
    summary = f"<summary>{escape(entry.summary)}</summary>" if entry.summary else ""
    content = f'<content type="html">{escape(entry.content_html)}</content>' if entry.content_html else ""
    return (
        f"<entry><title>{escape(entry.title)}</title><id>{escape(entry.id)}</id>"
        f'<link rel="alternate" href={quoteattr(entry.url)}/>'
        f"<updated>{stamp(entry.updated)}</updated>{published}{author}{categories}{summary}{content}</entry>"
    )
