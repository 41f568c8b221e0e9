"""Plain functions on pages and texts; no Beam."""
