"""Decisions of the readers' rooms: values in, answer out."""
