"""What the page of a case says to programs: schema.org (JSON-LD), Dublin Core, Highwire and Open Graph."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from markupsafe import Markup

from foundation.audience import Audience
from search.harvest.citation import Reference
from search.harvest.dublin_core import dublin_core
from search.holdings import Shelved


def structured(case: Shelved, cited: Reference, *, call_url: str, pictures: list[str]) -> Markup:
    """The case as schema.org JSON-LD, to stand inside a script element: data that no browser runs."""
    kind = "Person" if cited.people else "Organization"
    said = {
        "@context": "https://schema.org",
        "@type": ["Article", "LearningResource"],
        "@id": cited.url,
        "url": cited.url,
        "headline": cited.title,
        "description": cited.summary,
        "inLanguage": cited.language,
        "datePublished": cited.published.isoformat(),
        "author": [{"@type": kind, "name": each} for each in cited.authors],
        "sourceOrganization": {"@type": "Organization", "name": cited.unit},
        "publisher": {"@type": "Organization", "name": cited.publisher},
        "award": f"{cited.call} {cited.prize}",
        "identifier": case.version.number,
        "genre": case.category,
        "learningResourceType": "case study",
        "wordCount": case.version.word_count,
        "isAccessibleForFree": case.audience is Audience.PUBLIC,
        "isPartOf": {"@type": "Collection", "name": cited.call, "url": call_url},
        "image": pictures,
    }
    return _data({name: value for name, value in said.items() if value not in ("", [])})


def _data(said: Mapping[str, Any]) -> Markup:
    """JSON in which nothing can end the element it stands in."""
    text = json.dumps(said, ensure_ascii=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)  # noqa: S704  # every sign that means something to HTML was written as its number


def named_tags(case: Shelved, cited: Reference, *, call_url: str) -> Iterator[tuple[str, str]]:
    """Name and content of the `meta` elements that reference managers and catalogues read."""
    day = cited.published
    yield "description", cited.summary
    elements = dublin_core(case, address=cited.url, call_address=call_url, publisher=cited.publisher)
    yield from ((f"DC.{name}", value) for name, value in elements)
    yield "citation_title", cited.title
    for each in cited.authors:
        yield "citation_author", each
    yield "citation_publication_date", f"{day:%Y/%m/%d}"
    yield "citation_publisher", cited.publisher
    yield "citation_language", cited.language
    yield "citation_public_url", cited.url


def shared_tags(case: Shelved, cited: Reference, picture: str) -> Iterator[tuple[str, str]]:
    """Property and content of the Open Graph elements, for previews where the address is shared."""
    yield "og:type", "article"
    yield "og:title", cited.title
    yield "og:description", cited.summary
    yield "og:url", cited.url
    yield "og:site_name", cited.publisher
    yield "og:locale", {"zh-Hans": "zh_CN", "zh-Hant": "zh_TW"}.get(cited.language, "en_US")
    yield "og:image", picture
    yield "article:published_time", case.award.granted_at.isoformat()
    yield "article:section", case.category
