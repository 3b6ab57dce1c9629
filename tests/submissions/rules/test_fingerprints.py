import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from submissions.rules.fingerprints import canonical, content_hash, is_genuine, sign
from submissions.values import AttachmentView, CaseText, Claim, Receipt, ReceiptFile, Source
from tests.submissions.factories import attachment, text

RECEIPT = Receipt(
    number="2026-7K3M9QXW-1",
    case_id="case",
    version_id="version",
    ordinal=1,
    call_title="征集",
    unit_name="上河村党支部",
    title="一本台账",
    received_at=datetime(2026, 3, 10, 8, 0, 0, 123456, tzinfo=UTC),
    timezone="Asia/Shanghai",
    content_hash="ab" * 32,
    files=(ReceiptFile("现场.jpg", 12, "cd" * 32),),
    provisional=False,
)


def digest(what: CaseText, *files: AttachmentView, unit_id: str = "u") -> str:
    return content_hash(call_id="c", case_id="k", unit_id=unit_id, text=what, attachments=files)


def test_the_hash_of_a_case_is_what_it_was() -> None:
    """A change here would make every receipt ever given worthless."""
    assert digest(CaseText(title="题", body_html="<p>文</p>")) == (
        "5450351f2a02457b11ce7ec8fd1a0bb96c51b284f2597f58538a3e633901e41d"
    )


def test_everything_that_is_handed_in_counts() -> None:
    photo = attachment()
    variants = [
        digest(text()),
        digest(text(title="另一题")),
        digest(text(summary="另一段")),
        digest(text(body_html="<p>另</p>")),
        digest(text(category_key="community")),
        digest(text(authors=())),
        digest(text(practice_to=None)),
        digest(text(source_line="来源")),
        digest(text(), unit_id="v"),
        digest(text(), photo),
        digest(text(), replace(photo, caption="换了")),
        digest(text(), replace(photo, sha256="ef" * 32)),
        digest(text(), photo, replace(photo, id="a2", name="二.jpg")),
        digest(text(), replace(photo, id="a2", name="二.jpg"), photo),
    ]
    assert len(set(variants)) == len(variants)


def test_claims_and_their_evidence_count() -> None:
    photo = attachment()
    said = Claim("c1", "办结23件", sources=(Source(attachment_id=photo.id, note="第 3 页"),))

    def hashed(*claims: Claim) -> str:
        return content_hash(
            call_id="c", case_id="k", unit_id="u", text=text(), attachments=[photo], claims=claims
        )

    variants = [
        hashed(),
        hashed(said),
        hashed(replace(said, quote="办结24件")),
        hashed(replace(said, sources=())),
        hashed(replace(said, sources=(Source(attachment_id=photo.id, note="第 4 页"),))),
        hashed(replace(said, sources=(Source(url="https://a.cn"),))),
    ]
    assert len(set(variants)) == len(variants)
    assert hashed() == digest(text(), photo)
    assert hashed(said) == hashed(replace(said, id="another", before="前", after="后"))


def test_where_a_file_is_stored_does_not_count() -> None:
    photo = attachment()
    assert digest(text(), photo) == digest(text(), replace(photo, id="zz", position=7, width=None))


def test_composed_and_decomposed_characters_are_the_same_text() -> None:
    assert digest(text(title="e\u0301te\u0301")) == digest(text(title="\u00e9t\u00e9"))


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists))
def test_the_canonical_form_is_json_without_a_choice(value: object) -> None:
    once = canonical(value)
    assert canonical(json.loads(once)) == once


def test_the_same_instant_in_another_zone_is_the_same() -> None:
    china = timezone(timedelta(hours=8))
    assert canonical([RECEIPT.received_at]) == canonical([RECEIPT.received_at.astimezone(china)])


def test_a_receipt_proves_what_it_says() -> None:
    signed = sign(RECEIPT, b"key")
    assert is_genuine(signed, b"key")
    assert not is_genuine(signed, b"other key")
    assert not is_genuine(replace(signed, title="另一题"), b"key")
    assert not is_genuine(
        replace(signed, received_at=RECEIPT.received_at - timedelta(microseconds=1)), b"key"
    )
    assert not is_genuine(replace(signed, files=()), b"key")
    assert not is_genuine(RECEIPT, b"key")
