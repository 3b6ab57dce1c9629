"""The language and consistency checks of a book: 300 cases of 3,000 characters, read for the first time, and
read again after one of them was changed; beside reading everything each time."""

import random
import re
from dataclasses import replace
from html import escape
from pathlib import Path

from bench.originality import corpus
from bench.table import Result, cpu_seconds
from casebook.aids.rules.checking import side_by_side, slips
from casebook.aids.rules.reading import read
from casebook.aids.rules.starting_terms import starting_terms
from casebook.aids.rules.terms import Glossary
from casebook.aids.values import Script, Slip
from casebook.values import ManuscriptText

JOB = "aids"
PLAIN = "the same checks without keeping what was found in texts that did not change"
CASES, CHARACTERS = 300, 3_000
_PLACES = ("东风社区", "清河村", "南山街道", "石桥镇", "柳林小区", "红旗车间", "云溪学校", "双桥物业")
_SLIPS = (
    "党员带头,群众参与。",
    "截止目前共办结12件。",
    "增长5%-10%。",
    "我局高度重视。",
    "开展“夜校”、“讲堂”活动。",
)


def run(_folder: Path) -> list[Result]:
    texts = _book()
    glossary = Glossary.of(starting_terms())
    official = frozenset(f"{place}党支部" for place in _PLACES)
    _everything(texts[:2], official, glossary)  # tables and the word cutter's dictionary
    everything = cpu_seconds(lambda: _everything(texts, official, glossary))
    scripts = {str(number): read(text) for number, text in enumerate(texts)}
    changed = read(replace(texts[7], title="改过的标题"))
    one = cpu_seconds(lambda: slips(changed, glossary))
    together = cpu_seconds(lambda: side_by_side({**scripts, "7": changed}, official, glossary))
    size = f"{CASES} cases of {CHARACTERS:,} characters"
    return [
        Result(JOB, f"{size}, first time, CPU", everything, everything, "s"),
        Result(JOB, f"{size}, one of them changed, CPU", one + together, everything, "s"),
    ]


def _everything(texts: list[ManuscriptText], official: frozenset[str], glossary: Glossary) -> int:
    found: list[Slip] = []
    scripts: dict[str, Script] = {}
    for number, text in enumerate(texts):
        script = scripts[str(number)] = read(text)
        found += slips(script, glossary)
    return len(found) + len(side_by_side(scripts, official, glossary))


def _book() -> list[ManuscriptText]:
    """Texts as the bench of copied passages has them (every fifth carries one), with slips of the pen."""
    chance = random.Random(20261122)
    return [_case(chance, number, written) for number, written in enumerate(corpus(CASES)[0])]


def _case(chance: random.Random, number: int, written: str) -> ManuscriptText:
    sentences = [sentence + "。" for sentence in re.split("[。\n]", written) if sentence]
    for _slip in range(4):
        sentences.insert(chance.randrange(len(sentences)), chance.choice(_SLIPS))
    paragraphs = ["".join(sentences[start : start + 5]) for start in range(0, len(sentences), 5)]
    return ManuscriptText(
        title=f"案例之{number}",
        unit=f"{chance.choice(_PLACES)}党支部",
        authors=(),
        summary=sentences[0],
        body="".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs),
        photos=(),
        source_line="",
        signoff_line="",
    )
