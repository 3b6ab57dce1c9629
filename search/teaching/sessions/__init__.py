"""Study sessions: a series, a roster, a live page, questions to answer, attendance, replay."""
