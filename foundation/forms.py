"""Forms: pydantic models that read posted fields and JSON alike, with errors in the user's language."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar, cast, get_origin

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails
from starlette.datastructures import FormData, UploadFile

from foundation.errors import FieldError, Invalid
from foundation.text import Text, _

_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
"""Control characters, lone surrogates and direction overrides: PostgreSQL refuses the first, Word breaks on
them, and the last make a name read as another."""


def clean_text(value: str) -> str:
    """NFC, line ends as \\n, without characters that harm; outer white space removed."""
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _UNWANTED.sub("", value)).strip()


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, list):
        return [_clean(item) for item in value]
    if isinstance(value, dict):
        return {clean_text(key) if isinstance(key, str) else key: _clean(item) for key, item in value.items()}
    return value


class Form(BaseModel):
    """Base of all input models: text is cleaned once, here; unknown fields are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    @model_validator(mode="before")
    @classmethod
    def _clean_input(cls, value: Any) -> Any:
        return _clean(value)

    @field_validator("*")
    @classmethod
    def _within_the_calendar(cls, value: Any) -> Any:
        """An hour before year 1 or after 9999 is no instant in UTC: refused here, not where it is stored."""
        if isinstance(value, date) and not 1 < value.year < 9999:
            raise FormError(_("请填写日期，例如 2026-11-30"))
        return value


F = TypeVar("F", bound=BaseModel)


def read_form(model: type[F], form: FormData | Mapping[str, object]) -> F:
    """The posted fields as a model. Fields typed as a list or tuple take every value of their name.

    Raises:
        Invalid: with one FieldError a field.
    """
    return validated(model, _values(model, form))


def validated(model: type[F], value: object) -> F:
    """Any parsed JSON value as a model.

    Raises:
        Invalid
    """
    try:
        return model.model_validate(value)
    except ValidationError as error:
        raise Invalid([_field_error(item) for item in error.errors()]) from error


def _values(model: type[BaseModel], form: FormData | Mapping[str, object]) -> dict[str, object]:
    if not isinstance(form, FormData):
        return dict(form)
    values: dict[str, object] = {}
    for name, info in model.model_fields.items():
        key = info.alias or name
        sent = [item for item in form.getlist(key) if not isinstance(item, UploadFile)]
        if get_origin(info.annotation) in (list, tuple, set, frozenset):
            values[key] = sent
        elif sent and (sent[-1] != "" or info.annotation is str):
            # an empty box of a number or date means "not given", not "the text ''"
            values[key] = sent[-1]
    return values


_MESSAGES: dict[str, Callable[[Mapping[str, Any]], Text]] = {
    "missing": lambda _c: _("这一项必须填写"),
    "string_too_short": lambda c: (
        _("至少需要 %(limit)s 个字", limit=c["min_length"]) if c["min_length"] > 1 else _("这一项必须填写")
    ),
    "string_too_long": lambda c: _("不能超过 %(limit)s 个字", limit=c["max_length"]),
    "too_short": lambda c: _("至少需要 %(limit)s 项", limit=c["min_length"]),
    "too_long": lambda c: _("不能超过 %(limit)s 项", limit=c["max_length"]),
    "greater_than_equal": lambda c: _("不能小于 %(limit)s", limit=c["ge"]),
    "greater_than": lambda c: _("必须大于 %(limit)s", limit=c["gt"]),
    "less_than_equal": lambda c: _("不能大于 %(limit)s", limit=c["le"]),
    "less_than": lambda c: _("必须小于 %(limit)s", limit=c["lt"]),
    "int_parsing": lambda _c: _("请填写整数"),
    "int_from_float": lambda _c: _("请填写整数"),
    "decimal_parsing": lambda _c: _("请填写数字"),
    "float_parsing": lambda _c: _("请填写数字"),
    "enum": lambda _c: _("请从列出的选项中选择"),
    "literal_error": lambda _c: _("请从列出的选项中选择"),
    "bool_parsing": lambda _c: _("请选择“是”或“否”"),
    "string_pattern_mismatch": lambda _c: _("格式不正确，请按说明填写"),
    "datetime_from_date_parsing": lambda _c: _("请填写日期和时间，例如 2026-11-30 18:00"),
    "datetime_parsing": lambda _c: _("请填写日期和时间，例如 2026-11-30 18:00"),
    "date_from_datetime_parsing": lambda _c: _("请填写日期，例如 2026-11-30"),
    "date_parsing": lambda _c: _("请填写日期，例如 2026-11-30"),
}


class FormError(ValueError):
    """Raised by a model's own validator, with a sentence for the user."""

    def __init__(self, message: Text) -> None:
        super().__init__(message.msgid)
        self.message = message


def _field_error(item: ErrorDetails) -> FieldError:
    field = "-".join(str(part) for part in item["loc"])
    context = item.get("ctx", {})
    own = context.get("error")
    if isinstance(own, FormError):
        return FieldError(field, own.message)
    message = _MESSAGES.get(item["type"])
    if message is None:
        return FieldError(field, _("填写的内容无法识别，请按说明填写"))
    return FieldError(field, message(cast(Mapping[str, Any], context)))
