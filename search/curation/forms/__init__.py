"""Forms of curation, one file a topic."""
