"""Which passages of a text stand in other texts too: pure matching, no database, no network.

`reading` makes units of a text and says which of them count; `prints` gives the short marks by which other
texts are found; `shelf` keeps the marks of many texts and names candidates; `passages` compares two texts
exactly; `comparing` puts it together for one text and its candidates; `photos` does the same for pictures.
"""
