"""What a sample may be drawn by."""

from typing import Literal

Stratum = Literal["source_tier", "host", "registered_domain", "quality"]
"""A column whose values part the documents."""
