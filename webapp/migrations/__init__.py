"""Alembic migrations: one head, the same on SQLite and PostgreSQL."""
