"""Three reviews and three proofs of a book (三审三校), and who signed what off."""
