"""Texts of the book's own before and after the cases: forewords, the call's notice, an afterword."""
