"""Vocabulary and plumbing that every package stands on; knows none of them."""
