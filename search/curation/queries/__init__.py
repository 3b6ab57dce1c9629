"""Reads of curation, one file a topic."""
