"""Who sees which rows of curation."""

from __future__ import annotations

from foundation.visibility import Grant

GRANTS: tuple[Grant, ...] = ()
