"""Decisions about packs: values in, answer out."""
