"""Documents of a folder as drafts of an open call: each for the unit that it names, finished by its people.

Nothing is handed in: the pledge of authenticity is a person's to give.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from foundation import people, richtext
from foundation.actor import Actor, Role
from foundation.errors import Invalid, NotFound, Problem
from foundation.people import Unit
from foundation.text import Text, _
from foundation.wordcount import word_count
from submissions import queries
from submissions.values import CallView, CaseText
from webapp.pipeline.call_file import read_call_file
from webapp.pipeline.filling import category_named
from webapp.pipeline.reading import read_documents
from webapp.pipeline.values import CannotRun, CaseSource, Skipped, Supplement
from webapp.pipeline.writing import store, write_draft
from webapp.wiring import Product


@dataclass(frozen=True, slots=True)
class Imported:
    """One document: for whom it is, and what stands in its way (`problem`) or should be looked at."""

    file: str
    title: str
    unit: str
    words: int
    problem: Text | None
    findings: tuple[Text, ...] = ()
    case_id: str = ""


@dataclass(frozen=True, slots=True)
class _Place:
    unit_id: str
    actor: Actor


def import_folder(
    product: Product, folder: Path, slug: str, *, write: bool
) -> tuple[list[Imported], Sequence[Skipped]]:
    """Look at every document and, with `write`, make drafts of those that can be taken in.

    Raises:
        CannotRun: no such folder or call, or a broken call.toml.
    """
    if not folder.is_dir():
        raise CannotRun(f"There is no folder {folder}.")
    supplements = read_call_file(folder).supplements()
    documents, skipped = read_documents(folder)
    with product.database.read() as db:
        call = _call(db, slug)
        places = _places(db)
        taken = _taken(db, call)
    results = []
    for document in documents:
        said = supplements.get(document.source.name, Supplement())
        results.append(_import(product, call, places, taken, document, said, write=write))
    return results, skipped


def _call(db: Session, slug: str) -> CallView:
    try:
        return queries.call_by_slug(db, slug)
    except NotFound as error:
        known = ", ".join(each.slug for each in queries.calls(db)) or "none"
        raise CannotRun(f"There is no call {slug}; known: {known}.") from error


def _taken(db: Session, call: CallView) -> set[tuple[str, str]]:
    """(unit id, title) of what the call's units have written already."""
    return {
        (case.unit_id, queries.draft(db, case.id).text.title)
        for unit in people.units(db)
        for case in queries.cases_of_unit(db, unit.id)
        if case.call_id == call.id
    }


def _places(db: Session) -> dict[str, _Place | None]:
    """Units by their names and short names, each with somebody who may write for it; None without one."""
    submitters: dict[str, Actor] = {}
    for user in people.users_with(db, Role.SUBMITTER):
        if user.unit_id:
            submitters.setdefault(user.unit_id, people.actor_of(user))
    found: dict[str, _Place | None] = {}
    for unit in db.scalars(select(Unit).order_by(Unit.path.desc())):
        place = _Place(unit.id, submitters[unit.id]) if unit.id in submitters else None
        for name in (unit.short_name, unit.name):
            if name:
                found[_key(name)] = place
    return found


def _key(name: str) -> str:
    return "".join(name.split()).removeprefix("中共").lower()


def _import(
    product: Product,
    call: CallView,
    places: dict[str, _Place | None],
    taken: set[tuple[str, str]],
    document: CaseSource,
    said: Supplement,
    *,
    write: bool,
) -> Imported:
    parsed = document.parsed
    title, unit = said.title or parsed.title, said.unit or parsed.unit
    words = word_count(richtext.plain(parsed.body_html))
    place = places.get(_key(unit))
    problem = _problem(call, places, taken, title, unit)
    case_id = ""
    if write and problem is None and place is not None:
        try:
            case_id = _write(product, call, place, document, said)
            taken.add((place.unit_id, title))
        except Invalid as refused:
            problem = refused.errors[0].message
        except Problem as refused:
            problem = refused.reason
    return Imported(document.source.name, title, unit, words, problem, parsed.findings, case_id)


def _problem(
    call: CallView, places: dict[str, _Place | None], taken: set[tuple[str, str]], title: str, unit: str
) -> Text | None:
    if not unit:
        return _("没有找到单位名称，请在 call.toml 中写明这个文件的单位。")
    if _key(unit) not in places:
        return _("系统中没有单位“%(unit)s”，请先建立这个单位，或在 call.toml 中写明。", unit=unit)
    place = places[_key(unit)]
    if place is None:
        return _("单位“%(unit)s”还没有申报人账号，请先建立。", unit=unit)
    if (place.unit_id, title) in taken:
        return _("“%(title)s”已经导入过，不再重复导入。", title=title)
    return None


def _write(product: Product, call: CallView, place: _Place, document: CaseSource, said: Supplement) -> str:
    parsed = document.parsed
    stored = store(product.files, document.source, parsed)
    text = CaseText(
        title=said.title or parsed.title,
        summary=said.summary or parsed.summary,
        body_html=parsed.body_html,
        category_key=category_named(said.category or parsed.category, call.rules),
        authors=parsed.authors,
        practice_from=said.practice_from,
        source_line=parsed.source_line,
        signoff_line=parsed.signoff_line,
    )
    with product.database.write() as db:
        draft = write_draft(
            db, actor=place.actor, now=product.clock.now(), call_id=call.id, document=stored, text=text
        )
    return draft.case_id
