"""Reads of study sessions."""
