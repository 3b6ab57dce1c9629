"""What is posted on the pages of the quizzes."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from pydantic import Field

from foundation.forms import Form
from search.teaching.quizzes.values import BankQuestion, ChallengeProposal, Counting, Difficulty
from search.teaching.sessions.forms import QuestionForm


class BankForm(QuestionForm):
    """A question with where it comes from."""

    topic: str = Field("", max_length=30)
    difficulty: Difficulty = Difficulty.MEDIUM
    case: str = Field("", max_length=300)
    place: str = Field("", max_length=200)

    def entry(self, case_id: str) -> BankQuestion:
        return BankQuestion(
            question=self.question(),
            topic=self.topic,
            difficulty=self.difficulty,
            case_id=case_id,
            place=self.place,
        )


class DrawForm(Form):
    session: str = Field("", max_length=40)
    question: list[str] = Field(default_factory=list, max_length=500)
    must: bool = False


class ChallengeForm(Form):
    title: str = Field("", max_length=60)
    topic: str = Field("", max_length=30)
    opens_at: datetime
    closes_at: datetime
    count: int = Field(10, ge=1, le=50)
    counting: Counting = Counting.FIRST
    attempts: int = Field(1, ge=1, le=5)
    smallest: int = Field(3, ge=1, le=100)

    def proposal(self, zone: str) -> ChallengeProposal:
        here = ZoneInfo(zone)
        return ChallengeProposal(
            title=self.title,
            opens_at=self.opens_at.replace(tzinfo=here),
            closes_at=self.closes_at.replace(tzinfo=here),
            count=self.count,
            counting=self.counting,
            attempts=self.attempts,
            smallest=self.smallest,
            topic=self.topic,
        )


class HandInForm(Form):
    shows_name: bool = False
