"""Deduplicate: the work between the shuffles, on packed arrays of one part or one partition."""
