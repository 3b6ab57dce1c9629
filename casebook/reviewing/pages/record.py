"""The record of the reviews (审读档案): what an inspection asks for, to print, in Word, Excel and CSV."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from starlette.responses import Response
from starlette.routing import Route

from casebook import access
from casebook.assemble import paper
from casebook.docx.renderer import MEDIA_TYPE
from casebook.reviewing import queries
from casebook.reviewing.pages import views
from casebook.reviewing.pages.text import views_of_act
from casebook.reviewing.rules.counting import PASS_MARK, passes
from casebook.reviewing.values import Act, File, Mark
from casebook.reviewing.wording import STEP_NAMES
from foundation.display import moment
from foundation.downloads import download, safe_name
from foundation.richtext import Block, Heading, Paragraph, Run
from foundation.richtext import Cell as TableCell
from foundation.richtext import Table as Grid
from foundation.sheets import Cell, Table
from foundation.text import Text, _
from foundation.web import Rq, disposition, get
from judging.papers.ports import Paper


def routes() -> list[Route]:
    one = "/editions/{id}/reviews/record"
    return [
        get(one, record_page),
        get(f"{one}.docx", record_word),
        get(f"{one}.xlsx", lambda rq: record_table(rq, "xlsx")),
        get(f"{one}.csv", lambda rq: record_table(rq, "csv")),
    ]


HEADS = (_("步骤"), _("做了什么"), _("姓名"), _("时间"), _("意见"), _("第几稿"), _("文字指纹"))


def record_page(rq: Rq) -> Response:
    edition = access.edition(rq)
    files = queries.files(rq.db, edition.id)
    return rq.render(
        "casebook/reviewing/record.html",
        edition=edition,
        files=[(each, [(act, views_of_act(act)) for act in each.acts]) for each in files],
        heads=HEADS,
        did=did,
        step_names=STEP_NAMES,
        rates=[(name, found, passes(found)) for name, found in views.rates(files)],
        pass_mark=PASS_MARK,
        clearance=queries.clearance(files),
        names=queries.colophon_lines(rq.db, edition.id),
    )


def did(act: Act) -> Text:
    """What somebody did, in a word."""
    if act.mark is Mark.RETURNED:
        if act.back_to is None:
            return _("退给编辑修改")
        return _("退回%(step)s", step=STEP_NAMES[act.back_to])
    return _("核对改动后签署") if act.brief else _("签署")


def said(act: Act) -> str:
    """What was said, in lines."""
    return "\n".join(
        str(_("%(part)s：%(words)s", part=part, words=words)) for part, words in views_of_act(act)
    )


def read_of(act: Act) -> Text:
    """What was read: a round of the manuscript, a made proof, or the book's own texts."""
    if act.build is not None:
        return _("校样 %(n)s", n=act.build)
    return _("第 %(n)s 稿", n=act.round) if act.round else _("当时的文字")


def record_table(rq: Rq, kind: str) -> Response:
    edition = access.edition(rq)
    files = queries.files(rq.db, edition.id)
    name = safe_name(str(_("%(title)s 审读档案", title=edition.title)))
    return download(Table(name, (_("篇目"), _("单位"), *HEADS), _rows(files)), kind)


def _rows(files: Sequence[File]) -> Iterator[list[Cell]]:
    for found in files:
        for act in found.acts:
            yield [
                str(found.subject.title),
                found.subject.unit,
                STEP_NAMES[act.step],
                did(act),
                act.by_name,
                act.at,
                said(act),
                read_of(act),
                act.digest,
            ]


def record_word(rq: Rq) -> Response:
    """The same for Word: a table a text, what was said below it."""
    edition = access.edition(rq)
    files = queries.files(rq.db, edition.id)
    title = str(_("%(title)s 审读档案", title=edition.title))
    made = paper(Paper(title=title, blocks=tuple(_blocks(rq, files)), author=rq.actor.name))
    headers = {"Content-Disposition": disposition(f"{safe_name(title)}.docx")}
    return Response(made, media_type=MEDIA_TYPE, headers=headers)


def _blocks(rq: Rq, files: Sequence[File]) -> Iterator[Block]:
    yield _line(_("截至 %(at)s。指纹是签署时全文的 SHA-256 前 16 位。", at=moment(rq.now)))
    for name, counted in views.rates(files):
        yield _line(
            _(
                "%(step)s：查出 %(found)s 处，折合 %(errors)s 个差错，"
                "%(characters)s 字，差错率万分之 %(rate)s。",
                step=name,
                found=counted.found,
                errors=counted.errors,
                characters=counted.characters,
                rate=counted.per_10000,
            )
        )
    for found in files:
        yield Heading(2, (Run(str(found.subject.title)),))
        if found.acts:
            heads = tuple(_cell(head, header=True) for head in (*HEADS[:4], *HEADS[5:]))
            yield Grid((heads, *(_acted(act) for act in found.acts)))
            yield from _opinions(found)
        else:
            yield _line(_("还没有审校记录。"))


def _line(sentence: Text) -> Block:
    return Paragraph((Run(str(sentence)),))


def _acted(act: Act) -> tuple[TableCell, ...]:
    """A row, without what was said."""
    done = (STEP_NAMES[act.step], did(act), act.by_name, moment(act.at), read_of(act), act.digest[:16])
    return tuple(_cell(each) for each in done)


def _opinions(found: File) -> Iterator[Block]:
    for act in found.acts:
        if words := said(act):
            who = str(_("%(step)s（%(name)s）", step=STEP_NAMES[act.step], name=act.by_name))
            yield Paragraph((Run(who, bold=True),))
            yield from (Paragraph((Run(line),)) for line in words.split("\n"))


def _cell(words: str | Text, *, header: bool = False) -> TableCell:
    return TableCell((Paragraph((Run(str(words)),)),), header=header)
