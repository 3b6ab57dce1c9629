"""Writes of the aids: accepting and ignoring findings, keeping the house's list of terms."""
