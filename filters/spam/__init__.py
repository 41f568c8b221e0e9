"""Signals of content: what a text says to be found, instead of to be read."""
