"""Answering a question from posting lists: matching, ranking, filtering and counting on numpy arrays.

Both engines hand their posting lists to this room, so that the same question over the same documents has the
same answer whichever keeps the index.

Ranking: BM25 (k1 = 1.2, b = .75, the idf that goes to 0 for words that are everywhere) over words and over
pairs of characters, half and half by score; in measurements better than either alone and than rank fusion.

A plain question is an OR with coverage: its pieces (words of two and more characters, see `analysis.pieces`)
count by their idf, a document must hold COVERAGE of what is known of them, and documents that hold all come
first. Quoted, signed and OR-joined parts and fields are conditions.
"""
