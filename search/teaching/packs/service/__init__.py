"""Writes of packs: making and saving them, sharing them, reporting classes."""
