"""Deduplicate: which documents say what another says."""
