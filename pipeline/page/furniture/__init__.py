"""Text without markup: which of its lines are the text, and which the furniture around it."""
