"""Column types that the tables share."""

from __future__ import annotations

from sqlalchemy import String

Key = String(40)

Name = String(200)

State = String(20)

Reason = String(1000)
