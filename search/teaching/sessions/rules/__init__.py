"""Decisions of study sessions: dates, turns, steps, marks, sums."""
