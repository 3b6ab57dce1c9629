"""Who sees which rows of the library: every room's grants together."""

from __future__ import annotations

from foundation.visibility import Grant

GRANTS: tuple[Grant, ...] = ()
