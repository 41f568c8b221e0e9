"""Each record and file format, declared once."""
