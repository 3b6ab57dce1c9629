"""The embedded engine: an index folder kept by Whoosh, read into arrays.

Whoosh (whoosh-reloaded 2.7.5, pinned) keeps segments, term dictionary, posting lists and deletions. Matching
and ranking are ours (`search.scoring`); its query parser, highlighter, collectors and `Searcher.refresh` are
not used: they are slow with Chinese text or wrong in that version.

On disk, below one folder that belongs to this service alone:

    writer.lock          one writer at a time, across processes
    manifest.json        the current folder, generation, count, size and CRC-32 of every file in it
    g00000012/           a Whoosh index; a rebuild writes a new one aside and then renames the manifest over

Whoosh neither syncs nor checks its files: after each commit the files and the folder are synced, then the
manifest is replaced. A crash before that leaves files that the manifest does not know: `check` says so, and
the indexer rebuilds. Readers never lock: they read the manifest and open what it names, and again if a writer
was faster.
"""
