"""Signals of form, and the score that they make."""
