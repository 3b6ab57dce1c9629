"""Two texts side by side: versions that were handed in, and two people's copies of one draft."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from markupsafe import Markup
from starlette.responses import Response
from starlette.routing import Route

from foundation import richtext
from foundation.differences import Line, is_changed, lines
from foundation.errors import FieldError, Invalid, NotFound
from foundation.forms import validated
from foundation.merging import Choice, Passage, choice, choices
from foundation.richtext import Block, Figure
from foundation.text import Text, _
from foundation.web import Rq, get, post
from submissions import queries
from submissions.forms import DraftForm
from submissions.pages.showing import body_shown, own_case, stored_body
from submissions.values import AttachmentView, CallRules, CaseText, DraftView, VersionView

MINE_HIGHEST = 2_000_000


def routes() -> list[Route]:
    return [
        get("/cases/{case_id}/compare", compare_page),
        post("/cases/{case_id}/differences", show_differences, prepare=compare_copies),
    ]


# --- versions ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Compared:
    """One part of two versions; `label` as its heading."""

    label: Text
    lines: list[Line]

    @property
    def changed(self) -> bool:
        return is_changed(self.lines)


def compare_page(rq: Rq) -> Response:
    """Two handed-in versions of a case; without numbers, the last two."""
    rq.signed_in()
    case = queries.case(rq.db, rq.path("case_id"))
    call = queries.call(rq.db, case.call_id)
    versions = queries.versions(rq.db, case.id)
    if not versions:
        raise NotFound
    newest = versions[0].ordinal
    after = _numbered(versions, rq.query("to") or str(newest))
    before = _numbered(versions, rq.query("from") or str(max(1, after.ordinal - 1)))
    return rq.render(
        "submissions/compare.html",
        case=case,
        call=call,
        versions=versions,
        before=before,
        after=after,
        parts=_compared(rq, call.rules, before, after),
    )


def _numbered(versions: list[VersionView], ordinal: str) -> VersionView:
    found = next((each for each in versions if str(each.ordinal) == ordinal), None)
    if found is None:
        raise NotFound
    return found


def _compared(rq: Rq, rules: CallRules, before: VersionView, after: VersionView) -> list[Compared]:
    old, new = queries.version_text(rq.db, before.id), queries.version_text(rq.db, after.id)
    return [
        *(
            Compared(label, lines(_split(one), _split(other)))
            for label, one, other in (
                (_("标题"), old.title, new.title),
                (_("类别"), _category(old, rules), _category(new, rules)),
                (_("作者"), _authors(old), _authors(new)),
                (_("实践时间"), _practice(old), _practice(new)),
                (_("内容摘要"), old.summary, new.summary),
                (_("正文"), richtext_lines(old.body_html), richtext_lines(new.body_html)),
                (_("来源"), old.source_line, new.source_line),
                (_("署名行"), old.signoff_line, new.signoff_line),
            )
        ),
        Compared(_("照片与附件"), lines(_files(before.attachments), _files(after.attachments))),
    ]


def _split(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def _category(text: CaseText, rules: CallRules) -> str:
    found = rules.category(text.category_key)
    return found.name if found else text.category_key


def _authors(text: CaseText) -> str:
    return "\n".join(f"{each.name}　{each.post}".strip() for each in text.authors)


def _practice(text: CaseText) -> str:
    return " – ".join(str(each) for each in (text.practice_from, text.practice_to) if each)


def _files(attachments: Iterable[AttachmentView]) -> list[str]:
    """A line a file: another content shows in the beginning of its hash."""
    return [f"{each.name}　{each.caption}　SHA-256 {each.sha256[:12]}…" for each in attachments]


def richtext_lines(body_html: str) -> str:
    return "\n".join(block_text(block) for block in richtext.blocks(body_html))


def block_text(block: Block) -> str:
    """A block as text, pictures named as such."""
    if isinstance(block, Figure):
        return str(_("［图片］%(caption)s", caption=block.caption or block.alt))
    return "\n".join(richtext.lines([block])) or str(_("［图片］%(caption)s", caption=""))


# --- two copies of a draft ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the form, with what there is to choose."""

    name: str
    label: Text
    choices: list[Choice]


@dataclass(frozen=True, slots=True)
class _Copies:
    theirs: DraftView
    fields: list[Field]


def compare_copies(rq: Rq) -> _Copies:
    """The sender's copy beside the one the server has; `base`, if sent, is what his copy began with."""
    case = own_case(rq)
    call = queries.call(rq.db, case.call_id)
    theirs = queries.draft(rq.db, case.id)
    mine = _sent(rq, case.id, "mine")
    if mine is None:
        raise Invalid([FieldError("mine", _("没有收到要比较的内容，请刷新页面后重试。"))])
    return _Copies(theirs, fields(call.rules, mine, theirs.text, _sent(rq, case.id, "base")))


def show_differences(rq: Rq) -> Response:
    case = own_case(rq)
    copies: _Copies = rq.prepared
    return rq.render(
        "submissions/differences.html", case=case, theirs=copies.theirs, fields=copies.fields, shown=_shown
    )


def _shown(case_id: str, body_html: str) -> Markup:
    return Markup(str(body_shown(body_html, f"/cases/{case_id}/files")).replace(' loading="lazy"', ""))  # noqa: S704  # cleaned when it was sent


def _sent(rq: Rq, case_id: str, name: str) -> CaseText | None:
    """A copy as the editor's script sends it, cleaned as it would be when saved."""
    sent = rq.field(name)
    if not sent or len(sent) > MINE_HIGHEST:
        return None
    try:
        values = json.loads(sent)
    except (ValueError, RecursionError) as error:
        raise Invalid([FieldError(name, _("请求内容不是有效的 JSON。"))]) from error
    form = validated(DraftForm, values)
    return form.text(richtext.clean(stored_body(case_id, form.body)))


def fields(rules: CallRules, mine: CaseText, theirs: CaseText, base: CaseText | None) -> list[Field]:
    """The fields that differ."""
    found = [
        Field(name, label, [_whole(name, rules, mine, theirs, base)])
        for name, label in (
            ("title", _("标题")),
            ("category_key", _("类别")),
            ("practice_from", _("实践开始日期")),
            ("practice_to", _("实践结束日期")),
            ("summary", _("内容摘要")),
            ("authors", _("作者")),
            ("source_line", _("来源")),
            ("signoff_line", _("署名行")),
        )
    ]
    body = choices(_blocks(mine), _blocks(theirs), None if base is None else _blocks(base))
    found.insert(5, Field("body", _("正文"), body))
    return [each for each in found if not all(place.same for place in each.choices)]


def _whole(name: str, rules: CallRules, mine: CaseText, theirs: CaseText, base: CaseText | None) -> Choice:
    """The choice for a field that is taken as a whole."""
    known = None if base is None else _passage(name, base, rules)
    return choice(_passage(name, mine, rules), _passage(name, theirs, rules), known)


def _passage(name: str, text: CaseText, rules: CallRules) -> Passage:
    if name == "authors":
        rows = [asdict(each) for each in text.authors]
        return Passage(_authors(text), json.dumps(rows, ensure_ascii=False))
    if name == "category_key":
        return Passage(_category(text, rules), text.category_key)
    value = getattr(text, name)
    written = "" if value is None else str(value)
    return Passage(written, written)


def _blocks(text: CaseText) -> list[Passage]:
    return [Passage(block_text(block), richtext.html([block])) for block in richtext.blocks(text.body_html)]
