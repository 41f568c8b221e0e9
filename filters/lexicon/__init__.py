"""Word lists: what they are about, how they are read, and what they find in a text."""
