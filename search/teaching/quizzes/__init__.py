"""The quiz bank and the challenge of the month."""
