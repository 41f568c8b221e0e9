"""Select: which staged documents go on, decided over columns."""
