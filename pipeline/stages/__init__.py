"""The four steps as Beam transforms."""
