"""Who may do what with saved searches, lists and figures of use."""
