"""成书: making the book, what stands in the way, and everything that came out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from gettext import NullTranslations

from starlette.responses import Response
from starlette.routing import Route

from casebook import access
from casebook import queries as editions
from casebook.assemble import standing
from casebook.docx.certificates import write_certificates
from casebook.making import certifying, files, manifest, publishing, queries, service, viewer, web_pages
from casebook.making.bindery import Bindery
from casebook.making.checklist import checklist
from casebook.making.forms import BuildForm
from casebook.making.manifest import Difference
from casebook.making.setting_names import SETTING_NAMES
from casebook.making.values import CHOSEN, BuildView, Output
from casebook.making.workshop import BY_OFFICE
from casebook.printcheck import sentence
from casebook.values import EditionView
from foundation.downloads import Member, safe_name, send_zip
from foundation.errors import NotFound, Refused
from foundation.forms import read_form
from foundation.text import Text, _, n_, use_translations
from foundation.web import Rq, get, post
from judging.values.honours import Sheet

NAMES: dict[Output, Text] = {
    Output.WORD: _("Word 文件"),
    Output.PRINT_PDF: _("印刷用 PDF"),
    Output.SCREEN_PDF: _("阅读用 PDF"),
    Output.COVER: _("封面展开图"),
    Output.EPUB: _("电子书（EPUB）"),
    Output.CASES: _("单篇 Word（压缩包）"),
    Output.MANIFEST: _("生成清单"),
}
HINTS: dict[Output, Text] = {
    Output.PRINT_PDF: _("图片保持 300 dpi，字体嵌入，交给印厂。"),
    Output.SCREEN_PDF: _("图片压缩到 150 dpi，有书签，适合传阅；页面预览也用它。"),
    Output.COVER: _("封底、书脊、封面连成一张，有出血和裁切线；要先填纸张厚度。"),
    Output.EPUB: _("手机和阅读器上看，读屏软件可读。"),
    Output.CASES: _("每个案例一个文件，注明选自本书。"),
}


def routes(bindery: Bindery) -> list[Route]:
    one = "/editions/{id}/builds"
    build = f"{one}/{{number}}"
    page = partial(builds_page, bindery)
    return [
        get("/editions/{id}/progress", progress),
        get(one, page),
        post(one, request_build, again=page),
        get(f"{one}/panel", working),
        post(f"{build}/cancel", cancel, again=page),
        post(f"{build}/again", again, again=page),
        post(f"{build}/delete", delete, again=page),
        get(f"{build}/file", partial(download, bindery, Output.WORD)),
        get(f"{build}/files/{{output}}", lambda rq: download(bindery, _output(rq), rq)),
        get(f"{build}/changes", partial(changes, bindery)),
        post(f"{build}/certificates", partial(certify, bindery), again=page),
        get("/editions/{id}/certificates.zip", certificates),
        *viewer.routes(bindery),
        *web_pages.routes(bindery, page),
    ]


def builds_page(bindery: Bindery, rq: Rq) -> Response:
    """The checklist, the way to a new build, and all builds. Also shown again when something was refused."""
    edition = access.edition(rq)
    found = queries.builds(rq.db, edition.id)
    latest = next((each for each in found if not each.active), None)
    return rq.render(
        "casebook/making/builds.html",
        edition=edition,
        builds=found,
        active=next((each for each in found if each.active), None),
        before=_before(rq, found),
        checks=checklist(rq.db, edition, latest, rq.now.date()),
        names=NAMES,
        outputs=[each for each in CHOSEN if bindery.office or each not in BY_OFFICE],
        hints=HINTS,
        office=bindery.office,
        same=_same(found),
        publication=publishing.publication(rq.db, edition.id),
        offered=publishing.OFFERED,
        certificates=len([each for each in certifying.issued(rq.db, edition.id) if not each.revoked]),
        sentence=sentence,
    )


def _before(rq: Rq, found: list[BuildView]) -> int:
    active = next((each for each in found if each.active), None)
    return queries.before_in_queue(rq.db, active) if active else 0


def _same(found: list[BuildView]) -> dict[int, bool]:
    """Of builds made again: whether each of their files has the bytes of the first."""
    by_number = {each.number: each for each in found}
    same = {}
    for each in found:
        first = by_number.get(each.again_of)
        if first is not None and each.files:
            same[each.number] = {(f.output, f.sha256) for f in each.files} == {
                (f.output, f.sha256) for f in first.files
            }
    return same


def working(rq: Rq) -> Response:
    """The panel of the build under way, asked for again and again; at its end the whole page is."""
    edition = access.edition(rq)
    found = queries.builds(rq.db, edition.id)
    active = next((each for each in found if each.active), None)
    if active is None:
        answer = Response(status_code=204)
        answer.headers["HX-Refresh"] = "true"
        return answer
    return rq.render(
        "casebook/making/_working.html", edition=edition, active=active, before=_before(rq, found)
    )


def request_build(rq: Rq) -> Response:
    edition = access.edition(rq)
    form = read_form(BuildForm, rq.form)
    service.request_build(
        rq.db, actor=rq.actor, now=rq.now, edition_id=edition.id, kind=form.kind, wanted=form.wanted()
    )
    return rq.redirect(f"/editions/{edition.id}/builds", _("已开始生成，完成后可以下载。"))


def progress(rq: Rq) -> Response:
    """The panel of the file on the desk, asked for again and again while a build is under way."""
    edition = access.edition(rq)
    chapters = editions.chapters(rq.db, edition.id)
    return rq.render(
        "casebook/making/_panel.html",
        edition=edition,
        builds=queries.builds(rq.db, edition.id),
        printed=sum(len(standing(chapter)) for chapter in chapters),
    )


def cancel(rq: Rq) -> Response:
    edition, number = access.edition(rq), access.numbered(rq, "number")
    service.cancel_build(rq.db, actor=rq.actor, now=rq.now, edition_id=edition.id, number=number)
    return _back(rq, edition, _("已取消这次生成。"))


def again(rq: Rq) -> Response:
    edition, number = access.edition(rq), access.numbered(rq, "number")
    service.build_again(rq.db, actor=rq.actor, now=rq.now, edition_id=edition.id, number=number)
    return _back(rq, edition, _("已开始照原样再生成。"))


def delete(rq: Rq) -> Response:
    edition, number = access.edition(rq), access.numbered(rq, "number")
    service.delete_build(rq.db, actor=rq.actor, now=rq.now, edition_id=edition.id, number=number)
    return _back(rq, edition, _("这份校样已删除。"))


def _back(rq: Rq, edition: EditionView, done: Text) -> Response:
    return rq.redirect(f"/editions/{edition.id}/builds", done)


def download(bindery: Bindery, output: Output, rq: Rq) -> Response:
    edition = access.edition(rq)
    build = queries.build(rq.db, edition.id, access.numbered(rq, "number"))
    return files.send(rq, bindery.books, build, output)


def _output(rq: Rq) -> Output:
    if rq.path("output") not in set(Output):
        raise NotFound
    return Output(rq.path("output"))


def changes(bindery: Bindery, rq: Rq) -> Response:
    """What changed from an earlier build to this one: by default from the one before it."""
    edition = access.edition(rq)
    build = queries.build(rq.db, edition.id, access.numbered(rq, "number"))
    others = [
        each
        for each in queries.builds(rq.db, edition.id)
        if each.number != build.number and each.file(Output.MANIFEST)
    ]
    earlier = next((each for each in others if each.number < build.number), None)
    asked = rq.query("from")
    chosen = next((each for each in others if str(each.number) == asked), earlier)
    return rq.render(
        "casebook/making/changes.html",
        edition=edition,
        build=build,
        others=others,
        chosen=chosen,
        found=_difference(bindery, chosen, build) if chosen else None,
        setting_names=SETTING_NAMES,
    )


def certify(bindery: Bindery, rq: Rq) -> Response:
    """Issue the certificates of inclusion that are due for a final build."""
    edition, number = access.edition(rq), access.numbered(rq, "number")
    kept = queries.build(rq.db, edition.id, number).file(Output.MANIFEST)
    if kept is None or not bindery.books.exists(kept.sha256):
        raise Refused(_("这一次没有留下清单，不能签发证书。请重新生成付印文件。"))
    count = certifying.issue(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        edition_id=edition.id,
        number=number,
        found=manifest.read(bindery.books.read(kept.sha256)),
        address=rq.absolute("/inclusions"),
    )
    return _back(rq, edition, n_("已签发 %(n)s 张入选证书。", "已签发 %(n)s 张入选证书。", count))


def certificates(rq: Rq) -> Response:
    """All certificates of inclusion that stand, a Word file a case, made while they are sent."""
    edition = access.edition(rq)
    standing_ones = [each for each in certifying.issued(rq.db, edition.id) if not each.revoked]
    if not standing_ones:
        raise NotFound
    by_case: dict[tuple[str, str], list[Sheet]] = {}
    for each in standing_ones:
        by_case.setdefault((each.unit, each.title), []).append(each.sheet)
    return send_zip(_written(by_case, rq.edge.languages), f"{edition.title}-{_('入选证书')}")


def _written(
    by_case: Mapping[tuple[str, str], list[Sheet]], languages: Mapping[str, NullTranslations]
) -> Iterator[Member]:
    for (unit, title), sheets in by_case.items():
        with use_translations(languages[sheets[0].language]):
            content = write_certificates(sheets)
        yield f"{safe_name(f'{unit} {title}')}.docx", [content]


def _difference(bindery: Bindery, before: BuildView, after: BuildView) -> Difference:
    """The earlier of the two is what is compared with, whichever was asked for first.

    Raises:
        Refused: one of them kept no manifest.
    """
    kept = [each.file(Output.MANIFEST) for each in sorted((before, after), key=lambda each: each.number)]
    read = [
        manifest.read(bindery.books.read(each.sha256))
        for each in kept
        if each is not None and bindery.books.exists(each.sha256)
    ]
    if len(read) != len(kept):
        raise Refused(_("这一次没有留下清单，不能比较。"))
    return manifest.difference(read[0], read[1])
