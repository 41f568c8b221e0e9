"""Finds items of evaluation sets in texts."""
