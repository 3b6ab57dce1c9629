"""What happened to the library's curation, one file a topic."""
