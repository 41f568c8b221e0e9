"""Text in one form."""
