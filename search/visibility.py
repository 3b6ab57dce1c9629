"""Who sees which rows of the library: every room's grants together."""

from __future__ import annotations

from foundation.visibility import Grant
from search.curation.visibility import GRANTS as CURATION

GRANTS: tuple[Grant, ...] = (*CURATION,)
