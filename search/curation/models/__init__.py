"""Tables of curation, one file a topic."""
