"""Title, unit, authors, summary: what the first lines say; where they are silent, what the text suggests."""

from __future__ import annotations

import re
from collections.abc import Sequence

from submissions.intake import headings
from submissions.intake.elements import Element, Line, without_glosses
from submissions.values import Author

TITLE_LONGEST = 120
_HEAD = 15
"""Elements from the top among which a document names itself."""

_LABELS = (
    ("title", r"案例名称|案例名稱|案例题目|案例題目|案例标题|题\s*目|標\s*題|标\s*题|Title"),
    (
        "unit",
        r"申报单位|申報單位|报送单位|推荐单位|所在单位|单位名称|单\s*位|單\s*位|申报支部|支部名称|支部|党组织名称|Unit|Branch",
    ),
    (
        "authors",
        r"作\s*者|撰\s*稿\s*人|撰\s*稿|执\s*笔\s*人|执\s*笔|撰\s*写\s*人|编写人|供稿人"
        r"|Authors?|Written by|By",
    ),
    ("summary", r"(?:案例)?摘\s*要|内容提要|内容摘要|案例概述|案例简介|Abstract|Summary"),
    ("category", r"案例类别|申报类别|案例類別|类\s*别|類\s*別|类型|Category"),
)
_LABELLED = tuple(
    (key, re.compile(rf"[【\[]?(?:{words})[】\]]?\s*[:：]\s*(.+)\Z", re.DOTALL | re.IGNORECASE))
    for key, words in _LABELS
)
_LABEL_CELL = tuple((key, re.compile(rf"(?:{words})\s*[:：]?\Z", re.IGNORECASE)) for key, words in _LABELS)
_SUMMARY_HEADING = re.compile(
    r"[【\[]?(?:案例)?(?:摘\s*要|内容提要|内容摘要|Abstract|Summary)[】\]]?\s*[:：]?\Z", re.IGNORECASE
)

_UNIT_END = (
    r"(?:党支部|黨支部|党总支|黨總支|党委|黨委|党组|黨組|支部委员会|支部委員會|总支部委员会|党工委|黨工委|直属机关党委"
    r"|办公室|特派办|特派辦|审计局|審計局|委员会|公司|学院|大学|中学|小学|医院|集团|街道|社区|村|镇|乡|局|厅|廳|处|院|所)"
)
_UNIT_LINE = re.compile(
    rf"[（(]?(?:中共|中国共产党)?[\u3400-\u9fff·（）()A-Za-z0-9]{{2,40}}?{_UNIT_END}[)）]?\Z"
)
_UNIT_LINE_LATIN = re.compile(
    r"(?:The )?(?:[A-Z][\w'’]*\s+)*(?:Party|General Party)\s+(?:Branch|Committee|Group)\b.{0,90}\Z"
)
_UNIT_INSIDE_LATIN = re.compile(
    r"(?:Party Branch|Party Committee|General Party Branch) of (?:the )?"
    r"[A-Z][\w'’-]*(?:\s+(?:of|the|and|for|[A-Z][\w'’-]*))*"
)
_LEAD_IN = re.compile(
    r"(?:近年来|近年來|近几年来?|今年以来|今年以來|一直以来|长期以来|20\d\d年(?:以来|以來)?)\s*[,，]\s*"
)
_VERB = (
    r"(?:立足|不断|不斷|坚持|堅持|始终|始終|深入|认真|認真|积极|積極|紧紧|緊緊|围绕|圍繞|以|把|将|將|着力|著力|聚焦|探索|创新|創新"
    r"|推进|推進|推动|推動|全面|在|通过|通過|紧扣|緊扣)"
)
_UNIT_BEFORE_VERB = re.compile(rf"([\u3400-\u9fff]{{4,30}}?{_UNIT_END}?){_VERB}")
_TELLING = tuple(
    re.compile(words)
    for words in (
        "打造",
        "构建|構建|创建|創建|建立|搭建|创立|創立",
        "探索",
        "创新|創新|创办|創辦|推行|实施|實施",
        "推进|推進|推动|推動|建设|建設",
    )
)
_SIGNED_NAMES = re.compile(
    r"[（(](?:文\s*[/／|]\s*|记者\s*|通讯员\s*|作者\s*[:：]\s*)?"
    r"([\u3400-\u9fff·]{2,4}(?:\s*[、，,\s]\s*[\u3400-\u9fff·]{2,4}){0,5})\s*[)）]\s*\Z"
)
_SIGNATURE_LONGEST = 60
_NAME_SEPARATOR = re.compile(r"\s*[、，,；;/／]\s*|\s{2,}|\s+(?:and|与|和)\s+")
_NAME_WITH_POST = re.compile(r"(.+?)\s*[（(]\s*(.+?)\s*[)）]\Z")


def labelled(written: str) -> tuple[str, str] | None:
    """`申报单位：某某党支部` -> ("unit", "某某党支部"); None for a line without such a label."""
    for key, pattern in _LABELLED:
        if found := pattern.match(written.strip()):
            return key, " ".join(found[1].split())
    return None


def label_of(written: str) -> str:
    """What the label in a form's cell asks for; "" if it is none."""
    plain = re.sub(r"\s+", "", written) if re.search("[\u3400-\u9fff]", written) else written.strip()
    return next((key for key, pattern in _LABEL_CELL if pattern.match(plain)), "")


def is_summary_heading(line: Line) -> bool:
    return _SUMMARY_HEADING.match(line.text) is not None


def title_place(elements: Sequence[Element]) -> int | None:
    """The index of the line that is the title: by its style, else the first heading without a number, else
    the first centred or bold short line, else a short first line."""
    head = [
        (index, each) for index, each in enumerate(elements[:_HEAD]) if isinstance(each, Line) and each.text
    ]
    for index, line in head:
        if line.style in ("title", "标题", "文章标题", "大标题"):
            return index
    choices = [(index, line) for index, line in head[:6] if _may_be_title(line)]
    for looks in (
        lambda line: line.outline is not None,
        lambda line: line.align == "center",
        lambda line: line.bold,
    ):
        for index, line in choices:
            if looks(line):
                return index
    if choices and choices[0][0] == head[0][0] and len(head) > 1:
        return choices[0][0]
    return None


def _may_be_title(line: Line) -> bool:
    written = line.text
    numbered = any(pattern.match(written) for _rank, pattern in headings.RANKS)
    return (
        2 <= len(written) <= TITLE_LONGEST and headings.is_short(line) and not numbered and line.item is None
    )


def subtitle(title: str, line: Line) -> str:
    """A title with the second line that belongs to it (——某某党支部的实践)."""
    written = line.text
    if re.match(r"(?:——|--|—)", written) and headings.is_short(line):
        return f"{title}{written}"
    return title


def is_unit(line: Line) -> bool:
    """Whether a short line under the title names a unit."""
    written = without_glosses(line.text).strip()
    return len(written) <= 110 and bool(_UNIT_LINE.match(written) or _UNIT_LINE_LATIN.match(written))


def unit_name(written: str) -> str:
    return (
        without_glosses(written)
        .strip()
        .removeprefix("（")
        .removeprefix("(")
        .removesuffix("）")
        .removesuffix(")")
    )


def unit_in(paragraphs: Sequence[str]) -> str:
    """The unit a text speaks of, where no line names it: the subject of its first sentence (近年来，某某支部
    不断…), or the first `Party Branch of the …`."""
    for written in paragraphs[:1]:
        bare = _LEAD_IN.sub("", without_glosses(written), count=1)
        if found := _UNIT_BEFORE_VERB.match(bare):
            return found[1]
    for written in paragraphs:
        if match := _UNIT_INSIDE_LATIN.search(written):
            return re.sub(r"(?:\s+(?:of|the|and|for))+\Z", "", match[0])
    return ""


def title_in(first: str, unit: str) -> str:
    """A working title from the first sentence, where no line is one: the clause that says what was built or
    tried (打造…, 探索…), with a short clause before it."""
    sentence = re.split("[。！？!?]", without_glosses(_LEAD_IN.sub("", first, count=1)))[0]
    clauses = [each.strip() for each in re.split(r"[,，；;]", sentence.removeprefix(unit)) if each.strip()]
    for words in _TELLING:
        for index, clause in enumerate(clauses):
            if words.search(_outside_quotes(clause)) and 6 <= len(clause) <= 40:
                before = clauses[index - 1] if index and len(clauses[index - 1]) <= 12 else ""
                return _polished(f"{before} {clause}".strip())
    return _polished(clauses[0])[:40] if clauses else ""


def _polished(clause: str) -> str:
    return re.sub(r"\A(?:不断|不斷|始终|始終|积极|積極|认真|認真)", "", clause)


def _outside_quotes(written: str) -> str:
    return re.sub('[“"「][^”"」]*[”"」]', "", written)


def authors_of(written: str) -> tuple[Author, ...]:
    """`张三（书记）、李四` -> two authors."""
    found = []
    for part in _NAME_SEPARATOR.split(without_glosses(written)):
        with_post = _NAME_WITH_POST.match(part)
        name, post = (with_post[1], with_post[2]) if with_post else (part.strip(), "")
        if name and len(name) <= 60:
            found.append(Author(name, post))
    return tuple(found[:10])


def signed_names(written: str) -> tuple[str, int] | None:
    """Names in brackets at a paragraph's end, （刘阳、陈正杰）: the names and where the bracket opens."""
    found = _SIGNED_NAMES.search(written, max(0, len(written) - _SIGNATURE_LONGEST))
    return (found[1], found.start()) if found else None
