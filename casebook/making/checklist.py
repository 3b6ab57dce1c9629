"""What is ready for the printer and what stands in the way, asked of every room."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Session

from casebook import queries as editions
from casebook.aids.queries import open_findings
from casebook.aids.values import Seriousness
from casebook.assemble import standing
from casebook.editing.queries import standings
from casebook.editing.values import Standing as Consent
from casebook.making.values import BuildView
from casebook.reviewing.queries import cleared, colophon_lines
from casebook.rules.imprint import lacking
from casebook.values import EditionView
from foundation.text import Text, _, n_

_SHOWN = 6


class Standing(StrEnum):
    """READY; LOOK: a person should look, nothing is refused; STOP: no final file before it is done."""

    READY = "ready"
    LOOK = "look"
    STOP = "stop"


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the checklist; `url` is where it is put right, `more` how many sentences are left out."""

    name: Text
    standing: Standing
    said: tuple[Text, ...]
    url: str
    more: int = 0


def checklist(db: Session, edition: EditionView, latest: BuildView | None, today: date) -> list[Check]:
    """All lines, in the order of the work."""
    lines: tuple[Callable[[], Check], ...] = (
        lambda: _entries(db, edition),
        lambda: _reviews(db, edition),
        lambda: _findings(db, edition),
        lambda: _units(db, edition, today),
        lambda: _details(db, edition),
        lambda: _file(edition, latest),
    )
    return [line() for line in lines]


def _entries(db: Session, edition: EditionView) -> Check:
    chapters = editions.chapters(db, edition.id)
    printed = sum(len(standing(chapter)) for chapter in chapters)
    gone = sum(len(chapter.entries) for chapter in chapters) - printed
    said = [n_("付印 %(n)s 篇。", "付印 %(n)s 篇。", printed)]
    if gone:
        said.append(
            n_(
                "有 %(n)s 篇已被撤销授奖，不会付印。",
                "有 %(n)s 篇已被撤销授奖，不会付印。",
                gone,
            )
        )
    standing_of = Standing.READY if printed else Standing.STOP
    return Check(_("篇目"), Standing.LOOK if gone and printed else standing_of, tuple(said), _at(edition))


def _reviews(db: Session, edition: EditionView) -> Check:
    clearance = cleared(db, edition.id)
    name, url = _("三审三校"), _at(edition, "/reviews")
    if clearance.cleared:
        return Check(name, Standing.READY, (_("三审和各校次都已完成。"),), url)
    missing = clearance.missing
    return Check(name, Standing.STOP, missing[:_SHOWN], url, max(0, len(missing) - _SHOWN))


def _findings(db: Session, edition: EditionView) -> Check:
    found = open_findings(db, edition.id)
    name, url = _("编校检查"), _at(edition, "/findings")
    if not found.total:
        return Check(name, Standing.READY, (_("没有待处理的提示。"),), url)
    said = [n_("还有 %(n)s 处提示没有处理。", "还有 %(n)s 处提示没有处理。", found.total)]
    errors = found.of(Seriousness.MUST)
    if errors:
        said.append(n_("其中 %(n)s 处是错误。", "其中 %(n)s 处是错误。", errors))
    return Check(name, Standing.LOOK, tuple(said), url)


def _units(db: Session, edition: EditionView, today: date) -> Check:
    """What units were asked, and whether they agree to the text as it is now."""
    printed = [each.id for chapter in editions.chapters(db, edition.id) for each in standing(chapter)]
    around = standings(db, edition.id, today)
    found = [around[key] for key in printed if key in around]
    consents = Counter(each.consent for each in found)
    objected, outdated = consents[Consent.OBJECTED], consents[Consent.OUTDATED]
    letters = sum(each.waiting + each.answered for each in found)
    comments = sum(each.comments for each in found)
    silent = len(printed) - consents[Consent.AGREED] - objected - outdated
    lines = (
        (objected, n_("%(n)s 篇的单位不同意付印。", "%(n)s 篇的单位不同意付印。", objected)),
        (outdated, n_("%(n)s 篇在单位同意以后又改过。", "%(n)s 篇在单位同意以后又改过。", outdated)),
        (
            letters,
            n_("有 %(n)s 次与单位往来还没有处理完毕。", "有 %(n)s 次与单位往来还没有处理完毕。", letters),
        ),
        (comments, n_("有 %(n)s 条批注没有解决。", "有 %(n)s 条批注没有解决。", comments)),
        (silent, n_("%(n)s 篇还没有单位的同意。", "%(n)s 篇还没有单位的同意。", silent)),
    )
    said = tuple(sentence for count, sentence in lines if count)
    name, url = _("单位的意见"), _at(edition, "/letters")
    if not said:
        return Check(name, Standing.READY, (_("各单位都同意现在的文字。"),), url)
    return Check(name, Standing.LOOK, said, url)


def _details(db: Session, edition: EditionView) -> Check:
    """What this kind of book must say about itself."""
    lacks = lacking(edition.details, colophon_lines(db, edition.id))
    missing = tuple(each.sentence for each in lacks)
    said = missing[:_SHOWN] or (_("版权页上该有的都填写了。"),)
    state = Standing.LOOK if missing else Standing.READY
    return Check(_("书籍信息"), state, said, _at(edition, "/edit"), max(0, len(missing) - _SHOWN))


def _file(edition: EditionView, latest: BuildView | None) -> Check:
    name, url = _("最近一次生成"), _at(edition, "/builds#list-title")
    if latest is None:
        return Check(name, Standing.LOOK, (_("还没有生成过。先生成一份校样，看看版面和检查结果。"),), url)
    if not latest.downloadable:
        return Check(name, Standing.LOOK, (_("最近一次没有可用的文件。"),), url)
    said: list[Text] = []
    if latest.edition_revision != edition.revision:
        said.append(_("最近的文件生成之后，书又有改动。"))
    if latest.pages is None:
        said.append(_("没有排版，目录没有页码。"))
    if latest.report:
        said.append(n_("印前检查有 %(n)s 处提示。", "印前检查有 %(n)s 处提示。", len(latest.report)))
    if latest.log:
        said.append(n_("文件检查有 %(n)s 处提示。", "文件检查有 %(n)s 处提示。", len(latest.log)))
    return Check(
        name,
        Standing.LOOK if said else Standing.READY,
        tuple(said) or (_("最近的文件就是现在的样子，检查没有发现问题。"),),
        url,
    )


def _at(edition: EditionView, page: str = "") -> str:
    return f"/editions/{edition.id}{page}"
