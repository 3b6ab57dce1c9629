"""How concrete a text is: what can be counted, dated, found on a map or met. Advice, never a mark."""
