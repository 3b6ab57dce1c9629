"""How a case of the library is cited: GB/T 7714-2015 in words, BibTeX, RIS and CSL-JSON for programs.

The authors are those whom the version names; a version that names none is the work of its branch, a
corporate author. Names stay as they are written: the standard leaves Chinese names whole, and which part of
another name is the family's cannot be known.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from search.holdings import Shelved
from search.language import ENGLISH, language_of

NAMED_IN_FULL = 3
"""GB/T 7714-2015, 8.1.2: of more authors the first three are named."""


@dataclass(frozen=True, slots=True)
class Reference:
    """What every form of a citation says. `people`: the authors are persons, not a branch."""

    key: str
    authors: tuple[str, ...]
    people: bool
    title: str
    unit: str
    call: str
    prize: str
    summary: str
    language: str
    publisher: str
    published: date
    accessed: date
    url: str


def reference(case: Shelved, *, url: str, publisher: str, now: datetime) -> Reference:
    """The case as it is cited today. `url` is the page's full address, `publisher` the library's name."""
    version, zone = case.version, ZoneInfo(case.call.timezone)
    people = tuple(_line(each.name) for each in version.authors if each.name.strip())
    return Reference(
        key="case-" + re.sub(r"[^0-9A-Za-z]+", "-", version.number),
        authors=people or (_line(version.unit_name),),
        people=bool(people),
        title=_line(version.title),
        unit=_line(version.unit_name),
        call=_line(case.call.title),
        prize=_line(case.award.prize_name),
        summary=_line(version.summary),
        language=language_of("\n".join((version.title, version.summary, version.body_html))),
        publisher=_line(publisher),
        published=case.award.granted_at.astimezone(zone).date(),
        accessed=now.astimezone(zone).date(),
        url=url,
    )


def gbt7714(cited: Reference) -> str:
    """The reference by GB/T 7714-2015, 4.6.2 (electronic resource): author, title, [EB/OL], date of
    publication, date of access, address."""
    said = f"{_responsible(cited)}. {cited.title}[EB/OL]. ({cited.published})[{cited.accessed}]."
    return f"{said} {cited.url}."


def bibtex(cited: Reference) -> str:
    """One `@misc` entry in UTF-8; a branch as author and the title stand in braces of their own, so that no
    style takes them apart."""
    people = " and ".join(f"{{{_tex(each)}}}" for each in cited.authors)
    fields = {
        "author": f"{{{people}}}",
        "title": f"{{{{{_tex(cited.title)}}}}}",
        "year": f"{{{cited.published.year}}}",
        "month": _MONTHS[cited.published.month - 1],
        "date": f"{{{cited.published}}}",
        "publisher": f"{{{_tex(cited.publisher)}}}",
        "institution": f"{{{{{_tex(cited.unit)}}}}}",
        "note": f"{{{_tex(_honour(cited))}}}",
        "abstract": f"{{{_tex(cited.summary)}}}",
        "langid": f"{{{'english' if cited.language == ENGLISH else 'chinese'}}}",
        "url": f"{{{_braceless(cited.url)}}}",
        "urldate": f"{{{cited.accessed}}}",
    }
    lines = ",\n".join(f"  {name} = {value}" for name, value in fields.items() if value != "{}")
    return f"@misc{{{cited.key},\n{lines}\n}}\n"


def ris(cited: Reference) -> str:
    """One record of type ELEC, lines ended by CR LF as the format asks."""
    fields = [
        ("TY", "ELEC"),
        ("ID", cited.key),
        *(("AU", each if cited.people else each.replace(",", "，")) for each in cited.authors),
        ("TI", cited.title),
        ("PY", str(cited.published.year)),
        ("DA", f"{cited.published:%Y/%m/%d}/"),
        ("PB", cited.publisher),
        ("AD", cited.unit),
        ("N1", _honour(cited)),
        ("AB", cited.summary),
        ("LA", cited.language),
        ("UR", cited.url),
        ("Y2", f"{cited.accessed:%Y/%m/%d}/"),
    ]
    lines = [f"{tag}  - {value}" for tag, value in fields if value]
    return "\r\n".join([*lines, "ER  - ", ""])


def csl_json(cited: Reference) -> str:
    """A list of one CSL item, as citation programs read it."""
    item = {
        "id": cited.key,
        "type": "webpage",
        "title": cited.title,
        "author": [{"literal": each} for each in cited.authors],
        "issued": {"date-parts": [_parts(cited.published)]},
        "accessed": {"date-parts": [_parts(cited.accessed)]},
        "container-title": cited.publisher,
        "publisher": cited.unit,
        "note": _honour(cited),
        "abstract": cited.summary,
        "language": cited.language,
        "URL": cited.url,
    }
    return json.dumps([{name: value for name, value in item.items() if value}], ensure_ascii=False, indent=2)


def _responsible(cited: Reference) -> str:
    named = ", ".join(cited.authors[:NAMED_IN_FULL])
    if len(cited.authors) <= NAMED_IN_FULL:
        return named
    return f"{named}, {'et al' if cited.language == ENGLISH else '等'}"


def _honour(cited: Reference) -> str:
    return f"{cited.call} {cited.prize}".strip()


def _parts(day: date) -> list[int]:
    return [day.year, day.month, day.day]


def _line(text: str) -> str:
    """In one line: a line end is syntax in RIS."""
    return " ".join(text.split())


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_TEX = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "{}$&#_%"},
}


def _tex(text: str) -> str:
    return "".join(_TEX.get(character, character) for character in text)


def _braceless(url: str) -> str:
    """An address stands in BibTeX as it is, but no brace of it may end the field."""
    return url.replace("{", "%7B").replace("}", "%7D").replace("\\", "%5C")
