"""The application: the only package that knows all others. Wiring, accounts, command line, templates."""
