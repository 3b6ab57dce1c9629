"""The live review: how the screen moves on, what it may show, and how watchers are told."""
