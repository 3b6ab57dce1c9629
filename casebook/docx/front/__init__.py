"""The pages around the cases: covers, titles, copyright page, board, forewords and appendices, dividers."""

from casebook.docx.front.copyright import copyright_page
from casebook.docx.front.cover import back_page, cover_page
from casebook.docx.front.dividers import divider
from casebook.docx.front.matters import board, matter
from casebook.docx.front.titles import half_title, title_page

__all__ = [
    "back_page",
    "board",
    "copyright_page",
    "cover_page",
    "divider",
    "half_title",
    "matter",
    "title_page",
]
