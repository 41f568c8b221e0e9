"""Documents that must leave the corpus, and stay out."""
