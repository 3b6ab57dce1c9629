"""Papers that follow a decision: their words, certificates and letters as PDF, and the port to Word."""
