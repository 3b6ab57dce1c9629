"""A book as EPUB 3: the same values as the Word file, for screens of every width and for screen readers.

Own writer: ebooklib is under the AGPL, writes no accessibility metadata and not the same bytes twice. What is
written here passes epubcheck 5.3.
"""

from casebook.making.epub.writing import write

__all__ = ["write"]
