"""What the organiser has added for the check of originality: an article about one of the cases.

The case of the open call and the article have two paragraphs in common: who had them first a person decides.
"""

import tomllib
from importlib.resources import files

from submissions.service import originality
from webapp.demo.world import World


def add_reference(world: World) -> None:
    """Add `content/reference.md`: TOML between two `+++` lines, then the text."""
    written = (files("webapp.demo") / "content" / "reference.md").read_text(encoding="utf-8")
    _before, front, text = written.split("+++\n", 2)
    given = tomllib.loads(front)
    originality.add_reference(
        world.db,
        actor=world.actors["organiser"],
        now=world.calendar.moment(-given["days_ago"], 10),
        title=given["title"],
        origin=given["origin"],
        text=text.strip(),
        found=originality.reference_print(text.strip()),
    )
