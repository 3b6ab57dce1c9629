"""The template environment: templates of all packages, the language in use, filters for people."""

import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import ClassVar

import jinja2
from jinja2.bccache import Bucket

from foundation import display, people
from foundation.text import current_translations
from foundation.web import Rq, as_json, with_query
from submissions.rules.criteria import plain

WEBAPP = Path(__file__).parent
STATIC = WEBAPP / "static"
TEMPLATES = [WEBAPP / "templates"] + [
    WEBAPP.parent / package / "templates" for package in ("submissions", "judging", "search", "casebook")
]


class _Compiled(jinja2.BytecodeCache):
    """Templates compiled once a process, however many environments it builds; tests build hundreds."""

    _kept: ClassVar[dict[str, bytes]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


def environment(folders: Sequence[Path] = TEMPLATES) -> jinja2.Environment:
    """Build the environment; a name that a template misspells raises instead of printing nothing."""
    env = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folders),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        bytecode_cache=_Compiled(),
        extensions=["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.install_gettext_callables(  # type: ignore[attr-defined]  # added by the i18n extension
        gettext=lambda message: current_translations().gettext(message),
        ngettext=lambda one, many, n: current_translations().ngettext(one, many, n),
        newstyle=True,
    )
    env.filters.update(display.FILTERS)
    env.filters["json"] = as_json
    env.filters["mark"] = plain
    env.globals.update(asset_version=asset_version(), with_query=with_query, unit_of=_unit_of)
    return env


def _unit_of(rq: Rq) -> str:
    """The name of the user's own unit, for the menu; the edge has loaded it already."""
    return people.unit(rq.db, rq.actor.unit_id).name if rq.actor.unit_id else ""


@cache
def asset_version() -> str:
    """A mark of all static files' content: their addresses carry it, so that browsers keep them for good."""
    digest = hashlib.sha256()
    for file in sorted(path for path in STATIC.rglob("*") if path.is_file()):
        digest.update(file.relative_to(STATIC).as_posix().encode() + file.read_bytes())
    return digest.hexdigest()[:10]
