"""What is posted about saved searches."""

from __future__ import annotations

from pydantic import Field

from foundation.forms import Form
from search.readers.values.searches import Rhythm


class SaveSearchForm(Form):
    """`query` is the query part of the search's address: "q=党建&year=2026"."""

    name: str = Field("", max_length=100)
    query: str = Field("", max_length=4000)
    rhythm: Rhythm = Rhythm.NEVER


class ChangeSearchForm(Form):
    name: str = Field(min_length=1, max_length=100)
    rhythm: Rhythm
