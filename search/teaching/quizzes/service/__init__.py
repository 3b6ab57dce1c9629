"""Writes of the quiz bank and the challenges."""
