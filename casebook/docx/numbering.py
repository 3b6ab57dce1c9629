"""Lists and tables as the reference document defines them: the names that the body uses."""

TABLE_STYLE = "CaseTable"

ORDERED, BULLETS = 1, 2
"""Abstract numberings of nine levels; every ordered list gets a `w:num` of its own so that it restarts."""
BULLET_NUM = 1
FIRST_FREE_NUM = 10

HANGING = 420
"""Room of a list's number, in twips."""


def list_indent(level: int) -> int:
    """Twips from the margin to the text of a list's item at this level, 0 being the outermost."""
    return 480 + HANGING * (min(level, 8) + 1)


def restarted(number: int, level: int) -> str:
    """The definition of one ordered list that begins at 1."""
    return (
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{ORDERED}"/><w:lvlOverride w:ilvl="{level}">'
        '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    )
