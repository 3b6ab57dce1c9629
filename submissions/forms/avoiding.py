"""People whom a unit would not have judge its case."""

from __future__ import annotations

from pydantic import Field

from foundation.forms import Form


class PersonForm(Form):
    """A name, where the person works if that tells him apart, and why."""

    name: str = Field("", max_length=200)
    organisation: str = Field("", max_length=400)
    reason: str = Field("", max_length=4000)
