"""What the pages and the API take in and give out for packs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, Field

from foundation.forms import Form
from search.teaching.packs import codec
from search.teaching.packs.rules.limits import ITEMS_HIGHEST, LINE_HIGHEST
from search.teaching.packs.values import Again, Content, Level, Sharing, StepKind

_MOST = 4 * ITEMS_HIGHEST
_ID = 40


class LineForm(Form):
    """`source` is the id of the case whose words the line repeats, "" for one's own."""

    text: str = Field("", max_length=2 * LINE_HIGHEST)
    source: str = Field("", max_length=_ID)


class ChosenForm(Form):
    case_id: str = Field(max_length=_ID)
    note: str = Field("", max_length=2 * LINE_HIGHEST)
    parts: list[str] = Field(default_factory=list, max_length=200)


class StepForm(Form):
    kind: StepKind = StepKind.DISCUSSION
    minutes: int = 0
    text: str = Field("", max_length=2 * LINE_HIGHEST)


class QuestionForm(Form):
    text: str = Field("", max_length=2 * LINE_HIGHEST)
    level: Level = Level.ANALYSIS
    handed_out: bool = True
    hints: list[LineForm] = Field(default_factory=list, max_length=_MOST)


class ColumnForm(Form):
    title: str = Field("", max_length=LINE_HIGHEST)
    points: list[LineForm] = Field(default_factory=list, max_length=_MOST)


class SlideForm(Form):
    title: str = Field("", max_length=LINE_HIGHEST)
    bullets: list[LineForm] = Field(default_factory=list, max_length=_MOST)


class ContentForm(Form):
    """Everything a pack says."""

    title: str = Field("", max_length=LINE_HIGHEST)
    minutes: int = 90
    audience: str = Field("", max_length=LINE_HIGHEST)
    cases: list[ChosenForm] = Field(default_factory=list, max_length=_MOST)
    aims: list[LineForm] = Field(default_factory=list, max_length=_MOST)
    preparation: list[LineForm] = Field(default_factory=list, max_length=_MOST)
    steps: list[StepForm] = Field(default_factory=list, max_length=_MOST)
    questions: list[QuestionForm] = Field(default_factory=list, max_length=_MOST)
    key_points: list[LineForm] = Field(default_factory=list, max_length=_MOST)
    board: list[ColumnForm] = Field(default_factory=list, max_length=_MOST)
    slides: list[SlideForm] = Field(default_factory=list, max_length=_MOST)
    handout: list[LineForm] = Field(default_factory=list, max_length=_MOST)
    references: list[LineForm] = Field(default_factory=list, max_length=_MOST)

    def content(self) -> Content:
        return codec.from_json(self.model_dump(mode="json"))


class SaveForm(Form):
    """A save: `revision` is what the writer began with, `prefer` whose words count in a clash."""

    revision: int
    content: ContentForm
    prefer: Literal["", "mine", "theirs"] = ""


class NewPackForm(Form):
    """A new pack: a kind of class (`kind`), cases, and whether it is filled from them."""

    kind: str = Field("class", max_length=_ID)
    cases: list[str] = Field(default_factory=list, max_length=100)
    propose: bool = False


class ShareForm(Form):
    sharing: Sharing


class NameForm(Form):
    revision: int
    name: str = Field("", max_length=400)


class UseForm(Form):
    """A trainer's report of a class."""

    used_on: date
    with_whom: str = Field("", min_length=1, max_length=400)
    people: int
    worked: str = Field("", max_length=4000)
    change: str = Field("", max_length=4000)
    again: Again = Again.YES
    shown: bool = False
    ask: bool = False


class AnswerForm(Form):
    """A participant's three answers."""

    gained: str = Field("", max_length=4000)
    unclear: str = Field("", max_length=4000)
    helpful: int = Field(ge=1, le=5)


class PackLine(BaseModel):
    """A pack in a list."""

    id: str
    title: str
    owner: str
    sharing: Sharing
    minutes: int
    cases: list[str] = Field(description="Ids of the cases that the caller may read")
    questions: int
    classes: int = Field(description="Classes held with it")
    changed_at: datetime
    url: str


class PackFile(BaseModel):
    """A file that is made of the pack when it is asked for."""

    name: str
    url: str


class PackReply(BaseModel):
    """A pack as the caller may see it: nothing that repeats a case he may not read."""

    id: str
    title: str
    owner: str
    sharing: Sharing
    revision: int
    content: ContentForm
    withheld_cases: int = Field(description="Cases of the pack that the caller may not read")
    adapted_from: str
    saved_at: datetime
    files: list[PackFile]


class SavedReply(BaseModel):
    """`merged` names sections that another window or device had changed meanwhile."""

    revision: int
    saved_at: datetime
    merged: list[str]
    merged_names: str
    content: ContentForm
