"""Citations: the standard's form, and that what is written is read back as it was meant."""

import json
from dataclasses import replace
from datetime import date

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from hypothesis import given
from hypothesis import strategies as st

from search.harvest.citation import Reference, bibtex, csl_json, gbt7714, ris

CITED = Reference(
    key="case-2026-1A2B3C4D-1",
    authors=("双坡村党支部",),
    people=False,
    title="一本贴在泵房墙上的水账",
    unit="双坡村党支部",
    call="2026 年案例征集",
    prize="一等奖",
    summary="水费十年扯皮，一本公开水账理清。",
    language="zh-Hans",
    publisher="案例库",
    published=date(2026, 3, 1),
    accessed=date(2026, 4, 15),
    url="https://cases.example.cn/library/m81c0yqkx5s0m3fk",
)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        # the example of GB/T 7714-2015 for an electronic resource, with its own words
        (
            {
                "authors": ("萧钰",), "title": "出版业信息化迈入快车道", "published": date(2001, 12, 19),
                "accessed": date(2002, 4, 15), "url": "http://www.creader.com/news/20011219/200112190019.html",
            },
            "萧钰. 出版业信息化迈入快车道[EB/OL]. (2001-12-19)[2002-04-15]. "
            "http://www.creader.com/news/20011219/200112190019.html.",
        ),
        (
            {"authors": ("甲", "乙", "丙")},
            "甲, 乙, 丙. 一本贴在泵房墙上的水账[EB/OL]. (2026-03-01)[2026-04-15]. "
            "https://cases.example.cn/library/m81c0yqkx5s0m3fk.",
        ),
        (
            {"authors": ("甲", "乙", "丙", "丁")},
            "甲, 乙, 丙, 等. 一本贴在泵房墙上的水账[EB/OL]. (2026-03-01)[2026-04-15]. "
            "https://cases.example.cn/library/m81c0yqkx5s0m3fk.",
        ),
        (
            {"authors": ("A", "B", "C", "D"), "language": "en", "title": "Night school"},
            "A, B, C, et al. Night school[EB/OL]. (2026-03-01)[2026-04-15]. "
            "https://cases.example.cn/library/m81c0yqkx5s0m3fk.",
        ),
    ],
)  # fmt: skip
def test_the_form_of_the_standard(changes: dict[str, object], expected: str) -> None:
    assert gbt7714(replace(CITED, **changes)) == expected  # type: ignore[arg-type]  # a test names its fields


def _entry(written: str) -> dict[str, str]:
    found = parse_string(written)
    assert found.failed_blocks == []
    (entry,) = found.entries
    assert entry.key == CITED.key
    return {field.key: field.value for field in entry.fields}


def test_bibtex_is_read_back() -> None:
    fields = _entry(bibtex(CITED))
    assert fields["author"] == "{双坡村党支部}"
    assert fields["title"] == "{一本贴在泵房墙上的水账}"
    assert (fields["year"], fields["month"], fields["urldate"]) == ("2026", "mar", "2026-04-15")
    assert fields["url"] == CITED.url


def test_what_means_something_to_tex_is_escaped() -> None:
    fields = _entry(bibtex(replace(CITED, title=r"50% {账} & \par_1 #2 $3 ~^")))
    assert fields["title"] == (
        r"{50\% \{账\} \& \textbackslash{}par\_1 \#2 \$3 \textasciitilde{}\textasciicircum{}}"
    )


def test_ris_is_read_back() -> None:
    written = ris(replace(CITED, authors=("李强", "Smith, John"), people=True))
    (record,) = rispy.loads(written)
    assert record["type_of_reference"] == "ELEC"
    assert record["authors"] == ["李强", "Smith, John"]
    assert (record["title"], record["year"], record["urls"]) == (CITED.title, "2026", [CITED.url])
    assert (record["date"], record["access_date"]) == ("2026/03/01/", "2026/04/15/")
    assert written.endswith("ER  - \r\n")


def test_csl_names_authors_as_they_are_written() -> None:
    (item,) = json.loads(csl_json(CITED))
    assert item["author"] == [{"literal": "双坡村党支部"}]
    assert item["issued"] == {"date-parts": [[2026, 3, 1]]}
    assert item["type"] == "webpage"


@given(st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=40).map(" ".join))
def test_no_title_breaks_a_citation(title: str) -> None:
    title = " ".join(title.split()) or "题"
    cited = replace(CITED, title=title, summary=title, authors=(title,))
    assert set(_entry(bibtex(cited))) >= {"author", "title", "abstract", "url"}
    (record,) = rispy.loads(ris(cited))
    assert record["urls"] == [CITED.url]
    assert json.loads(csl_json(cited))[0]["title"] == title
