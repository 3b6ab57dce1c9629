"""Column types of the tables."""

from __future__ import annotations

from sqlalchemy import String

Key = String(40)


Name = String(200)


Hash = String(64)
