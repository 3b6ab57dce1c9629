"""What readers' rooms hand to others, one file a topic."""
