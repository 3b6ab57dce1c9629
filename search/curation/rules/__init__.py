"""Decisions of curation, one file a topic."""
