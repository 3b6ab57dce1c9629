"""The protocol's XML, built element by element."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from lxml import etree

from foundation.forms import clean_text
from search.harvest.oai.arguments import PREFIX

OAI = "http://www.openarchives.org/OAI/2.0/"
OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
OAI_ID = "http://www.openarchives.org/OAI/2.0/oai-identifier"
DC = "http://purl.org/dc/elements/1.1/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
_ANSWER: Any = {None: OAI, "xsi": XSI}  # the stubs of lxml know no default namespace
_IDENTIFIER: Any = {None: OAI_ID}
_METADATA = {"oai_dc": OAI_DC, "dc": DC, "xsi": XSI}
_SCHEMAS = {
    OAI: f"{OAI}OAI-PMH.xsd",
    OAI_DC: f"{OAI}oai_dc.xsd",
    OAI_ID: f"{OAI}oai-identifier.xsd",
}


@dataclass(frozen=True, slots=True)
class Header:
    """What is said of a record before, or instead of, its metadata."""

    identifier: str
    datestamp: datetime
    sets: Sequence[str]
    deleted: bool


@dataclass(frozen=True, slots=True)
class Record:
    """A record; `fields` are Dublin Core elements with their values, empty for a deleted one."""

    header: Header
    fields: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class More:
    """Where a list stands; `token` "" on its last page."""

    token: str
    cursor: int
    complete: int
    expires: datetime | None = None


def answer(
    *, now: datetime, base_url: str, arguments: Mapping[str, str], content: Iterable[etree._Element]
) -> bytes:
    """The whole answer; `arguments` are repeated in it, the verb among them."""
    root = etree.Element(f"{{{OAI}}}OAI-PMH", nsmap=_ANSWER)
    _located(root, OAI)
    _child(root, "responseDate", stamp(now))
    request = _child(root, "request", base_url)
    for name, value in arguments.items():
        request.set(name, clean_text(value))
    root.extend(content)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def error(code: str, message: str) -> etree._Element:
    found = etree.Element(f"{{{OAI}}}error", code=code)
    found.text = message
    return found


def container(verb: str, children: Iterable[etree._Element] = ()) -> etree._Element:
    found = etree.Element(f"{{{OAI}}}{verb}")
    found.extend(children)
    return found


def plain(name: str, values: Iterable[tuple[str, str]]) -> etree._Element:
    """An element with simple children."""
    found = etree.Element(f"{{{OAI}}}{name}")
    for child, value in values:
        _child(found, child, value)
    return found


def header(of: Header) -> etree._Element:
    values = [("identifier", of.identifier), ("datestamp", stamp(of.datestamp))]
    found = plain("header", [*values, *(("setSpec", each) for each in of.sets)])
    if of.deleted:
        found.set("status", "deleted")
    return found


def record(of: Record) -> etree._Element:
    found = container("record", [header(of.header)])
    if not of.header.deleted:
        found.append(container("metadata", [_dublin_core(of.fields)]))
    return found


def resumption(more: More) -> etree._Element:
    found = etree.Element(f"{{{OAI}}}resumptionToken")
    found.set("completeListSize", str(more.complete))
    found.set("cursor", str(more.cursor))
    if more.expires is not None:
        found.set("expirationDate", stamp(more.expires))
    found.text = more.token or None
    return found


def identifier_scheme(host: str, sample: str) -> etree._Element:
    """How the identifiers are made, as the community's guidelines describe it."""
    outer = container("description")
    inner = etree.SubElement(outer, f"{{{OAI_ID}}}oai-identifier", nsmap=_IDENTIFIER)
    _located(inner, OAI_ID)
    for name, value in (
        ("scheme", "oai"), ("repositoryIdentifier", host), ("delimiter", ":"), ("sampleIdentifier", sample),
    ):  # fmt: skip
        etree.SubElement(inner, f"{{{OAI_ID}}}{name}").text = value
    return outer


def metadata_format() -> etree._Element:
    known = (("metadataPrefix", PREFIX), ("schema", _SCHEMAS[OAI_DC]), ("metadataNamespace", OAI_DC))
    return plain("metadataFormat", known)


def stamp(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _dublin_core(fields: Sequence[tuple[str, str]]) -> etree._Element:
    found = etree.Element(f"{{{OAI_DC}}}dc", nsmap=_METADATA)
    _located(found, OAI_DC)
    for name, value in fields:
        if value:
            etree.SubElement(found, f"{{{DC}}}{name}").text = clean_text(value)
    return found


def _child(parent: etree._Element, name: str, value: str) -> etree._Element:
    found = etree.SubElement(parent, f"{{{OAI}}}{name}")
    found.text = clean_text(value)
    return found


def _located(element: etree._Element, namespace: str) -> None:
    element.set(f"{{{XSI}}}schemaLocation", f"{namespace} {_SCHEMAS[namespace]}")
