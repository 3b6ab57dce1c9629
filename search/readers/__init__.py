"""What readers keep and leave behind: reading lists, saved searches, and counts that name nobody."""
