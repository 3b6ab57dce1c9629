"""What a book says about itself and how it is set: 书籍信息与版式, and its cover for the printer."""

from __future__ import annotations

from starlette.responses import Response
from starlette.routing import Route

from casebook import access, queries, service
from casebook.assemble import Around, book
from casebook.book import Colours, FontRole, IndexKind, Profile, Trim
from casebook.details import EditionDetails
from casebook.details_form import DetailsForm
from casebook.docx.fonts import FontUse, fonts_of
from casebook.docx.front.copyright import inner_pages
from casebook.docx.front.jacket import render_jacket
from casebook.docx.look import FONTS
from casebook.docx.renderer import MEDIA_TYPE
from casebook.houses import queries as houses
from casebook.houses.wording import TRIMS
from casebook.making import queries as making
from casebook.matters import queries as matters
from casebook.matters.values import Place
from casebook.reviewing import queries as reviewing
from casebook.rules.imprint import lacking
from casebook.rules.spine import THINNEST, Spine, spine
from casebook.sketch import Sketch, sketch
from casebook.typefaces import HAN_OFFERED, LATIN_OFFERED
from casebook.values import EditionView
from foundation.errors import Refused
from foundation.forms import read_form
from foundation.text import Text, _
from foundation.web import Rq, disposition, get, post

PROFILES: tuple[tuple[Profile, Text, Text], ...] = (
    (Profile.FORMAL, _("正式出版"), _("有书号、CIP 数据和定价，由出版社出版。")),
    (Profile.INTERNAL, _("内部资料"), _("凭准印证印刷，封面印“内部资料　免费交流”，不定价。")),
)
COLOURS: tuple[tuple[Colours, Text], ...] = (
    (Colours.COLOUR, _("彩色")),
    (Colours.GREY, _("黑白（灰度）：图和色块都转为灰")),
)
INDEXES: tuple[tuple[IndexKind, Text], ...] = (
    (IndexKind.UNITS, _("单位索引")),
    (IndexKind.TOPICS, _("主题索引")),
    (IndexKind.PLACES, _("地名索引")),
)
ROLES: tuple[tuple[FontRole, Text], ...] = (
    (FontRole.BODY, _("正文")),
    (FontRole.DISPLAY, _("书名、章名和篇名")),
    (FontRole.HEADING, _("小标题和目录")),
    (FontRole.CAPTION, _("图题、表题和表头")),
    (FontRole.ASIDE, _("单位、摘要、引文和书眉")),
    (FontRole.NOTES, _("脚注、版权页和页码")),
)
PLACES: tuple[tuple[Place, Text], ...] = (
    (Place.FRONT, _("目录之前")),
    (Place.BACK, _("案例之后")),
)
OFFICES = "责任编辑：\n复审：\n终审：\n责任校对：\n装帧设计：\n责任印制："


def routes() -> list[Route]:
    one = "/editions/{id}"
    return [
        get(f"{one}/edit", details_page),
        post(f"{one}/edit", save_details, again=details_page),
        get(f"{one}/sketch", sketch_part),
        get(f"{one}/cover", cover_file),
    ]


def details_page(rq: Rq) -> Response:
    edition = access.edition(rq)
    details = edition.details
    recorded = reviewing.colophon_lines(rq.db, edition.id)
    lacks = lacking(details, recorded)
    return rq.render(
        "casebook/details.html",
        edition=edition,
        details=details,
        lacks=lacks,
        recorded=recorded,
        sketch=_drawn(rq.field("trim"), rq.field("colours"), details),
        spine=_spine(rq, edition),
        thinnest=THINNEST,
        matters=matters.matters(rq.db, edition.id),
        calls=queries.calls_of(rq.db, edition.id),
        places=PLACES,
        profiles=PROFILES,
        trims=TRIMS,
        colours=COLOURS,
        indexes=INDEXES,
        offices=OFFICES,
        templates=_templates(rq, details),
        fonts=_fonts(rq, details),
        han_offered=HAN_OFFERED,
        latin_offered=LATIN_OFFERED,
        chosen=houses.version(rq.db, details.template) if details.template else None,
    )


def sketch_part(rq: Rq) -> Response:
    """The drawing alone, for a size that is being chosen."""
    edition = access.edition(rq)
    drawn = _drawn(rq.query("trim"), rq.query("colours"), edition.details)
    return rq.render("casebook/_sketch.html", sketch=drawn)


def _drawn(trim: str, colours: str, details: EditionDetails) -> Sketch:
    """The drawing of what is being chosen, of what is kept where nothing is."""
    chosen = Trim(trim) if trim in set(Trim) else details.trim
    return sketch(chosen, Colours(colours) if colours in set(Colours) else details.colours)


def save_details(rq: Rq) -> Response:
    edition = access.edition(rq)
    form = read_form(DetailsForm, rq.form)
    service.change_details(
        rq.db,
        actor=rq.actor,
        now=rq.now,
        edition_id=edition.id,
        revision=form.revision,
        details=form.details(),
    )
    return rq.redirect(f"/editions/{edition.id}/edit", _("书的信息已保存。"))


def cover_file(rq: Rq) -> Response:
    """Back, spine and front as one sheet."""
    edition = access.edition(rq)
    back = _spine(rq, edition)
    if not back.known:
        raise Refused(_("还不知道书脊多厚：请先填纸张克重或单页厚度；还没有生成过书的，再填预计页数。"))
    reference = houses.content(rq.db, rq.files, edition.details.template)
    made = render_jacket(book(edition.details, (), {}, around=Around(reference=reference)), back)
    name = disposition(f"{edition.title}-{_('封面')}.docx")
    return Response(made, media_type=MEDIA_TYPE, headers={"Content-Disposition": name})


def _spine(rq: Rq, edition: EditionView) -> Spine:
    """By the pages that were typed, else those of the last file between its covers."""
    details = edition.details
    made = (inner_pages(each.pages) for each in making.builds(rq.db, edition.id) if each.pages)
    pages = details.planned_pages or next(made, 0)
    return spine(pages, paper_weight=details.paper_weight, leaf_thickness=details.leaf_thickness)


def _templates(rq: Rq, details: EditionDetails) -> list[tuple[str, str]]:
    """Versions to choose from: the newest of each template on offer, and the one that is chosen."""
    found = {
        each.newest.id: f"{each.name} · {_('第 %(n)s 版', n=each.newest.number)}"
        for each in houses.templates(rq.db)
        if each.retired_at is None
    }
    chosen = houses.version(rq.db, details.template) if details.template else None
    if chosen is not None:
        found.setdefault(chosen.id, f"{chosen.template_name} · {_('第 %(n)s 版', n=chosen.number)}")
    return list(found.items())


def _fonts(rq: Rq, details: EditionDetails) -> list[tuple[FontRole, Text, tuple[str, str], list[FontUse]]]:
    """By role: its name, what is typed (Chinese, Latin), and what the printer will ask about."""
    around = Around(reference=houses.content(rq.db, rq.files, details.template))
    used = fonts_of(book(details, (), {}, around=around).format)
    typed = dict(details.fonts)
    again = [str(each) for each in rq.form.getlist("font")] if rq.problem else []
    found = []
    for place, (role, name) in enumerate(ROLES):
        face = typed.get(role, FONTS[role])
        names = (face.han, face.latin)
        if len(again) == 2 * len(ROLES):
            names = (again[2 * place], again[2 * place + 1])
        found.append((role, name, names, [each for each in used if each.role is role]))
    return found
