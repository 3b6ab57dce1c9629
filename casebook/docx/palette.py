"""Colours of the book, as RRGGBB. One place, so that a grey-scale or another house's book is one value.

Greys are neutral (R = G = B): a printer's conversion makes them of black alone, and they cannot turn bluish
when the four plates shift by a hair.
"""

from dataclasses import dataclass

from casebook.book import Colours


@dataclass(frozen=True, slots=True)
class Palette:
    """`ink` text, `accent` the book's colour and `deep` its darker shade, `gold` rules, `paper` light fields,
    `cream` text on the accent, `grey` secondary text, `hair` hair lines."""

    ink: str = "1A1A1A"
    accent: str = "9E1B22"
    deep: str = "7A1219"
    gold: str = "B9975B"
    paper: str = "F6F1E7"
    cream: str = "F3E3C3"
    grey: str = "595959"
    hair: str = "BFBFBF"


PALETTE = Palette()
GREYS = Palette(
    ink="000000",
    accent="262626",
    deep="0D0D0D",
    gold="737373",
    paper="F2F2F2",
    cream="F2F2F2",
    grey="4D4D4D",
    hair="B3B3B3",
)


def palette(colours: Colours) -> Palette:
    return GREYS if colours is Colours.GREY else PALETTE
