"""The library for other programs: feeds, OAI-PMH, the site map, citations in every usual form."""
