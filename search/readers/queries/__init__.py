"""Reads of the readers' rooms, one file a topic."""
