"""What a web page leaves around a copied text, and the lines under it that say who published it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from foundation.richtext import Run
from submissions.intake import headings
from submissions.intake.elements import Element, Line, without_glosses

_WHOLE_LINE = re.compile(
    r"(?:"
    r"(?:Submission email|On site search|Text zoom|Font size|Share to|投稿邮箱|投稿郵箱|站内搜索|站內搜索"
    r"|字号|字號|字体|字體|分享到|分享至|浏览次数|瀏覽次數|点击数)\s*[:：].{0,60}"
    r"|(?:您|你)?(?:现在|当前|現在|當前)的?位置\s*[:：].*"
    r"|[^>＞»]{1,300}(?:(?:>>|＞＞|»)[^>＞»]{1,300}){2,}"
    r"|(?:[【\[［](?:关闭|關閉|打印|列印|纠错|糾錯|收藏|返回|字号|字體|字体|大中小|大|中|小|关闭窗口|打印本页|返回顶部)[】\]］]"
    r"[\s|｜]*)+"
    r"|(?:打印本页|關閉窗口|关闭窗口|返回顶部|返回列表|Print this page|Close window|Back to top)"
    r"|(?:上一篇|下一篇|上一條|下一條|上一条|下一条)\s*[:：].*"
    r"|Sharing let more people see.{0,60}|分享[让讓]更多人看到.{0,20}"
    r"|[|｜\s]+"
    r")\Z",
    re.IGNORECASE,
)
_AFTERWORD = re.compile(
    r"(?:Related Posts?|Related (?:News|Articles|Reading)|Recommended reading|相关阅读|相關閱讀"
    r"|相关新闻|相關新聞|相关链接|相關鏈接|推荐阅读|推薦閱讀|延伸阅读|猜你喜欢)\s*[:：]?\s*\Z",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:[\s|｜]*(?:[【\[［](?:关闭|關(?:[(（]\w{1,6}[)）])?閉|打印|列印|纠错|糾錯|收藏|返回)[】\]］][\s|｜]*)+"
    r"|\s*Sharing let more people see[^.]{0,60}\.?|\s*分享[让讓]更多人看到\s*(?:推荐阅读|推薦閱讀)?\s*)\Z",
    re.IGNORECASE,
)

_SOURCE_WORD = r"(?:稿件来源|文章来源|资料来源|来源|來源|Source)"
_SIGN_WORD = (
    r"(?:责任编辑|責任編輯|本期编辑|编辑|編輯|责编|責編|编审|編審|审核|審核|校对|校對|签审|簽審|签发|簽發|审签|監製|监制"
    r"|Edited by|Editors?|Signed by|Signing|Issued by|Reviewed by|Proofread by|Approved by)"
)
_SOURCE_LINE = re.compile(rf"[（(]?\s*{_SOURCE_WORD}\s*[:：]\s*[^()（）]{{1,120}}?\s*[)）]?\Z", re.IGNORECASE)
_SIGN_LINE = re.compile(
    rf"[（(]?\s*{_SIGN_WORD}\s*[:：][^()（）]{{1,160}}?[)）]?[\s|｜.。]*\Z", re.IGNORECASE
)
_SOURCE_INSIDE = re.compile(
    rf"[（(]\s*({_SOURCE_WORD}\s*[:：][^()（）]{{1,120}})[)）]\s*[.。]?", re.IGNORECASE
)
_SIGN_INSIDE = re.compile(rf"[（(]\s*({_SIGN_WORD}\s*[:：][^()（）]{{1,160}})[)）]\s*[.。]?", re.IGNORECASE)
_SHORT_TAIL = 60
_TAIL_LONGEST = 200
"""A search among blanks takes quadratic time, so it does not begin at the head of a long paragraph."""


@dataclass(frozen=True, slots=True)
class Cleared:
    """The document without debris, and the two lines as they were written (without brackets around them)."""

    elements: list[Element]
    source_line: str
    signoff_line: str


def cleared(elements: Sequence[Element]) -> Cleared:
    """Take off debris, a doubled title, the source line and the sign-off line."""
    kept: list[Element] = []
    source, signoff = "", ""
    for element in _without_afterword(elements):
        if not isinstance(element, Line):
            kept.append(element)
            continue
        written = without_glosses(element.text)
        if _WHOLE_LINE.match(written):
            continue
        if not source and _SOURCE_LINE.match(written):
            source = _bare(written)
            continue
        if _SIGN_LINE.match(written):
            signoff = signoff or _bare(written)
            continue
        line, source, signoff = _lifted(element, source, signoff)
        if line.text:
            kept.append(line)
    if len(kept) > 1 and _same(kept[0], kept[1]):
        del kept[1]  # pages say their title twice; further down a repeated line may be meant
    return Cleared(kept, source, signoff)


def _lifted(line: Line, source: str, signoff: str) -> tuple[Line, str, str]:
    """Source and sign-off notes in brackets inside a paragraph and buttons at its end are taken out."""
    for pattern, has in ((_SOURCE_INSIDE, source), (_SIGN_INSIDE, signoff)):
        found = pattern.search(line.text)
        if found and not has:
            if pattern is _SOURCE_INSIDE:
                source = found[1].strip()
            else:
                signoff = found[1].strip()
            line = _without(line, found.start(), found.end())
    written = line.text
    tail = _TAIL.search(written, max(0, len(written) - _TAIL_LONGEST))
    return (_without(line, tail.start(), tail.end()) if tail else line), source, signoff


def _without(line: Line, start: int, end: int) -> Line:
    """The line without these characters of its `text`."""
    lead = len("".join(run.text for run in line.runs)) - len("".join(run.text for run in line.runs).lstrip())
    return replace(line, runs=cut(line.runs, start + lead, end + lead))


def cut(runs: Iterable[Run], start: int, end: int) -> tuple[Run, ...]:
    """Take the characters from `start` up to `end` out of the runs."""
    kept = []
    place = 0
    for run in runs:
        size = len(run.text)
        before, after = max(0, min(size, start - place)), max(0, min(size, end - place))
        kept.append(run.saying(run.text[:before] + run.text[after:]))
        place += size
    return tuple(run for run in kept if run.text)


def _without_afterword(elements: Sequence[Element]) -> Iterable[Element]:
    """Stop at "Related Post" where only links (short lines) follow."""
    for index, element in enumerate(elements):
        if isinstance(element, Line) and _AFTERWORD.match(element.text):
            rest = elements[index + 1 :]
            if all(isinstance(each, Line) and len(each.text) <= _SHORT_TAIL for each in rest):
                return
            continue
        yield element


def _same(first: Element, second: Element) -> bool:
    if not isinstance(first, Line) or not isinstance(second, Line):
        return False
    return first.text == second.text and headings.is_short(first)


def _bare(written: str) -> str:
    return (
        written.strip()
        .strip("|｜")
        .strip()
        .rstrip(".。")
        .removeprefix("(")
        .removeprefix("（")
        .rstrip(")）")
        .strip()
    )
