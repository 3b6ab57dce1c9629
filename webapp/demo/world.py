"""What the steps of the demonstration share: the database, the content, the calendar, who is who."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from foundation.actor import Actor
from foundation.files import StoredFile
from foundation.people import Unit
from webapp.demo.reading import Content, DemoCall


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days are counted from the day of loading in the organiser's zone; before it they are negative."""

    today: date
    zone: ZoneInfo

    @classmethod
    def at(cls, now: datetime, timezone: str) -> "Calendar":
        zone = ZoneInfo(timezone)
        return cls(now.astimezone(zone).date(), zone)

    def moment(self, day: int, hour: int, minute: int = 0) -> datetime:
        """This time of that day by the organiser's clock, in UTC."""
        local = datetime.combine(self.today + timedelta(days=day), time(hour, minute), tzinfo=self.zone)
        return local.astimezone(UTC)


@dataclass(slots=True)
class World:
    """The state of loading. `actors` are by the keys of accounts and of units (their contacts)."""

    db: Session
    content: Content
    calendar: Calendar
    pictures: Mapping[str, StoredFile]
    sheets: Mapping[str, StoredFile]
    signing_key: bytes
    units: dict[str, Unit] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)

    def window(self, call: DemoCall) -> tuple[datetime, datetime]:
        """When the call opens and closes."""
        opens, closes = self.content.hours
        return self.calendar.moment(call.opens_day, opens), self.calendar.moment(call.closes_day, closes)

    def spread(self, call: DemoCall, index: int, until: datetime) -> datetime:
        """A moment for the call's case number `index`: one after the other over the window, by daylight."""
        opens, _closes = self.window(call)
        share = (index + 1) / (len(call.cases) + 1)
        day = opens + timedelta(days=int((until - opens).days * share))
        return day + timedelta(minutes=(index * 67) % 420)
