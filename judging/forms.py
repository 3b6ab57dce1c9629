"""What people and programs send to judging: the same models for HTML forms and the JSON API."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from foundation.forms import Form
from judging.values import DayKind, Outcome, Verdict
from submissions.rules.windows import from_wall_clock


class ReasonForm(Form):
    """A deed that needs a reason."""

    reason: str = Field("", max_length=4000)


class RoundForm(Form):
    """Opening or changing the judging; a time without a zone is that of a clock in the call's zone."""

    closes_at: datetime | None = None
    with_files: bool = False

    def deadline(self, zone: str) -> datetime | None:
        """The scoring deadline as an instant."""
        if self.closes_at is None or self.closes_at.tzinfo is not None:
            return self.closes_at
        return from_wall_clock(self.closes_at, zone)


class CloseForm(Form):
    """Ending the scoring."""

    reason: str = Field("", max_length=4000)
    reads_required: int | None = None


class InviteForm(Form):
    """Inviting: boxes ticked in the list of jurors, and addresses or names typed line by line."""

    user_ids: list[str] = Field(default_factory=list, max_length=500)
    people: str = Field("", max_length=20_000)


class TermsForm(Form):
    """Which categories a juror reads first, how many cases at most, and his group where groups count."""

    category_keys: list[str] = Field(default_factory=list, max_length=60)
    load_limit: int | None = Field(None, ge=1, le=100_000)
    group_key: str = Field("", max_length=40)


class AnswerForm(Form):
    """The juror's answer to an invitation."""

    answer: str = Field("", max_length=20)
    pledge: bool = False
    reason: str = Field("", max_length=4000)
    seen: str = Field("", max_length=64)


class EvenForm(Form):
    """The even distribution: reads a case, the seed of the draw, percent of reads outside the categories."""

    reads: int = Field(3, ge=1, le=50)
    seed: int = Field(1, ge=1, le=2**31)
    bridge: int = Field(5, ge=0, le=100)


class NextRoundForm(RoundForm):
    """Opening a further round; the weights stand in fields of their own, `weight-KEY`."""

    how: str = Field("best", max_length=10)
    best: int | None = Field(None, ge=1, le=100_000)
    each: bool = False
    selection: str = Field("", max_length=4000)
    case_ids: list[str] = Field(default_factory=list, max_length=20_000)
    reads: int = Field(3, ge=1, le=50)
    earlier_weight: int = Field(0, ge=0, le=90)
    own_form: bool = False
    fresh_readers: bool = False
    juror_ids: list[str] = Field(default_factory=list, max_length=2000)


class HandOverForm(Form):
    """One juror's reads to another (`to_id` "": to all others evenly), as it was looked at (`basis`)."""

    from_id: str = Field("", max_length=20)
    to_id: str = Field("", max_length=20)
    take_begun: bool = False
    reason: str = Field("", max_length=4000)
    basis: str = Field("", max_length=64)


class FileForm(Form):
    """Carrying out an uploaded distribution as it was looked at."""

    exact: str = Field("", max_length=3)
    basis: str = Field("", max_length=64)


class HandForm(Form):
    """Readers of one case, chosen by hand."""

    juror_ids: list[str] = Field(default_factory=list, max_length=500)


class PairForm(Form):
    """A conflict between one juror and the case in the address."""

    juror_id: str = Field("", max_length=20)
    reason: str = Field("", max_length=4000)


class RemindForm(Form):
    """Who is written to, and what the organiser adds."""

    user_ids: list[str] = Field(default_factory=list, max_length=2000)
    note: str = Field("", max_length=4000)


class CardForm(Form):
    """The score page without script: what stands beside the marks. `command` is the button pressed."""

    author: str = ""
    jury: str = ""
    note: str = ""
    command: str = Field("save", max_length=20)


class SayForm(Form):
    """A remark in a discussion."""

    words: str = ""


class ReviseForm(Form):
    """Marks changed in a discussion; `jury` is the comment to the jury beside them."""

    jury: str = ""


class MarkBody(Form):
    """One mark as it is typed, "85" or "8.5"; null or "" takes it back."""

    value: str | None = Field(None, max_length=20)


class CommentBody(Form):
    """The words of a comment; "" empties it."""

    words: str = ""


class IdentityForm(Form):
    """What is to be covered of a case: findings ticked among those shown, own words line by line, photos kept
    back. `do` is the button pressed: preview or confirm."""

    seen: str = Field("", max_length=64)
    found: list[str] = Field(default_factory=list, max_length=1000)
    mask: list[str] = Field(default_factory=list, max_length=1000)
    own: str = Field("", max_length=20_000)
    withheld: list[str] = Field(default_factory=list, max_length=100)
    do: str = Field("confirm", max_length=20)

    def own_words(self) -> list[str]:
        """The own words, each once."""
        return list(dict.fromkeys(each.strip() for each in self.own.splitlines() if each.strip()))


class VerdictBody(Form):
    """What a juror found of a claim; null takes it back."""

    verdict: Verdict | None = None
    remark: str = Field("", max_length=4000)


class FlagForm(Form):
    """A question for the organiser; "" takes it back."""

    flag: str = Field("", max_length=4000)


class DecideForm(Form):
    """The decision on the prizes beside the choice itself."""

    digest: str = Field("", max_length=64)
    reason: str = Field("", max_length=4000)
    minutes: str = Field("", max_length=40_000)


class PublishForm(Form):
    """Announcing a decision; `days` for a notice of who moves up."""

    decision_id: str = Field("", max_length=20)
    days: int | None = Field(None, ge=0, le=60)
    contact: str = Field("", max_length=2000)


class ProfileForm(Form):
    """A line of the register of jurors; name, address and unit only where somebody is entered anew."""

    name: str = Field("", max_length=100)
    email: str = Field("", max_length=254)
    unit_name: str = Field("", max_length=200)
    topics: str = Field("", max_length=2000)
    organisation: str = Field("", max_length=200)
    region: str = Field("", max_length=200)
    language: str = Field("", max_length=200)
    load_limit: int | None = Field(None, ge=1, le=100_000)
    remarks: str = Field("", max_length=4000)


class InterestForm(Form):
    """A unit that a juror has to do with."""

    unit_id: str = Field("", max_length=20)
    reason: str = Field("", max_length=4000)


class StatementForm(Form):
    """What jurors agree to."""

    words: str = Field("", max_length=8000)


class InvitingForm(Form):
    """Inviting, looked at before it is sent: `do` is preview or send."""

    user_ids: list[str] = Field(default_factory=list, max_length=500)
    people: str = Field("", max_length=20_000)
    category_keys: list[str] = Field(default_factory=list, max_length=60)
    load_limit: int | None = Field(None, ge=1, le=100_000)
    group_key: str = Field("", max_length=40)
    do: str = Field("preview", max_length=20)


class RulingForm(Form):
    """What is decided about a possible conflict: `do` is confirm or dismiss."""

    case_id: str = Field("", max_length=20)
    juror_id: str = Field("", max_length=20)
    kind: str = Field("", max_length=20)
    do: str = Field("", max_length=20)
    reason: str = Field("", max_length=4000)


class KeepOutForm(Form):
    """A case that an organiser keeps out of."""

    case_id: str = Field("", max_length=20)
    reason: str = Field("", max_length=4000)


class CustodianForm(Form):
    """Who looks after a case instead."""

    case_id: str = Field("", max_length=20)
    user_id: str = Field("", max_length=20)


class CalibrationForm(Form):
    """The calibration case: a case of a round by its id, or a text of one's own."""

    source: str = Field("", max_length=20)
    case_id: str = Field("", max_length=20)
    award_id: str = Field("", max_length=20)
    title: str = Field("", max_length=300)
    text: str = Field("", max_length=60_000)
    due_at: datetime | None = None
    commentary: str = Field("", max_length=20_000)


class ObjectionForm(Form):
    """An objection to an announced case. Of somebody signed in, name and address are those of the account."""

    line_id: str = Field("", max_length=20)
    name: str = Field("", max_length=200)
    email: str = Field("", max_length=300)
    workplace: str = Field("", max_length=200)
    phone: str = Field("", max_length=60)
    matter: str = Field("", max_length=20_000)


class AskUnitForm(Form):
    """What the unit is asked, until when, and which of the objector's files it sees."""

    matter: str = Field("", max_length=20_000)
    due_on: date | None = None
    shown: list[str] = Field(default_factory=list, max_length=100)


class UnitStatementForm(Form):
    """The unit's answer."""

    words: str = Field("", max_length=20_000)


class OutcomeForm(Form):
    """The first person's proposal; without an objection it revokes."""

    line_id: str = Field("", max_length=20)
    outcome: Outcome
    reason: str = Field("", max_length=20_000)
    objection_id: str = Field("", max_length=20)


class AnswerRulingForm(Form):
    """The second person's answer."""

    confirm: bool
    answer: str = Field("", max_length=4000)


class DayForm(Form):
    """What a date is in the working-day calendar."""

    day: date
    kind: DayKind
    name: str = Field("", max_length=200)


class MeetingForm(Form):
    """The record of the jury's meeting."""

    held_at: datetime | None = None
    place: str = Field("", max_length=200)
    chair: str = Field("", max_length=200)
    recorder: str = Field("", max_length=200)
    attending: list[str] = Field(default_factory=list, max_length=2000)
    named_votes: bool = False

    def at(self, zone: str) -> datetime | None:
        """When it was held, as an instant."""
        if self.held_at is None or self.held_at.tzinfo is not None:
            return self.held_at
        return from_wall_clock(self.held_at, zone)


class NoteForm(Form):
    """What is noted of a case in the meeting."""

    case_id: str = Field("", max_length=20)
    words: str = Field("", max_length=4000)


class MotionForm(Form):
    """What is put to the vote: cases, the prize they are to have ("": none), and why."""

    case_ids: list[str] = Field(default_factory=list, max_length=500)
    prize_key: str = Field("", max_length=40)
    motion: str = Field("", max_length=4000)
