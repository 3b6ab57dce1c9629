"""What can go wrong in making a book, beyond the refusals that every package shares."""


class LayoutFailed(Exception):
    """The book could not be laid out; the reason is for the build's log."""


class Stopped(Exception):
    """Nobody waits for the book any more."""
