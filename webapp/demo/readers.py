"""Readers in the demonstration: a year of figures of use, a trainer's reading list and saved search."""

from collections.abc import Mapping
from datetime import timedelta

from judging import queries as judging
from search.readers.queries.lists import reading_list
from search.readers.service.lists import create_list, put, share, write_note
from search.readers.service.searches import save_search
from search.readers.service.usage import add_up
from search.readers.values.searches import Rhythm
from search.readers.values.usage import Counted, Use
from submissions import queries as submissions
from webapp.demo.world import World

DAY, MONTHS = -325, 11
LIST = "村级治理专题课"
KEPT = ("01-shui-zhang", "11-tan-wei")
NOTE = "开场用：先让学员猜水费为什么收不上来，再读第二部分。"


def read(world: World, ids: Mapping[str, str]) -> None:
    """What a year of reading leaves: numbers for each case, more for the higher prizes and lately."""
    _figures(world)
    db, trainer, now = world.db, world.actors["trainer"], world.calendar.moment(DAY, 21)
    list_id = create_list(db, actor=trainer, now=now, name=LIST)
    put(db, actor=trainer, now=now, list_id=list_id, case_ids=[ids[key] for key in KEPT if key in ids])
    first = reading_list(db, list_id).entries[0]
    write_note(db, actor=trainer, now=now, list_id=list_id, entry_id=first.id, note=NOTE)
    share(db, actor=trainer, list_id=list_id)
    save_search(db, actor=trainer, now=now, name="流动党员怎么管", query="q=流动党员", rhythm=Rhythm.NEVER)


def _figures(world: World) -> None:
    counts: dict[Counted, int] = {}
    for place, award in enumerate(judging.awards(world.db)):
        unit_id = submissions.version(world.db, award.version_id).unit_id
        for month in range(MONTHS):
            day = (world.calendar.moment(DAY, 12) + timedelta(days=30 * month + place % 20)).date()
            views = (40 - 2 * place) * (3 + month % 5) // 4
            counts[Counted(award.case_id, unit_id, day, Use.VIEW)] = max(2, views)
            if month % 3 == place % 3:
                counts[Counted(award.case_id, unit_id, day, Use.WORD)] = max(1, views // 9)
    add_up(world.db, counts)
