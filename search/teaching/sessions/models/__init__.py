"""The tables of study sessions."""

from __future__ import annotations

from search.teaching.sessions.models.people import StudyAnswer as StudyAnswer
from search.teaching.sessions.models.people import StudyAttendance as StudyAttendance
from search.teaching.sessions.models.people import StudyContribution as StudyContribution
from search.teaching.sessions.models.people import StudyDevice as StudyDevice
from search.teaching.sessions.models.people import StudyParticipant as StudyParticipant
from search.teaching.sessions.models.series import StudyPresenter as StudyPresenter
from search.teaching.sessions.models.series import StudySeries as StudySeries
from search.teaching.sessions.models.series import StudySession as StudySession
from search.teaching.sessions.models.series import StudyStep as StudyStep
from search.teaching.sessions.models.series import StudyUnit as StudyUnit
