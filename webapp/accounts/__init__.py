"""Accounts: passwords, sessions, personal tokens, and their pages."""
