"""Who may look after what, one file a topic."""
