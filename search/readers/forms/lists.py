"""What is posted about reading lists."""

from __future__ import annotations

from pydantic import Field

from foundation.forms import Form


class ListForm(Form):
    name: str = Field(min_length=1, max_length=100)


class NewListForm(Form):
    """`case_id`: the first case of the new list, if there is one."""

    name: str = Field(min_length=1, max_length=100)
    case_id: str = Field("", max_length=40)


class PutForm(Form):
    """Put a case into a list, or take it out. Without a list: the one used last."""

    case_id: str = Field(min_length=1, max_length=40)
    list_id: str = Field("", max_length=40)


class NoteForm(Form):
    note: str = Field("", max_length=500)


class OrderForm(Form):
    """Either the whole order, entries' ids divided by commas, or one entry and where it goes: up, down."""

    order: str = Field("", max_length=8000)
    entry: str = Field("", max_length=40)
    move: str = Field("", pattern="^(up|down)?$")
