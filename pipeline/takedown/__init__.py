"""Takedown: the register of what must leave corpora, which runs share."""
