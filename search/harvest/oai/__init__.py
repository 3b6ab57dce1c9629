"""OAI-PMH 2.0: other libraries harvest what is public (openarchives.org/OAI/openarchivesprotocol.html)."""
