"""Contents to JSON and back. Unknown keys of an older or newer row are left out, missing ones take the
value's default; what cannot be read at all (a level that no longer exists) takes the default too."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from typing import Any, TypeVar, cast

from search.teaching.packs.values import (
    Chosen,
    Column,
    Content,
    Level,
    Line,
    Question,
    Slide,
    Step,
    StepKind,
)

T = TypeVar("T")


def to_json(content: Content) -> dict[str, Any]:
    """The content as a JSON object; tuples become lists."""
    return cast(dict[str, Any], _plain(asdict(content)))


def from_json(stored: Mapping[str, Any]) -> Content:
    known = _known(Content, stored)
    for name in ("aims", "preparation", "key_points", "handout", "references"):
        known[name] = _lines(stored.get(name))
    known["cases"] = tuple(
        Chosen(**_known(Chosen, each) | {"parts": tuple(each.get("parts", ()))})
        for each in _rows(stored, "cases")
    )
    known["steps"] = tuple(
        Step(**_known(Step, each) | {"kind": _kind(StepKind, each.get("kind"), StepKind.DISCUSSION)})
        for each in _rows(stored, "steps")
    )
    known["questions"] = tuple(
        Question(
            **_known(Question, each)
            | {"level": _kind(Level, each.get("level"), Level.ANALYSIS), "hints": _lines(each.get("hints"))}
        )
        for each in _rows(stored, "questions")
    )
    known["board"] = tuple(
        Column(each.get("title", ""), _lines(each.get("points"))) for each in _rows(stored, "board")
    )
    known["slides"] = tuple(
        Slide(each.get("title", ""), _lines(each.get("bullets"))) for each in _rows(stored, "slides")
    )
    return Content(**known)


def _rows(stored: Mapping[str, Any], name: str) -> Iterable[Mapping[str, Any]]:
    return cast(Iterable[Mapping[str, Any]], stored.get(name, ()))


def _lines(stored: Iterable[Mapping[str, Any]] | None) -> tuple[Line, ...]:
    return tuple(Line(**_known(Line, each)) for each in stored or ())


def _kind(kind: type[T], value: object, default: T) -> T:
    try:
        return cast(Any, kind)(value)  # type: ignore[no-any-return]  # the enum's call gives its member
    except ValueError:
        return default


def _known(kind: type, stored: Mapping[str, Any]) -> dict[str, Any]:
    names = {each.name for each in fields(cast(Any, kind))}
    return {key: value for key, value in stored.items() if key in names}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value.value if isinstance(value, Level | StepKind) else value
