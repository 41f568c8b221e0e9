"""A linear model over the grams and signals of a text."""
