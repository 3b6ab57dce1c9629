"""How marks become standings, and how far they can be trusted."""
