"""Records by an index of a crawl: which are wanted, and only their bytes."""
