"""Passages that stand in many documents of the corpus."""
