"""The embedded engine: an index folder kept by Whoosh, read into arrays.

Whoosh (whoosh-reloaded 2.7.5, pinned) keeps segments, term dictionary, posting lists and deletions. Matching
and ranking are ours (`search.scoring`); its query parser, highlighter, collectors and `Searcher.refresh` are
not used: they are slow with Chinese text or wrong in that version.

On disk, below one folder that belongs to this service alone:

    writer.lock          one writer at a time, across processes
    manifest.json        the current folder, generation, count, size and CRC-32 of every file in it
    g00000012/           a Whoosh index; a rebuild writes a new one aside and then renames the manifest over

Whoosh neither syncs nor checks its files, and deletes those of the state before as soon as it commits. Here
a commit only adds files; they are synced, then the manifest that names them replaces the one before, then
what no manifest names is deleted. So a kill or a power cut at any moment leaves the old state or the new one,
and a reader never meets half of a change. Readers do not lock: they open what the manifest names, and again
if a writer was faster.
"""
