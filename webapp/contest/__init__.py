"""A contest as a folder of plain CSV files: the server's own calculations, for anyone to check.

values.py (what a folder says), table.py (one file, with line numbers), reading.py (the folder),
standing.py, assigning.py, reliability.py (the four commands' work), writing.py (what comes out).
"""
