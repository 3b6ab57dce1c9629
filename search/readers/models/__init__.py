"""Tables of the readers: usage, saved searches, reading lists."""
