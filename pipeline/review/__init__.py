"""Samples of a finished corpus for people to judge, and what their judgement says."""
