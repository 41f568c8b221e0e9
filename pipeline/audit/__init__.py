"""Readers of a finished output."""
