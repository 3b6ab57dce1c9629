"""Colours of the book, as RRGGBB. One place, so that a grey-scale or another house's book is one value."""

from dataclasses import dataclass


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
