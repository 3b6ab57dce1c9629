"""What the curation of the library hands out, one file a topic."""
