"""What the address of a search says: read from a request or from a stored address, and written back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs

from foundation.forms import clean_text
from foundation.web import Rq, with_query
from search.values import FACETS, Filters, Sort


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address of a search says. An unknown order or page number is the first."""

    text: str
    filters: Filters
    sort: Sort
    page: int
    exact: bool = False
    """Only what was typed is searched: no synonyms, no characters for pinyin."""

    @property
    def address(self) -> str:
        """The address of this search without the page number."""
        return self.with_(page=1)

    def with_(
        self,
        *,
        text: str | None = None,
        filters: Filters | None = None,
        page: int | None = None,
        exact: bool | None = None,
        path: str = "/library",
    ) -> str:
        """The address of a search that differs in this."""
        return with_query(
            path,
            q=self.text if text is None else text,
            **{
                name: sorted(values)
                for name, values in (self.filters if filters is None else filters).items()
            },
            exact="1" if (self.exact if exact is None else exact) else "",
            sort="" if self.sort is Sort.RELEVANCE else self.sort.value,
            page="" if (page or self.page) == 1 else page or self.page,
        )

    def without(self, name: str, value: str) -> str:
        """The address without one chosen value."""
        filters = {**self.filters, name: self.filters.get(name, frozenset()) - {value}}
        return self.with_(filters={key: kept for key, kept in filters.items() if kept}, page=1)


def asked(rq: Rq) -> Asked:
    """Reads a search from the address; nothing in it is an error."""
    return read(rq.queries)


def asked_in(query: str) -> Asked:
    """Reads a search from the query part of an address, "q=党建&year=2026"."""
    fields = parse_qs(query[:8000].lstrip("?"), max_num_fields=1000) if query.count("&") < 1000 else {}
    return read(lambda name: [clean_text(value) for value in fields.get(name, ())])


def read(values_of: Callable[[str], Sequence[str]]) -> Asked:
    """Reads a search; `values_of` gives the values of a parameter."""
    filters = {
        name: frozenset(value[:200] for value in values_of(name)[:50] if value)
        for name in FACETS
        if any(values_of(name))
    }
    sort = _first(values_of("sort"))
    page = _first(values_of("page")).lstrip("0")
    return Asked(
        text=_first(values_of("q")),
        filters=filters,
        sort=Sort(sort) if sort in set(Sort) else Sort.RELEVANCE,
        exact=_first(values_of("exact")) == "1",
        page=min(int(page[:6]), 100_000) if page.isascii() and page.isdecimal() else 1,
    )


def _first(values: Sequence[str]) -> str:
    return values[-1] if values else ""
