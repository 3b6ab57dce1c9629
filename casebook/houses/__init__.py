"""The Word templates of houses, checked for what a book needs."""
