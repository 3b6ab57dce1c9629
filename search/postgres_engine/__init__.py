"""The engine for several machines: the index as tables of a PostgreSQL schema of its own.

    states               one row an audience: which tables are current, generation, count, form
    document_N_members   what a hit, a facet and a sort order need; the hashes of the document's terms
    posting_N_members    (term, document, frequency), the term as a 64-bit hash; ranking reads nothing else
    part_N_members       the pairs of a stretch of a document with positions as a tsvector, with a GIN index

The cases for each audience have tables of their own; a question names only those that it may read.

PostgreSQL's own ranking (`ts_rank`) is neither good (MRR .67) nor quick (seconds at 50,000 documents), and
its parsers know no Chinese: the text comes cut into our terms, GIN answers phrases, and the posting lists of
a question come as one row a term, packed, to be ranked like those of the other engine (`search.scoring`).

A tsvector keeps at most 256 positions of a term and none above 16,383, hence the overlapping stretches.
A rebuild fills new tables and switches in one transaction. Writers take an advisory lock.
"""
