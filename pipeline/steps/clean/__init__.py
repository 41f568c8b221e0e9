"""Clean: what leaves the text of documents that are kept, or the corpus."""
