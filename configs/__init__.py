"""Runnable configurations, lists and the language model, shipped as data."""
