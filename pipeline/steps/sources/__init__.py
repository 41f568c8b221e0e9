"""Sources: verdicts on sites, and what leaves because of them."""
