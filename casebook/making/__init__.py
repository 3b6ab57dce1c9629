"""Making the files of a book: builds with their manifests, Word, PDF, EPUB, previews."""
