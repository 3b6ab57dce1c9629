"""The register of jurors: list, one juror, a list from a file; the juror's own profile."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from starlette.responses import Response
from starlette.routing import Route

from foundation import people
from foundation.downloads import download
from foundation.errors import FieldError, Invalid, NotFound
from foundation.forms import read_form
from foundation.sheets import FORMATS, Cell, Line, Table, Unreadable, read_sheet
from foundation.text import Text, _
from foundation.web import Rq, get, post
from judging.forms import InterestForm, ProfileForm
from judging.queries import register as queries
from judging.queries.register import RegisterFilter
from judging.service import register as service
from judging.service.register import NewJuror, Profile, topics_of
from judging.views.jury import JurorLine

BASE = "/organise/jurors"
_HEADS: tuple[Text, ...] = (
    _("姓名"), _("邮箱"), _("单位"), _("专长"), _("工作单位"), _("地区"), _("语言"), _("最多评审份数"),
    _("备注"),
)  # fmt: skip
LARGEST_FILE = 2_000_000


def routes() -> list[Route]:
    return [
        get(BASE, listed),
        get(BASE + "/list.{format}", export),
        get(BASE + "/new", new),
        post(BASE + "/new", create, again=new),
        get(BASE + "/import", upload),
        post(BASE + "/import", take, again=upload, prepare=read_list),
        get(BASE + "/{user_id}", juror),
        post(BASE + "/{user_id}", change, again=juror),
        get("/judging/profile", profile),
        post("/judging/profile", change_own, again=profile),
        post("/judging/profile/interests", add_interest, again=profile),
        post("/judging/profile/interests/{interest_id}/withdraw", withdraw_interest, again=profile),
    ]


def listed(rq: Rq) -> Response:
    lines = queries.register(rq.db, rq.signed_in())
    chosen = RegisterFilter(rq.query("q"), rq.query("region"), rq.query("language"))
    return rq.render(
        "judging/register.html",
        lines=[line for line in lines if chosen.picks(line)],
        whole=len(lines),
        filter=chosen,
        regions=sorted({line.region for line in lines if line.region}),
        languages=sorted({line.language for line in lines if line.language}),
    )


def export(rq: Rq) -> Response:
    """The columns that can be read back."""
    if rq.path("format") not in FORMATS:
        raise NotFound
    lines = queries.register(rq.db, rq.signed_in())
    return download(Table("jurors", list(_HEADS), _cells(lines)), rq.path("format"))


def _cells(lines: Sequence[JurorLine]) -> Iterator[list[Cell]]:
    for line in lines:
        yield [
            line.name,
            line.email,
            line.unit_name,
            "、".join(line.topics),
            line.organisation,
            line.region,
            line.language,
            line.load_limit,
            line.remarks,
        ]


# --- one juror ---------------------------------------------------------------------------------------


def new(rq: Rq) -> Response:
    queries.register(rq.db, rq.signed_in())
    return rq.render(
        "judging/juror.html",
        line=None,
        units=[(unit.name, unit.name) for unit in people.units(rq.db)],
        interests=[],
        own=False,
    )


def create(rq: Rq) -> Response:
    form = read_form(ProfileForm, rq.form)
    errors = [FieldError(name, _("这一项必须填写")) for name in ("name", "email") if not getattr(form, name)]
    if errors:
        raise Invalid(errors)
    entry = NewJuror(1, form.name, form.email, form.unit_name, _profile(form), form.remarks)
    try:
        service.register_jurors(rq.db, actor=rq.signed_in(), now=rq.now, jurors=[entry])
    except Invalid as refusal:
        raise Invalid([FieldError("email", each.message) for each in refusal.errors]) from refusal
    return rq.redirect(BASE, _("“%(name)s”已加入评委库。", name=form.name))


def juror(rq: Rq) -> Response:
    actor = rq.signed_in()
    line = queries.registered(rq.db, actor, rq.path("user_id"))
    return rq.render(
        "judging/juror.html",
        line=line,
        units=(),
        interests=queries.interests_of(rq.db, line.user_id),
        own=line.user_id == actor.user_id,
    )


def change(rq: Rq) -> Response:
    actor = rq.signed_in()
    user_id = rq.path("user_id")
    form = read_form(ProfileForm, rq.form)
    service.change_profile(
        rq.db,
        actor=actor,
        now=rq.now,
        user_id=user_id,
        profile=_profile(form),
        remarks=form.remarks if user_id != actor.user_id else None,
    )
    return rq.redirect(BASE, _("评委资料已保存。"))


def _profile(form: ProfileForm) -> Profile:
    return Profile(
        topics=topics_of(form.topics),
        organisation=form.organisation,
        region=form.region,
        language=form.language,
        load_limit=form.load_limit,
    )


# --- a list from a file ------------------------------------------------------------------------------


def upload(rq: Rq) -> Response:
    queries.register(rq.db, rq.signed_in())
    return rq.render("judging/register_import.html", heads=_HEADS)


def read_list(rq: Rq) -> list[NewJuror]:
    """The lines of the file, before the write transaction.

    Raises:
        Invalid: no file, no table, or a column that is missing.
    """
    queries.register(rq.db, rq.signed_in())
    sent = rq.upload("file")
    if sent is None:
        raise Invalid([FieldError("file", _("请选择 Excel 或 CSV 文件。"))])
    if sent.size > LARGEST_FILE:
        raise Invalid([FieldError("file", _("文件太大：评委名单不应超过 2 MB。"))])
    try:
        sheet = read_sheet(sent.name, sent.file.read())
    except Unreadable as refusal:
        raise Invalid([FieldError("file", refusal.reason)]) from refusal
    return _jurors(sheet.heads, sheet.lines)


def _jurors(heads: Line, lines: Sequence[Line]) -> list[NewJuror]:
    places = _places(heads)
    found = []
    for line in lines:
        cells = {
            key: line.cells[place].strip() if place < len(line.cells) else "" for key, place in places.items()
        }
        if not any(cells.values()):
            continue
        limit = cells.get("load_limit", "")
        if limit and not (limit.isascii() and limit.isdigit() and len(limit) < 7):
            raise Invalid([FieldError("file", _("第 %(line)s 行：最多评审份数请填写整数", line=line.number))])
        known = Profile(
            topics=topics_of(cells.get("topics", "")),
            organisation=cells.get("organisation", "")[:200],
            region=cells.get("region", "")[:200],
            language=cells.get("language", "")[:200],
            load_limit=int(limit) if limit else None,
        )
        person = (cells["name"][:100], cells["email"][:254], cells.get("unit", ""))
        found.append(NewJuror(line.number, *person, known, cells.get("remarks", "")))
    return found


_KEYS = ("name", "email", "unit", "topics", "organisation", "region", "language", "load_limit", "remarks")


def _places(heads: Line) -> dict[str, int]:
    """Which column holds what; heads in the product's own language or the visitor's."""
    written = [cell.strip() for cell in heads.cells]
    places = {}
    for key, head in zip(_KEYS, _HEADS, strict=True):
        for spelling in (head.msgid, str(head)):
            if spelling in written:
                places[key] = written.index(spelling)
    for key, head in (("name", _HEADS[0]), ("email", _HEADS[1])):
        if key not in places:
            raise Invalid([FieldError("file", _("没有找到“%(head)s”列。第一行应是列名。", head=head))])
    return places


def take(rq: Rq) -> Response:
    opened, there = service.register_jurors(rq.db, actor=rq.signed_in(), now=rq.now, jurors=rq.prepared)
    return rq.redirect(
        BASE, _("已导入：新开账号 %(opened)s 个，更新 %(there)s 位。", opened=opened, there=there)
    )


# --- one's own profile -------------------------------------------------------------------------------


def profile(rq: Rq) -> Response:
    actor = rq.signed_in()
    return rq.render(
        "judging/profile.html",
        line=queries.own_profile(rq.db, actor),
        interests=queries.interests_of(rq.db, actor.user_id),
        units=[(unit.id, unit.name) for unit in people.units(rq.db)],
    )


def change_own(rq: Rq) -> Response:
    actor = rq.signed_in()
    form = read_form(ProfileForm, rq.form)
    service.change_profile(rq.db, actor=actor, now=rq.now, user_id=actor.user_id, profile=_profile(form))
    return rq.redirect("/judging/profile", _("评委资料已保存。"))


def add_interest(rq: Rq) -> Response:
    form = read_form(InterestForm, rq.form)
    service.declare_interest(
        rq.db, actor=rq.signed_in(), now=rq.now, unit_id=form.unit_id, reason=form.reason
    )
    return rq.redirect("/judging/profile", _("已登记，不会把这个单位的案例分给您。"))


def withdraw_interest(rq: Rq) -> Response:
    service.withdraw_interest(rq.db, actor=rq.signed_in(), now=rq.now, interest_id=rq.path("interest_id"))
    return rq.redirect("/judging/profile", _("已取消登记。"))
