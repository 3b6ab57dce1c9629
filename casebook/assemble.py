"""From an edition's rows to a book's values, and from stored photos to the renderer's pictures."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from casebook.book import BoardLine, Book, Chapter, Entry, Format, Imprint, Language, Matter, Photo
from casebook.crossing import crossed
from casebook.docx.renderer import render_case, render_cases
from casebook.renderer import NoPictures, Picture
from casebook.rules import imprint
from casebook.values import ChapterView, EditionDetails, EntryView, ManuscriptText
from foundation import richtext
from foundation.files import FileStore
from foundation.richtext import Block
from judging.papers.ports import Paper
from judging.values import BlindCopy
from submissions.values import AttachmentView, Author, VersionView

_HAN = re.compile("[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Beside:
    """What is printed of entries beside their manuscripts, by entry id: the jury's words, and the sign-off
    lines that the reviews' record gives, which take the place of those that manuscripts bring along."""

    commendations: Mapping[str, str] = field(default_factory=dict)
    signoffs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around the cases and has rows of its own: texts before and after, a house's template, and
    `staff`, who reviewed and proofread the book by the record of the reviews."""

    front: tuple[Matter, ...] = ()
    back: tuple[Matter, ...] = ()
    reference: bytes = b""
    staff: tuple[BoardLine, ...] = ()


def book(
    details: EditionDetails,
    chapters: Sequence[ChapterView],
    texts: Mapping[str, ManuscriptText],
    beside: Beside | None = None,
    around: Around | None = None,
) -> Book:
    """The book as it shall be printed: without withdrawn entries, and without chapters they leave empty."""
    beside, around, linked = beside or Beside(), around or Around(), _linked(chapters)
    printed = (
        Chapter(
            chapter.title,
            tuple(_entry(each, texts[each.id], beside, linked) for each in standing(chapter)),
        )
        for chapter in chapters
    )
    return Book(
        title=details.title,
        subtitle=details.subtitle,
        publisher=details.publisher,
        year=details.year,
        chapters=tuple(chapter for chapter in printed if chapter.entries),
        imprint=_imprint(details, around.staff),
        language=details.language,
        format=Format(details.profile, details.trim, details.colours, around.reference, details.fonts),
        board=imprint.board_lines(details.board),
        front=around.front,
        back=around.back,
        indexes=details.indexes,
        blurb=_lines(details.blurb),
    )


def _imprint(details: EditionDetails, recorded: tuple[BoardLine, ...]) -> Imprint:
    return Imprint(
        compiler=details.compiler,
        isbn=details.isbn,
        cip=details.cip,
        edition=details.edition_line,
        printing=details.printing_line,
        remark=details.remark,
        cip_data=_lines(details.cip_data),
        staff=_staff(imprint.board_lines(details.staff), recorded),
        address=details.address,
        printer=details.printer,
        distributor=details.distributor,
        print_run=details.print_run,
        price=details.price,
        characters=details.characters,
        rights=details.rights,
        hotline=details.hotline,
        permit=details.permit,
        audience=details.audience,
        printed_on=details.printed_on,
    )


def _staff(typed: tuple[BoardLine, ...], recorded: tuple[BoardLine, ...]) -> tuple[BoardLine, ...]:
    """The copyright page's people: what the editor wrote, then the offices of the record that he left out."""
    named = {"".join(line.office.split()) for line in typed}
    return (*typed, *(line for line in recorded if line.office not in named))


def _lines(written: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in written.splitlines() if line.strip())


def standing(chapter: ChapterView) -> tuple[EntryView, ...]:
    """The entries of a chapter that are printed."""
    return tuple(entry for entry in chapter.entries if entry.withdrawn_at is None)


def _linked(chapters: Sequence[ChapterView]) -> dict[str, str]:
    """Entry ids by whatever an address names a case by."""
    return {
        key: each.id
        for chapter in chapters
        for each in standing(chapter)
        for key in (each.case_id, each.version_id, each.id)
    }


def _entry(entry: EntryView, text: ManuscriptText, beside: Beside, linked: Mapping[str, str]) -> Entry:
    return Entry(
        id=entry.id,
        title=text.title,
        unit=text.unit,
        prize=entry.prize_name,
        authors=text.authors,
        summary=text.summary,
        blocks=crossed(richtext.blocks(text.body), linked),
        photos=tuple(Photo(f"attachment:{photo.id}", photo.caption) for photo in text.photos),
        source_line=text.source_line,
        signoff_line=beside.signoffs.get(entry.id) or text.signoff_line,
        category=entry.category_name,
        topics=entry.topics,
        places=entry.places,
        commendation=beside.commendations.get(entry.id, ""),
    )


def printed_authors(authors: Sequence[Author]) -> tuple[str, ...]:
    """Authors as a book names them."""
    return tuple(f"{each.name}（{each.post}）" if each.post else each.name for each in authors)


def single_case(
    version: VersionView, *, prize: str, category: str, files: FileStore, origin: str = ""
) -> bytes:
    """A handed-in version as a Word file of its own, its loose photos after the text; `origin` is a last line
    that says where the copy is from."""
    entry = replace(_case(version, prize, category), origin=origin)
    return render_case(entry, StoredPictures(files, version.photos), _language(version.title))


def handbook(
    title: str,
    byline: str,
    blocks: tuple[Block, ...],
    cases: Sequence[tuple[VersionView, str, str]],
    files: FileStore,
) -> bytes:
    """A text with cases after it, each a version with its prize and category, as one Word file."""
    photos = [photo for version, _prize, _category in cases for photo in version.photos]
    entries = [Entry(title=title, unit=byline, blocks=blocks), *(_case(*each) for each in cases)]
    return render_cases(entries, StoredPictures(files, photos), _language(title))


def _language(title: str) -> Language:
    return "zh" if _HAN.search(title) else "en"


def _case(version: VersionView, prize: str, category: str) -> Entry:
    shown = set(richtext.attachment_ids(version.body_html))
    return Entry(
        title=version.title,
        unit=version.unit_name,
        prize=prize,
        authors=printed_authors(version.authors),
        summary=version.summary,
        blocks=richtext.blocks(version.body_html),
        photos=tuple(
            Photo(f"attachment:{photo.id}", photo.caption)
            for photo in version.photos
            if photo.id not in shown
        ),
        source_line=version.source_line,
        signoff_line=version.signoff_line,
        category=category,
    )


def blind_case(copy: BlindCopy, files: FileStore) -> bytes:
    """What a juror may read of a case as a Word file. Where the judging is blind the copy has no unit and no
    author, in the text or its properties; otherwise they stand under the title."""
    shown = set(richtext.attachment_ids(copy.body_html))
    photos = [each for each in copy.attachments if each.kind == "photo"]
    entry = Entry(
        title=f"{copy.label} {copy.title}",
        unit=copy.unit_name,
        authors=printed_authors(copy.authors),
        summary=copy.summary,
        blocks=richtext.blocks(copy.body_html),
        photos=tuple(Photo(f"attachment:{each.id}", each.caption) for each in photos if each.id not in shown),
        category=copy.category_name,
    )
    language: Language = "zh" if _HAN.search(copy.title) else "en"
    return render_case(entry, StoredPictures(files, photos), language)


def paper(sheet: Paper) -> bytes:
    """A letter or minutes as a Word file, in the book's styles."""
    language: Language = "zh" if _HAN.search(sheet.title) else "en"
    entry = Entry(title=sheet.title, unit=sheet.author, blocks=sheet.blocks)
    return render_case(entry, NoPictures(), language)


class StoredPictures:
    """Pictures of a book out of the file store. Only photos that the product has drawn anew are printed."""

    def __init__(self, files: FileStore, photos: Sequence[AttachmentView]) -> None:
        self._files = files
        self._photos = {f"attachment:{photo.id}": photo for photo in photos}

    def find(self, src: str) -> Picture | None:
        photo = self._photos.get(src)
        if photo is None or not photo.width or not photo.height or not self._files.exists(photo.sha256):
            return None
        return Picture(photo.media_type, photo.width, photo.height)

    def read(self, src: str) -> bytes:
        return self._files.read(self._photos[src].sha256)
