"""Rules of reviews and proofs, pure."""
