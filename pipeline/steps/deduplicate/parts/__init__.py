"""The documents that meet, and what travels of them."""
