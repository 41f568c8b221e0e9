"""Which documents repeat which: plain functions on arrays."""
