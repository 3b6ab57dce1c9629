"""How long a read took, from the times of its marks: nothing more is on record, and nothing more is recorded.

A juror's marks in the order of time form one line of work. The time up to a mark belongs to the read the mark
is of: what lies between the last mark of one case and the first of the next is the reading. A gap longer than
a BREAK is not work. Marks of different cases given in one instant were uploaded, not given one by one: those
reads have no time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

BREAK = timedelta(minutes=30)


def seconds_of_reads(marks: Iterable[tuple[str, str, datetime]]) -> dict[tuple[str, str], float]:
    """(case id, juror id) -> seconds, of (juror id, case id, when given); reads without a usable time are
    left out."""
    of_juror: dict[str, list[tuple[datetime, str]]] = defaultdict(list)
    for juror_id, case_id, given_at in marks:
        of_juror[juror_id].append((given_at, case_id))
    return {
        (case_id, juror_id): seconds
        for juror_id, line in of_juror.items()
        for case_id, seconds in _of_one(sorted(line)).items()
    }


def _of_one(line: list[tuple[datetime, str]]) -> dict[str, float]:
    """Case id -> seconds, of one juror's marks in the order of time."""
    at_once: dict[datetime, set[str]] = defaultdict(set)
    for given_at, case_id in line:
        at_once[given_at].add(case_id)
    uploaded = {case_id for together in at_once.values() if len(together) > 1 for case_id in together}
    seconds: dict[str, float] = {}
    timed: set[str] = set()
    seen: set[str] = set()
    last: datetime | None = None
    for given_at, case_id in line:
        gap = None if last is None else given_at - last
        if gap is not None and gap <= BREAK:
            seconds[case_id] = seconds.get(case_id, 0.0) + gap.total_seconds()
            if case_id not in seen:  # only with the time before its first mark is a read's time whole
                timed.add(case_id)
        seen.add(case_id)
        last = given_at
    return {case_id: seconds[case_id] for case_id in timed if case_id not in uploaded}
