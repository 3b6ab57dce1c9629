"""Teaching packs: cases with a guide, questions, a board plan, slides and a hand-out."""
