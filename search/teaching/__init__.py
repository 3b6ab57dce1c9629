"""Teaching from cases: packs, study sessions, quizzes."""
