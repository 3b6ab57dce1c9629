"""What a case needs and its document does not say: supplied from the text, and always named in the report."""

from __future__ import annotations

import re
from datetime import date

from foundation import richtext
from submissions.intake.elements import without_glosses
from submissions.intake.naming import authors_of
from submissions.values import Author, CallRules, CaseText
from webapp.pipeline.values import CaseSource, FilledCase, Plan, Supplement

SUMMARY_WISHED = {"han": 200, "latin": 300}
_SENTENCE = re.compile(r"[^。！？!?]*?(?:[。！？!?]+[”’\"』」）)]*|(?<=[a-z\"”])\.(?=\s|\Z)|\Z)")
_YEAR_MONTH = re.compile(
    r"(?P<year>(?:19|20)\d{2})\s*年(?:\s*(?P<month>\d{1,2})\s*月)?"
    r"|(?:since|in|from)\s+(?:(?P<name>[A-Z][a-z]+)\s+)?(?P<english>(?:19|20)\d{2})",
    re.IGNORECASE,
)
_MONTHS = {
    name: number
    for number, name in enumerate(
        (
            *("january", "february", "march", "april", "may", "june"),
            *("july", "august", "september", "october", "november", "december"),
        ),
        start=1,
    )
}
_CATEGORY_SIGNS = (
    (
        "organ",
        r"机关|機關|审计署|審計署|特派办|特派辦|[局厅廳]"
        r"|\borgans?\b|\bBureau\b|Special Office|\bDepartment\b|Commission",
    ),
    ("rural", r"村|乡|鄉|镇|鎮|\bvillage\b|\brural\b|\btownship\b"),
    ("community", r"社区|社區|居委会|居民区|街道|\bcommunity\b|\bneighbou?rhood\b"),
    ("school", r"大学|大學|学院|學院|学校|學校|中学|小学|\bUniversity\b|\bSchool\b|\bCollege\b"),
    ("non_public", r"非公|民营|民營|\bnon-?public\b|\bprivate\b"),
    ("enterprise", r"公司|集团|集團|企业|企業|厂|廠|\bCompany\b|\bCorporation\b|\bGroup\b|\bEnterprise\b"),
    ("social", r"协会|協會|商会|商會|学会|联合会|\bassociation\b|\bsociety\b"),
    ("institution", r"医院|醫院|研究院|研究所|中心|\bHospital\b|\bInstitute\b|\bCentre\b|\bCenter\b"),
    ("mobile", r"流动党员|流動黨員|\bmobile\b|\bfloating\b"),
)
"""By the unit's name first: an audit office that writes about enterprises is an organ."""


def filled(case: CaseSource, plan: Plan) -> FilledCase:
    """The case as it will be written."""
    parsed = case.parsed
    said = plan.supplements.get(case.source.name, Supplement())
    rules = plan.proposal.rules
    written = richtext.plain(parsed.body_html)
    supplied: list[str] = []

    unit = said.unit or parsed.unit
    if not unit:
        unit = f"单位不详（{case.source.path.stem}）"
        supplied.append("unit")
    authors = _authors(said) or parsed.authors
    if not authors:
        authors = (Author(unit, ""),)
        supplied.append("authors")
    summary = said.summary or parsed.summary
    if not summary:
        summary = opening(written, rules.summary_highest)
        supplied.append("summary")
    category = category_named(said.category or parsed.category, rules)
    if not category:
        category = guessed_category(f"{unit}\n{parsed.title}", written, rules)
        supplied.append("category")
    begun = said.practice_from or first_year(written, plan.opens_at.date())
    if said.practice_from is None:
        supplied.append("practice date")
    text = CaseText(
        title=said.title or parsed.title,
        summary=summary[: rules.summary_highest],
        body_html=parsed.body_html,
        category_key=category,
        authors=authors,
        practice_from=begun,
        source_line=parsed.source_line,
        signoff_line=parsed.signoff_line,
    )
    return FilledCase(case.source, parsed, unit, text, tuple(supplied))


def _authors(said: Supplement) -> tuple[Author, ...]:
    return tuple(author for each in said.authors for author in authors_of(each))


def opening(written: str, most: int) -> str:
    """The first sentences of a text, as many as fit into `most` characters; the first is cut if need be, at a
    comma or a blank. Without the pronunciations that some web pages put after rare characters."""
    first = without_glosses(" ".join(written.split("\n", 1)[0].split()))
    most = min(most, SUMMARY_WISHED["han" if re.search("[\u3400-\u9fff]", first) else "latin"])
    kept = ""
    for sentence in _SENTENCE.findall(first):
        if len(kept) + len(sentence) > most:
            break
        kept += sentence
    if kept.strip():
        return kept.strip()
    if len(first) <= most:
        return first
    whole = re.match(rf".{{{most // 2},{most - 1}}}(?=[，,；;、 ])", first)
    return f"{whole[0] if whole else first[: most - 1]}…"


def category_named(named: str, rules: CallRules) -> str:
    """The key of a category named by its key or by its name (or a part of it)."""
    for each in rules.categories:
        if named and (named in (each.key, each.name) or each.name in named or named in each.name):
            return each.key
    return ""


def guessed_category(names: str, written: str, rules: CallRules) -> str:
    """The first category of the call whose signs stand in the names, else in the text; else the first."""
    for place in (names, written[:600]):
        for key, signs in _CATEGORY_SIGNS:
            if rules.category(key) is not None and re.search(signs, place, re.IGNORECASE):
                return key
    return rules.categories[0].key


def first_year(written: str, latest: date) -> date:
    """The earliest month the text names as a date of its practice, in the last 20 years; a year before the
    call where it names none."""
    found = []
    for each in _YEAR_MONTH.finditer(written):
        year = int(each["year"] or each["english"])
        month = int(each["month"]) if each["month"] else _MONTHS.get((each["name"] or "").lower(), 1)
        if latest.year - 20 <= year and 1 <= month <= 12 and date(year, month, 1) < latest:
            found.append(date(year, month, 1))
    return min(found, default=date(latest.year - 1, 1, 1))
