"""What a report counts and says: facts in, figures, numbers, drafts and differences out."""
