"""What of a case the library may show: text and photos; evidence only where the unit released it."""

from dataclasses import replace

import pytest

from submissions.rules.fingerprints import content_hash
from submissions.rules.releasing import claims_behind, needs_release, published_photos, released_evidence
from submissions.values import AttachmentKind, AttachmentView, CaseText, Claim, Source, VersionView
from tests.support.factories import NOW

BODY = '<p>两年来水费收缴率升到 97%。</p><figure><img src="attachment:wall" alt=""></figure>'


def attachment(identity: str, kind: AttachmentKind = "photo", *, released: bool = False) -> AttachmentView:
    return AttachmentView(
        identity, kind, f"{identity}.bin", "x/y", 9, identity * 8, "", None, None, 1, released
    )


def claim(*ids: str) -> Claim:
    return Claim("c1", "水费收缴率升到 97%", sources=tuple(Source(attachment_id=each) for each in ids))


def version(*attachments: AttachmentView, claims: tuple[Claim, ...] = ()) -> VersionView:
    return VersionView(
        "v", "case", "n-1", "call", "u", "支部", 1, "题目", "", BODY, "a", (), 9, attachments, "h", NOW,
        "", "", claims,
    )  # fmt: skip


WALL, MEETING, SCAN, TABLE = (
    attachment("wall"),
    attachment("meeting"),
    attachment("scan"),
    attachment("t", "file"),
)


def test_files_and_photos_behind_a_claim_alone_need_a_release() -> None:
    claims = [claim("wall", "scan", "t")]
    assert needs_release(BODY, claims, [WALL, MEETING, SCAN, TABLE]) == {"scan", "t"}


@pytest.mark.parametrize(
    ("table", "scan", "shown"), [(0, 0, ""), (1, 0, "t"), (0, 1, "scan"), (1, 1, "scan t")]
)
def test_only_what_was_released_is_shown_as_evidence(table: int, scan: int, shown: str) -> None:
    of = version(
        WALL,
        MEETING,
        replace(SCAN, released=bool(scan)),
        replace(TABLE, released=bool(table)),
        claims=(claim("wall", "scan", "t"),),
    )
    assert " ".join(each.id for each in released_evidence(of, {})) == shown
    assert [each.id for each in published_photos(of)] == ["wall", "meeting"]


def test_the_claims_behind_a_file() -> None:
    of = version(TABLE, claims=(claim("t"), claim("wall")))
    assert claims_behind(of, "t") == (of.claims[0],)
    assert claims_behind(of, "wall") == (of.claims[1],)


def test_a_release_is_part_of_what_is_handed_in() -> None:
    def hashed(each: AttachmentView) -> str:
        return content_hash(call_id="c", case_id="k", unit_id="u", text=CaseText(), attachments=[each])

    assert hashed(TABLE) != hashed(replace(TABLE, released=True))
