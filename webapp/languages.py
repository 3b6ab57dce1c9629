"""The catalogues: Chinese is the source and needs none; English is put together from one file a package."""

import io
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).parent / "locale"


@cache
def languages() -> dict[str, NullTranslations]:
    """Translations by language code, the first is the default."""
    return {"zh": NullTranslations(), "en": _catalogue("en")}


def _catalogue(language: str) -> GNUTranslations:
    merged = Catalog(locale=language)
    for file in sorted((LOCALE / language).glob("*.po")):
        with file.open("rb") as source:
            for message in read_po(source, locale=language):
                if message.id and message.string:
                    merged.add(message.id, message.string)
    target = io.BytesIO()
    write_mo(target, merged)
    target.seek(0)
    return GNUTranslations(target)
