"""What editors and units say to each other about a manuscript: comments, queries, consent."""
