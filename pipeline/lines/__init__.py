"""Lines that stand in a document, or on a site, again and again."""
