"""What people say of the cases on the shelf: for whom they are, their topics, collections, synonyms."""
