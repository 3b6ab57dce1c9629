"""Messages as bytes: what mailers really write, and what nobody should write."""

import contextlib
import time
from email.message import EmailMessage

import pytest

from webapp.mail_intake.reading import Unwanted, read_mail

DOCX = "vnd.openxmlformats-officedocument.wordprocessingml.document"


def message(**headers: str) -> EmailMessage:
    made = EmailMessage()
    given = {
        "From": "李秀英 <Li@Example.org>",
        "To": "x@cases.example",
        "Subject": "投稿",
        "Message-ID": "<1@a>",
    }
    for name, value in {**given, **{key.replace("_", "-"): text for key, text in headers.items()}}.items():
        made[name] = value
    made.set_content("见附件")
    made.add_attachment(b"PK word", maintype="application", subtype=DOCX, filename="案例.docx")
    return made


def test_a_message_of_a_person() -> None:
    made = message()
    made.add_attachment(b"jpeg", maintype="image", subtype="jpeg", filename="现场.jpg")
    made.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="证明.pdf")
    found = read_mail(made.as_bytes())
    assert (found.sender, found.sender_name, found.subject, found.message_id, found.automatic) == (
        "li@example.org", "李秀英", "投稿", "<1@a>", "",
    )  # fmt: skip
    assert [(each.name, each.data) for each in found.documents] == [("案例.docx", b"PK word")]
    assert [each.name for each in found.photos] == ["现场.jpg"]
    assert found.others == ("证明.pdf",)


RAW = b"From: %s\r\nSubject: %s\r\nContent-Type: text/plain\r\n\r\nhello\r\n"


@pytest.mark.parametrize(
    ("subject", "read"),
    [
        ("龚珺的案例".encode("gb18030"), "龚珺的案例"),
        ("龚珺的案例".encode(), "龚珺的案例"),
        (b"=?utf-8?B?5qGI?= =?utf-8?B?5L6L?=", "案例"),
        (b"=?no-such-charset?Q?abc?=", "abc"),
        (b"=?utf-8?B?!!!?=", None),
        (b"=?gbk?Q?=B0=B8?=\r\n =?gbk?Q?=C0=FD?=", "案例"),
    ],
)
def test_subjects_in_the_charsets_of_real_mailers(subject: bytes, read: str | None) -> None:
    found = read_mail(RAW % (b"a@b.c", subject))
    if read is not None:
        assert found.subject == read
    assert len(found.subject) <= 200


def test_names_of_files_in_gbk_and_in_pieces() -> None:
    parts = b"".join(
        b"--b\r\nContent-Type: application/octet-stream; name=" + name + b"\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\nUEs=\r\n"
        for name in (
            b'"=?GBK?B?' + b"sLjA/S5kb2N4" + b'?="',
            '"案例.docx"'.encode("gbk"),
            b"x; name*0*=utf-8''%E6%A1%88; name*1*=%E4%BE%8B.docx",
            b'"..\\..\\evil.docx"',
        )
    )
    raw = b'From: a@b.c\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n' + parts + b"--b--\r\n"
    names = [each.name for each in read_mail(raw).documents]
    assert (names[:2], names[-1]) == (["案例.docx", "案例.docx"], "evil.docx")


def test_pictures_of_a_signature_are_none_of_the_case() -> None:
    made = message()
    made.add_attachment(
        b"png", maintype="image", subtype="png", filename="logo.png", disposition="inline", cid="<l@x>"
    )
    assert read_mail(made.as_bytes()).photos == ()


@pytest.mark.parametrize(
    ("headers", "why"),
    [
        ({"Auto_Submitted": "auto-replied"}, "auto-submitted"),
        ({"Auto_Submitted": "no"}, ""),
        ({"Precedence": "bulk"}, "precedence"),
        ({"Precedence": "normal"}, ""),
        ({"List_Id": "<l.example.org>"}, "list-id"),
        ({"X_Autoreply": "yes"}, "x-autoreply"),
        ({"Return_Path": "<>"}, "return-path"),
    ],
)
def test_programs_are_told_from_people(headers: dict[str, str], why: str) -> None:
    assert read_mail(message(**headers).as_bytes()).automatic == why


@pytest.mark.parametrize("sender", [b"", b"a@b.c, d@e.f", b"undisclosed", b"<<>>"])
def test_a_message_without_one_sender_is_nobodys(sender: bytes) -> None:
    assert "@" not in read_mail(RAW % (sender, b"x")).sender


def _nested(depth: int) -> bytes:
    head = b"From: a@b.c\r\n"
    for number in range(depth):
        head += b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (number, number)
    return head + b"Content-Type: text/plain\r\n\r\nx\r\n"


@pytest.mark.parametrize(
    "raw",
    [
        _nested(5_000),
        b"From: a@b.c\r\n" + b"Content-Type: message/rfc822\r\n\r\n" * 3_000,
        b"From: a@b.c\r\nX: " + b"y" * 70_000 + b"\r\n\r\n",
        b"From: a@b.c\r\n\r\n" + b"\r\n" * 900_000,
        b'From: a@b.c\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n' + b"--b\r\n\r\nx\r\n" * 500,
    ],
)
def test_hostile_messages_are_refused_soon(raw: bytes) -> None:
    began = time.process_time()
    with pytest.raises(Unwanted):
        read_mail(raw)
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    "raw",
    [b"", b"\r\n", b"\x00\xff" * 500, b"From: \xff\xfe\r\n\r\n", b"Content-Type: ;;;=\r\n\r\n", _nested(40)],
)
def test_rubbish_is_read_or_refused_but_never_anything_else(raw: bytes) -> None:
    with contextlib.suppress(Unwanted):
        assert read_mail(raw).documents == ()
