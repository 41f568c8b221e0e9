"""Clean: what leaves the text of documents that rules and deduplication keep, or the corpus."""
