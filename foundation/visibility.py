"""Who sees which rows, said once per table and applied to every ORM statement.

The leaks of comparable systems were nearly all queries: a count, a sort, a search, an export that forgot
the check. So packages hand in `Grant`s, and each session adds "visible to this actor" to every select,
update and delete of those tables, in joins, subqueries, aggregates and lazy loads alike. Core tables, text()
and raw connections are not covered: do not use them for such tables.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar

from sqlalchemy import BindParameter, ColumnElement, event, false, or_, true
from sqlalchemy.orm import LoaderCriteriaOption, ORMExecuteState, Session, with_loader_criteria
from sqlalchemy.orm.interfaces import CriteriaOption
from sqlalchemy.sql.cache_key import NO_CACHE
from sqlalchemy.sql.elements import True_
from sqlalchemy.sql.visitors import anon_map

from foundation.actor import SYSTEM, Actor

ACTORS = 500
"""For how many actors the criteria are kept; rules depend on the actor alone."""
Rule = Callable[[Actor], ColumnElement[bool] | bool]


@dataclass(frozen=True, slots=True)
class Grant:
    """Rows of `model` for which `rule(actor)` holds may be seen; several grants of a model add up."""

    model: type[Any]
    rule: Rule


class _Criteria(CriteriaOption):
    """All criteria of an actor, as `with_loader_criteria` makes them, as one option of a statement.

    SQLAlchemy works out each option's part of a statement's cache key for each statement, which took longer
    than most queries. Criteria never change once they are made, so here it is done once; equal keys become
    one number, because what counts is only that equal criteria have equal keys.
    """

    propagate_to_loaders = True
    _numbers: ClassVar[dict[object, int]] = {}

    def __init__(self, criteria: Sequence[LoaderCriteriaOption]) -> None:
        self._criteria = tuple(criteria)
        names, self._values = anon_map(), list[BindParameter[Any]]()
        key = tuple(each._gen_cache_key(names, self._values) for each in self._criteria)
        if NO_CACHE in names:
            raise TypeError("a visibility rule that cannot be cached would make every statement slow")
        self._number = self._numbers.setdefault(key, len(self._numbers))

    def _gen_cache_key(self, anon_map: anon_map, bindparams: list[BindParameter[Any]]) -> tuple[Any, ...]:
        bindparams.extend(self._values)
        return (_Criteria, self._number)

    def get_global_criteria(self, attributes: dict[str, Any]) -> None:
        for each in self._criteria:
            each.get_global_criteria(attributes)

    def process_compile_state(self, compile_state: Any) -> None:
        self.get_global_criteria(compile_state.global_attributes)

    def process_compile_state_replaced_entities(self, compile_state: Any, mapper_entities: Any) -> None:
        self.process_compile_state(compile_state)


class Visibility:
    """All grants together, and the session class that obeys them."""

    def __init__(self, grants: Sequence[Grant]) -> None:
        self._criteria_of = lru_cache(ACTORS)(self._criteria)
        self._rules: dict[type[Any], list[Rule]] = {}
        for grant in grants:
            self._rules.setdefault(grant.model, []).append(grant.rule)

    def criterion(self, model: type[Any], actor: Actor) -> ColumnElement[bool]:
        conditions = [rule(actor) for rule in self._rules[model]]
        if any(condition is True for condition in conditions):
            return true()
        clauses = [condition for condition in conditions if not isinstance(condition, bool)]
        return or_(*clauses) if clauses else false()

    def session_class(self) -> type[Session]:
        """A Session whose statements are limited to what `session.info["actor"]` may see."""

        class ActorSession(Session):
            pass

        @event.listens_for(ActorSession, "do_orm_execute")
        def limit(state: ORMExecuteState) -> None:
            actor: Actor = state.session.info.get("actor", SYSTEM)
            if actor is SYSTEM or state.is_column_load:
                return
            state.statement = state.statement.options(self._criteria_of(actor))

        return ActorSession

    def _criteria(self, actor: Actor) -> _Criteria:
        """The criteria as an option, kept for the last actors: building them costs more than a query.

        A table the actor may see whole gets none.
        """
        criteria = ((model, self.criterion(model, actor)) for model in self._rules)
        return _Criteria(
            [
                with_loader_criteria(model, criterion, include_aliases=True, track_closure_variables=False)
                for model, criterion in criteria
                if not isinstance(criterion, True_)
            ]
        )


@contextmanager
def as_system(session: Session) -> Iterator[None]:
    """See every row inside the block: for counters, quotas and views that already permitted the actor.

    Rows loaded before stay loaded; what the block finds must not reach the actor unpermitted.
    """
    with as_actor(session, SYSTEM):
        yield


@contextmanager
def as_actor(session: Session, actor: Actor) -> Iterator[None]:
    """See inside the block what somebody else may see: what is written to him, or shown to everybody."""
    before = session.info.get("actor", SYSTEM)
    session.info["actor"] = actor
    try:
        yield
    finally:
        session.info["actor"] = before
