"""Carrying a run out, up to the published output."""
