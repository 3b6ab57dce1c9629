"""The minutes of the jury's meeting as a Word document: attendance, rule, standings at the cut, votes,
decisions with their reasons, lines to sign."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from foundation.display import day, moment
from foundation.richtext import Block, Cell, Heading, ListBlock, Paragraph, Run, Table
from foundation.text import Text, _
from judging.papers.ports import Paper
from judging.queries.meeting import around_the_cut
from judging.values import Choice
from judging.views import Board, DecisionView, MeetingDesk, MotionView

CHOICES: Mapping[Choice, Text] = {
    Choice.FOR: _("赞成"),
    Choice.AGAINST: _("反对"),
    Choice.ABSTAIN: _("弃权"),
}


def minutes(desk: MeetingDesk, decision: DecisionView | None, rule: Sequence[str]) -> Paper:
    """The document in the language in use; `rule` are the sentences of the published rule."""
    call = desk.board.round.call
    blocks = [
        *_facts(desk),
        _title(_("一、评审规则")),
        *(_line(sentence) for sentence in rule),
        _title(_("二、获奖名额线附近的排名")),
        *_standings(desk.board),
        _title(_("三、讨论和表决")),
        *_discussed(desk),
        _title(_("四、评定结果")),
        *_decided(desk.board, decision),
        _title(_("五、签名")),
        _signatures(desk),
    ]
    return Paper(str(_("评审会议记录")), tuple(blocks), author=call.title)


def motion_line(motion: MotionView, board: Board) -> Text:
    """A closed motion in a sentence, with its count and outcome."""
    prizes = {prize.key: prize.name for prize in board.round.call.rules.prizes}
    count = motion.count
    outcome = _("通过") if motion.carried else _("未通过")
    return _(
        "第 %(ordinal)s 号：%(cases)s，%(prize)s。%(words)s "
        "赞成 %(yes)s 票，反对 %(no)s 票，弃权 %(abstained)s 票，%(outcome)s。",
        ordinal=motion.ordinal,
        cases="、".join(_named(board, case_id) for case_id in motion.case_ids),
        prize=_("授予%(prize)s", prize=prizes[motion.prize_key]) if motion.prize_key else _("不授奖"),
        words=motion.words,
        yes=count.in_favour if count else 0,
        no=count.against if count else 0,
        abstained=count.abstained if count else 0,
        outcome=outcome,
    )


def _named(board: Board, case_id: str) -> str:
    line = board.cases.get(case_id)
    return f"{line.label}《{line.title}》" if line else ""


def _facts(desk: MeetingDesk) -> Iterable[Block]:
    held, call = desk.meeting, desk.board.round.call
    attending = set(held.attending) if held else set()
    there = [seat.name for seat in desk.seats if seat.user_id in attending]
    absent = [seat.name for seat in desk.seats if seat.user_id not in attending]
    facts: list[tuple[Text, str]] = [
        (_("征集活动"), call.title),
        (_("时间"), str(moment(held.held_at, call.timezone)) if held and held.held_at else ""),
        (_("地点"), held.place if held else ""),
        (_("主持人"), held.chair if held else ""),
        (_("记录人"), held.recorder if held else ""),
        (_("到会评委"), "、".join(there)),
        (_("未到会评委"), "、".join(absent)),
    ]
    yield Table(
        tuple((Cell((_line(str(name)),), header=True), Cell((_line(value),))) for name, value in facts)
    )


def _standings(board: Board) -> Iterable[Block]:
    rules = board.round.call.rules
    categories = {each.key: each.name for each in rules.categories}
    rows = {row.case_id: row for row in board.rows}
    head = [_("名次"), _("评审号"), _("标题"), _("类别"), _("得分"), _("有效评分")]
    lines = [
        [
            str(rows[case_id].rank),
            board.cases[case_id].label,
            board.cases[case_id].title,
            categories.get(board.cases[case_id].category_key, ""),
            str(rows[case_id].precise or rows[case_id].shown or ""),
            str(rows[case_id].reads),
        ]
        for case_id in around_the_cut(board)
    ]
    yield _table(head, lines)
    prizes = {prize.key: prize.name for prize in rules.prizes}
    for tie in board.proposal.ties:
        names = "、".join(_named(board, case_id) for case_id in tie.case_ids)
        yield _line(str(_("第 %(rank)s 名并列，跨在名额线上：%(cases)s。", rank=tie.rank, cases=names)))
    for settled in board.proposal.settled:
        names = "、".join(_named(board, case_id) for case_id in settled.case_ids)
        given = {"rank": settled.rank, "cases": names, "prize": prizes.get(settled.prize_key, "")}
        if settled.prize_key:
            words = _("第 %(rank)s 名并列：%(cases)s，按公布的并列规则都授予%(prize)s。", **given)
        else:
            words = _("第 %(rank)s 名并列：%(cases)s，按公布的并列规则都不授奖。", **given)
        yield _line(str(words))
    for each in board.proposal.passed_over:
        words = _(
            "%(case)s 所在单位已有 %(holders)s 获奖，达到每单位上限，不再授奖。",
            case=_named(board, each.case_id),
            holders="、".join(_named(board, holder) for holder in each.holders),
        )
        yield _line(str(words))
    for share in board.proposal.shares:
        if share.vacant:
            words = _("%(prize)s空缺 %(count)s 个名额。", prize=share.prize.name, count=share.vacant)
            yield _line(str(words))


def _discussed(desk: MeetingDesk) -> Iterable[Block]:
    said = [case_id for case_id in around_the_cut(desk.board) if desk.notes.get(case_id)]
    said += [case_id for case_id in desk.notes if case_id not in said and case_id in desk.board.cases]
    for case_id in said:
        yield _line(_named(desk.board, case_id), bold=True)
        items = tuple(
            (_line(str(_("%(words)s（%(name)s）", words=note.words, name=note.by_name))),)
            for note in desk.notes[case_id]
        )
        yield ListBlock(ordered=False, items=items)
    closed = [motion for motion in desk.motions if motion.closed_at is not None]
    for motion in closed:
        yield _line(str(motion_line(motion, desk.board)))
        if motion.named:
            for choice, name in CHOICES.items():
                names = [who for who, what in motion.votes if what is choice]
                if names:
                    words = _("%(choice)s：%(names)s", choice=name, names="、".join(names))
                    yield _line(str(words))
    if not said and not closed:
        yield _line(str(_("没有讨论记录和表决。")))


def _decided(board: Board, decision: DecisionView | None) -> Iterable[Block]:
    if decision is None:
        yield _line(str(_("尚未评定。")))
        return
    head = [_("奖项"), _("评审号"), _("标题"), _("单位")]
    lines = []
    for each in decision.chosen:
        line = board.cases.get(each.case_id)
        if line is not None:
            lines.append([each.prize_name, line.label, line.title, line.unit_name])
    yield _table(head, lines)
    if decision.reason:
        yield _line(str(_("理由：%(reason)s", reason=decision.reason)))
    for words in decision.minutes.splitlines():
        if words.strip():
            yield _line(words)
    at = day(decision.decided_at, board.round.call.timezone)
    yield _line(str(_("%(name)s 于 %(day)s 登记。", name=decision.decided_by_name, day=at)))


def _signatures(desk: MeetingDesk) -> Block:
    held = desk.meeting
    attending = set(held.attending) if held else set()
    people = [
        *((str(_("主持人")), held.chair if held else ""), (str(_("记录人")), held.recorder if held else "")),
        *((str(_("评委")), seat.name) for seat in desk.seats if seat.user_id in attending),
    ]
    return _table(
        [_("身份"), _("姓名"), _("签名"), _("日期")], [[role, name, "", ""] for role, name in people]
    )


def _title(words: Text) -> Heading:
    return Heading(2, (Run(str(words)),))


def _line(words: str, *, bold: bool = False) -> Paragraph:
    return Paragraph((Run(words, bold=bold),))


def _table(head: Sequence[Text], lines: Iterable[Sequence[str]]) -> Table:
    first = tuple(Cell((_line(str(name)),), header=True) for name in head)
    return Table((first, *(tuple(Cell((_line(words),)) for words in line) for line in lines)))
