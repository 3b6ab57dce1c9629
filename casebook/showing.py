"""Bodies of manuscripts on pages: pictures are stored by their ids and shown by addresses."""

from __future__ import annotations

import re

from markupsafe import Markup

from casebook.values import EditionView, EntryView

_PICTURE = re.compile(r'src="attachment:([0-9A-Za-z]+)"')


def photos_url(edition: EditionView, entry: EntryView) -> str:
    """Where the photos of an entry's case are shown to editors."""
    return f"/editions/{edition.id}/entries/{entry.id}/photos"


def shown_body(url: str, body: str) -> Markup:
    """A stored body with its pictures' addresses under `url`."""
    return Markup(_PICTURE.sub(rf'src="{url}/\1"', body))  # noqa: S704 - cleaned before it was stored


def stored_body(url: str, body: str) -> str:
    """The editor's HTML with our pictures named by their ids again."""
    address = rf'src="(?:https?://[^"/]+)?{re.escape(url)}/([0-9A-Za-z]+)[^"]*"'
    return re.sub(address, r'src="attachment:\1"', body)
