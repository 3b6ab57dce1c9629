"""What gives a case away: places, people, contacts, in every part of it."""

import io
import time
import zipfile

import pytest
from PIL import Image
from pypdf import PdfWriter

from submissions.identity import HIDDEN, PLACE, Subject, leaks, masks_of
from submissions.identity.persons import named_persons
from submissions.identity.places import named_places, own_places, words_of
from submissions.intake import Unreadable, read_properties
from submissions.values import Author, Claim, DecidedMask, Leak, LeakKind, Source, Where
from tests.judging.factories import version
from tests.submissions.factories import attachment


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("在青溪镇上河村开展服务，住幸福路12号。", {"青溪镇", "上河村"}),
        ("和平社区、东城街道一起参加。", {"和平社区", "东城街道"}),
        ("家住解放路35号的居民。", {"解放路"}),
        ("项目落户临江县柳林乡。", {"临江县", "柳林乡"}),
        ("老旧小区改造、文明社区创建、智慧社区建设、步行街整治。", set()),
        ("全县推广，我市首创，走出一条新路，各乡镇跟进。", set()),
        ("学习枫桥经验，红旗渠精神。", set()),
        ("居民上门议事，农村夜校进村入户。", set()),
    ],
)
def test_places_by_their_endings(text: str, expected: set[str]) -> None:
    assert {text[start:end] for start, end, proposed in named_places(words_of(text)) if proposed} == expected


def test_places_in_the_units_own_names() -> None:
    found = own_places(["青溪镇上河村党支部", "东城街道和平社区党支部", "第二党支部"])
    assert found == {
        "青溪镇": True, "青溪": True, "上河村": True, "上河": True,
        "东城街道": True, "东城": True, "和平社区": True, "和平": False,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("党支部书记王建国带领大家上山。", {"王建国"}),
        ("党员李秀英同志连续值班。", {"李秀英"}),
        ("村民张桂兰家住山上。", {"张桂兰"}),
        ("退休老教师周凤仪办起夜校。", {"周凤仪"}),
        ("支部书记王某某组织学习。", {"王某某"}),
        ("业主王强反映停车难。", {"王强"}),
        ("党员高度重视，群众和谐相处，居民安全感提升。", set()),
        ("干部包联到户，书记带头。", set()),
    ],
)
def test_people_beside_a_post(text: str, expected: set[str]) -> None:
    assert {text[start:end] for start, end, proposed in named_persons(words_of(text)) if proposed} == expected


def test_an_authors_surname_before_a_post() -> None:
    text = "李书记天天上门，张主任负责登记。"
    found = {text[start:end] for start, end, proposed in named_persons(words_of(text), ["李强"]) if proposed}
    assert found == {"李书记"}


def of(found: tuple[Leak, ...], words: str) -> Leak:
    return next(each for each in found if each.words == words)


CASE = version(
    title="上河村的水账",
    summary="青溪镇上河村党支部的做法，电话13800138000。",
    body="<p>支部书记王建国说，上河村的水有了账。</p>",
    unit_name="青溪镇上河村党支部",
    authors=(Author("李秀英", "支部书记"),),
)


def test_every_part_of_a_case_is_looked_through() -> None:
    photo = attachment("a1", name="上河村-李秀英.jpg", caption="李秀英在上河村")
    given = type(CASE)(
        **{name: getattr(CASE, name) for name in CASE.__dataclass_fields__}
        | {
            "attachments": (photo,),
            "claims": (
                Claim("c", "有了账", "", "", (Source(url="https://a.cn", note="上河村台账第 3 页"),)),
            ),
        }
    )
    found = leaks(Subject(given, ("青溪镇党委", "青溪镇"), (("证明.docx", "青溪镇党政办"),)))
    village = of(found, "上河村")
    assert (village.kind, village.automatic, village.proposed) == (LeakKind.PLACE, False, True)
    assert [each.where for each in village.sightings] == [
        Where.TITLE, Where.BODY, Where.CAPTION, Where.FILE_NAME, Where.EVIDENCE,
    ]  # fmt: skip
    assert [each.where for each in of(found, "李秀英").sightings] == [Where.CAPTION, Where.FILE_NAME]
    assert of(found, "青溪镇上河村党支部").automatic
    assert of(found, "13800138000").kind is LeakKind.CONTACT
    assert (of(found, "王建国").kind, of(found, "王建国").proposed) == (LeakKind.PERSON, True)
    assert of(found, "青溪镇").sightings[0].label == "证明.docx"


def test_findings_come_by_kind_and_with_their_surroundings() -> None:
    found = leaks(Subject(CASE, ()))
    assert [each.kind for each in found] == sorted((each.kind for each in found), key=list(LeakKind).index)
    seen = of(found, "王建国").sightings[0]
    assert (seen.before, seen.words, seen.after) == ("支部书记", "王建国", "说，上河村的水有了账。")


def test_masks_from_what_was_ticked_and_own_words() -> None:
    found = leaks(Subject(CASE, ()))
    assert masks_of(found, ["上河村", "不在名单里"], ["水账", "上河村", "水账"]) == (
        DecidedMask("上河村", PLACE),
        DecidedMask("水账", HIDDEN),
    )


def test_what_was_decided_before_is_found_as_such() -> None:
    found = leaks(Subject(CASE, (), own=(DecidedMask("水账", HIDDEN),)))
    assert (of(found, "水账").kind, of(found, "水账").automatic) == (LeakKind.OWN, False)


# --- properties of files ---------------------------------------------------------------------------

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def word_file() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr(
            "docProps/core.xml",
            '<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:creator>李秀英</dc:creator>'
            "<cp:lastModifiedBy>王建国</cp:lastModifiedBy><dc:title></dc:title></cp:coreProperties>",
        )
        package.writestr(
            "docProps/app.xml", "<Properties><Company>青溪镇党政办 &amp; 站所</Company></Properties>"
        )
    return out.getvalue()


def pdf_file() -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(72, 72)
    writer.add_metadata({"/Author": "李秀英", "/Producer": "打印机"})
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def photo_file() -> bytes:
    exif = Image.Exif()
    exif[0x013B] = "Li Xiuying"
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, "JPEG", exif=exif)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "media_type", "expected"),
    [
        (word_file(), WORD, ("李秀英", "王建国", "青溪镇党政办 & 站所")),
        (pdf_file(), "application/pdf", ("李秀英",)),
        (photo_file(), "image/jpeg", ("Li Xiuying",)),
        (b"PK damaged", WORD, ()),
        (b"%PDF-damaged", "application/pdf", ()),
        (b"", "image/png", ()),
        (b"text", "text/plain", ()),
    ],
    ids=["word", "pdf", "photo", "damaged word", "damaged pdf", "empty picture", "text"],
)
def test_what_files_say_of_themselves(data: bytes, media_type: str, expected: tuple[str, ...]) -> None:
    assert read_properties(data, media_type, seconds=10) == expected


def test_a_file_that_cannot_be_read_in_time_is_not_waited_for() -> None:
    endless = pdf_file().replace(b"/Author", b"/Author <" + b"41" * 4_000_000 + b"> /Title")
    with pytest.raises(Unreadable):
        read_properties(endless, "application/pdf", seconds=0.05)
    assert read_properties(pdf_file(), "application/pdf", seconds=10) == ("李秀英",)


def test_a_long_text_full_of_names_is_looked_through_soon() -> None:
    started = time.process_time()
    found = leaks(Subject(version(body=f"<p>{'张伟主任在青溪镇' * 10_000}</p>"), ("青溪镇党委",)))
    assert {"青溪镇"} <= {each.words for each in found}
    assert time.process_time() - started < 5
