"""What editors send about the texts around the cases."""

from __future__ import annotations

from pydantic import Field

from casebook.matters.values import Place
from foundation.forms import Form


class NewMatterForm(Form):
    place: Place
    heading: str = Field("", max_length=100)


class MatterForm(Form):
    """`revision` is that of the page it was written on."""

    revision: int
    heading: str = Field("", max_length=100)
    body: str = Field("", max_length=500_000)
