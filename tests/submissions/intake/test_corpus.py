"""Every Word file of a public collection of odd ones: a clear answer for each, none lost, none hung."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import pytest

from foundation import richtext
from submissions.intake import Unreadable
from submissions.intake.assemble import assemble
from submissions.intake.guard import Package
from submissions.intake.word import read_word

CORPUS = Path(__file__).parents[4] / "shared" / "corpus" / "docx"
FILES = sorted(CORPUS.glob("*.docx")) if CORPUS.is_dir() else []
RECALL = 0.94
"""Of single files: some hold their text twice (a drawing and its fallback), or a table of contents, which is
made anew."""
RECALL_OF_ALL = 0.99


def _characters(data: bytes) -> Counter[str]:
    package = Package(data)
    root = package.xml(package.main)
    assert root is not None
    texts = (each.text or "" for each in root.iter() if each.tag.endswith("}t") and "math" not in each.tag)
    return Counter("".join("".join(texts).split()))


def _understood(data: bytes) -> Counter[str]:
    document = read_word(data)
    case = assemble(document.elements, pictures=document.pictures, notes=document.notes)
    assert richtext.clean(case.body_html) == case.body_html
    names = "".join(each.name + each.post for each in case.authors)
    lines = (case.title, case.unit, case.summary, case.category, case.source_line, case.signoff_line, names)
    return Counter("".join("".join((*lines, richtext.plain(case.body_html))).split()))


@pytest.mark.skipif(not FILES, reason="the collection lies beside the project, not in it")
def test_every_file_of_the_collection_gets_an_answer() -> None:
    refused, poor = [], []
    wanted_of_all = found_of_all = 0
    started = time.process_time()
    for file in FILES:
        data = file.read_bytes()
        try:
            understood = _understood(data)
        except Unreadable as error:
            refused.append((file.name, str(error.reason)))
            continue
        wanted = _characters(data)
        found = sum((wanted & understood).values())
        wanted_of_all += sum(wanted.values())
        found_of_all += found
        if found < RECALL * sum(wanted.values()) and sum(wanted.values()) > 200:
            poor.append((file.name, found, sum(wanted.values())))
    assert [name for name, _reason in refused] == [
        each.name for each in FILES if "clusterfuzz" in each.name
    ], refused
    assert poor == []
    assert found_of_all >= RECALL_OF_ALL * wanted_of_all
    assert time.process_time() - started < 60
