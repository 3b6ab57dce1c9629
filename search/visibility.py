"""Who sees which rows of the library: every room's grants together."""

from __future__ import annotations

from foundation.visibility import Grant
from search.curation.visibility import GRANTS as CURATION
from search.harvest.visibility import GRANTS as HARVEST
from search.readers.visibility import GRANTS as READERS
from search.teaching.packs.visibility import GRANTS as PACKS
from search.teaching.quizzes.visibility import GRANTS as QUIZZES
from search.teaching.sessions.visibility import GRANTS as SESSIONS

GRANTS: tuple[Grant, ...] = (*CURATION, *HARVEST, *READERS, *PACKS, *SESSIONS, *QUIZZES)
