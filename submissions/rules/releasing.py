"""Which files of a case the library may show once the case has an award.

The text and its photos are what is published. A file, and a photo that only stands behind a claim, is
evidence for those who judge: the library shows it where the unit has said so, before handing in (frozen in
the version) or after the award (the latest word counts), and not otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from foundation import richtext
from submissions.values import AttachmentView, Claim, VersionView


def needs_release(
    body_html: str, claims: Iterable[Claim], attachments: Iterable[AttachmentView]
) -> frozenset[str]:
    """The ids of those that the library shows only when the unit has released them."""
    linked = {source.attachment_id for claim in claims for source in claim.sources}
    doubtful = {each.id for each in attachments if each.kind == "photo" and each.id in linked}
    if doubtful:  # reading a body takes milliseconds, and most photos are no evidence
        doubtful -= set(richtext.attachment_ids(body_html))
    return frozenset(doubtful | {each.id for each in attachments if each.kind == "file"})


def published_photos(version: VersionView) -> tuple[AttachmentView, ...]:
    """The photos that go with the text, in the authors' order."""
    kept = needs_release(version.body_html, version.claims, version.attachments)
    return tuple(each for each in version.photos if each.id not in kept)


def evidence_of(version: VersionView) -> tuple[AttachmentView, ...]:
    """The files and photos that are shown only when the unit has released them, in the authors' order."""
    kept = needs_release(version.body_html, version.claims, version.attachments)
    return tuple(each for each in version.attachments if each.id in kept)


def released_evidence(version: VersionView, words: Mapping[str, bool]) -> tuple[AttachmentView, ...]:
    """What of it the unit lets the library show. `words`: attachment id -> what it has said since."""
    return tuple(each for each in evidence_of(version) if words.get(each.id, each.released))


def claims_behind(version: VersionView, attachment_id: str) -> tuple[Claim, ...]:
    """The claims that this file is evidence for."""
    return tuple(
        claim
        for claim in version.claims
        if any(source.attachment_id == attachment_id for source in claim.sources)
    )
