"""Recognizers of personal data: each finds candidates, checks them and yields spans."""
