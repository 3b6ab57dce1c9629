"""Writes of study sessions: load, permit, decide, write, record."""
