"""Writes of curation, one file a topic."""
