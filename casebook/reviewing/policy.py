"""Who may sign what. Pure: None is yes, `Denied` carries a reason a person can act on."""

from __future__ import annotations

from collections.abc import Iterable

from casebook.policy import may_edit
from casebook.reviewing.values import PROOFS, REVIEWS, Act, Duties, Mark, Step, Subject
from casebook.reviewing.wording import STEP_NAMES
from foundation.actor import Actor
from foundation.permission import Denied
from foundation.text import _


def may_sign(
    actor: Actor, subject: Subject, step: Step, acts: Iterable[Act], duties: Duties
) -> Denied | None:
    """Sign this step of this text, or return it: whoever it was given to, else any editor whom no rule keeps
    off. Whose turn it is, is not asked here."""
    duty = duties.of(subject.id, step)
    if duty is not None and duty.user_id != actor.user_id:
        return may_edit(actor) or Denied(
            _(
                "这篇的%(step)s分配给了%(name)s。请由%(name)s签署，或者先改分配。",
                step=STEP_NAMES[step],
                name=duty.user_name,
            )
        )
    return may_edit(actor) or kept_off(actor.user_id, subject, step, acts)


def kept_off(user_id: str, subject: Subject, step: Step, acts: Iterable[Act]) -> Denied | None:
    """Why this person cannot do this step of this text, whoever is asked to.

    The 图书质量保障体系 lets nobody do two of the three reviews; the main editor (责任编辑) does the first
    or none.
    A proof is read by somebody else than the main editor, and two successive proofs by two people.
    """
    if step in REVIEWS:
        return _kept_off_review(user_id, subject, step, acts)
    if user_id and user_id == subject.editor_id:
        return Denied(_("您是这篇书稿的主要编辑，校对请由别人来做：自己改的字自己不容易看出错来。"))
    neighbours = _neighbours(step)
    for act in acts:
        if act.step in neighbours and act.mark is Mark.SIGNED and act.by_id == user_id:
            return Denied(
                _(
                    "您已做过这篇的%(other)s，%(step)s请换一个人来校。",
                    other=STEP_NAMES[act.step],
                    step=STEP_NAMES[step],
                )
            )
    return None


def _kept_off_review(user_id: str, subject: Subject, step: Step, acts: Iterable[Act]) -> Denied | None:
    for act in acts:
        if act.step in REVIEWS and act.step is not step and act.by_id == user_id:
            return Denied(
                _(
                    "您已做过这篇的%(other)s，%(step)s必须由另一个人来做：三审中任何两审不能由同一人担任。",
                    other=STEP_NAMES[act.step],
                    step=STEP_NAMES[step],
                )
            )
    if step is not Step.FIRST and user_id and user_id == subject.editor_id:
        return Denied(
            _(
                "您是这篇书稿的主要编辑，可以做初审，%(step)s请由另一个人来做。",
                step=STEP_NAMES[step],
            )
        )
    return None


def _neighbours(step: Step) -> tuple[Step, ...]:
    place = PROOFS.index(step)
    return (*PROOFS[max(0, place - 1) : place], *PROOFS[place + 1 : place + 2])
