"""The Word file: body by string fragments, styles from one `reference.docx`, packed by hand."""
